-- A mail that is being handed over when the product is killed is neither sent nor waiting: nobody knows.
alter table mails
	add column handing_over_at timestamptz,
	add column person_id uuid references persons (id) on delete set null,
	add column stop_token text constraint stop_token_is_one unique;
drop index mails_waiting;
create index mails_waiting on mails (next_attempt_at)
	where sent_at is null and refused_at is null and unclear_at is null and handing_over_at is null;
create index mails_being_handed_over on mails (handing_over_at) where handing_over_at is not null;
comment on column mails.person_id is 'whose choices stop such mails; null when it was written to nobody we know';
comment on column mails.stop_token is 'in its last line: opens the page that stops such mails, and nothing else';

-- Somebody without an account who wants none of our mails.
create table silenced_addresses (
	email citext primary key,
	at timestamptz not null
);
