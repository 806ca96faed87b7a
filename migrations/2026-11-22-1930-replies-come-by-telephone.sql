-- Whoever has no e-mail says on the telephone whether they come; the journal says who noted it.
alter table meeting_participants add column reply_by_telephone boolean not null default false
	constraint what_is_said_on_the_telephone_is_a_reply check (not reply_by_telephone or reply is not null);
