-- Two or three organisations put in touch: each accepts before any address is given.
create table introductions (
	id uuid primary key,
	code text not null constraint introduction_code_is_one unique,
	made_for uuid not null references organisations (id),
	made_by uuid references persons (id),
	made_at timestamptz not null,
	reason text not null constraint introduction_has_a_reason check (reason <> ''),
	given_at timestamptz,
	outcome_asked_at timestamptz
);
create index introductions_made_for on introductions (made_for, made_at desc);
create index introductions_to_ask_about on introductions (given_at) where outcome_asked_at is null;
comment on column introductions.given_at is 'when at least two had accepted, and their addresses were given';

create table introduced (
	id uuid primary key,
	introduction_id uuid not null references introductions (id),
	organisation_id uuid not null references organisations (id),
	answer text constraint introduced_answers_in_known_words check (answer in ('yes', 'not_now')),
	answered_at timestamptz,
	answered_by uuid references persons (id),
	told_at timestamptz,
	outcome text constraint introduction_outcome_is_known check (outcome in ('not_yet', 'met', 'together', 'nothing')),
	outcome_at timestamptz,
	outcome_by uuid references persons (id),
	constraint introduced_once unique (introduction_id, organisation_id)
);
create index introductions_of_an_organisation on introduced (organisation_id, introduction_id);
comment on column introduced.told_at is 'when this one was told how to reach the others';
