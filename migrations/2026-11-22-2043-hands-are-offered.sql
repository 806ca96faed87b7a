-- An inhabitant offers time to a cooperation that is public: what, when, and how to reach them; for its partners, and for half a year.
create table hands_offered (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	name text not null constraint hand_has_a_name check (char_length(name) between 1 and 80),
	contact text not null constraint hand_can_be_reached check (char_length(contact) between 1 and 200),
	text text not null constraint hand_says_what check (char_length(text) between 1 and 500),
	available text constraint hand_says_when_shortly check (char_length(available) <= 200),
	consented_at timestamptz not null,
	offered_at timestamptz not null,
	taken_for uuid references organisations (id),
	taken_by uuid references persons (id),
	taken_at timestamptz,
	constraint hand_is_taken_for_somebody check ((taken_for is null) = (taken_at is null))
);
create index hands_of_a_cooperation on hands_offered (cooperation_id, offered_at desc, id);
create index hands_by_age on hands_offered (offered_at);
comment on column hands_offered.contact is 'given with consent, to be called back; erased with the row after six months, or at once by a partner';
