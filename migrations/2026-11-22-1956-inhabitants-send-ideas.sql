-- What somebody without an account proposes by the public page: for the partners, and for a bounded time.
create table ideas_received (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	text text not null constraint idea_is_a_sentence check (char_length(text) between 1 and 1000),
	contact text constraint idea_contact_is_short check (char_length(contact) <= 200),
	received_at timestamptz not null,
	kept_at timestamptz,
	kept_for uuid references organisations (id),
	constraint idea_is_kept_for_somebody check ((kept_at is null) = (kept_for is null))
);
create index ideas_of_a_cooperation on ideas_received (cooperation_id, received_at, id);
create index ideas_by_age on ideas_received (received_at);
comment on column ideas_received.contact is 'how to answer, if they said so: read by the partners and by nobody else';
