-- Erased by right: the row stays, so that what was done keeps an author, but nothing in it tells who that was.
alter table persons add column erased_at timestamptz;
create index entries_by_person on entries ((ids ->> 'person'));
create index entries_by_member on entries ((ids ->> 'member')) where ids ? 'member';
create index mails_by_address on mails (to_email);
create index lines_of_a_person on lines (person_id);
create index invitations_by_address on invitations (email);
create index lines_noted_by_a_person on lines (entered_by);
