-- The numbers that an organisation bears today say since when, who said so and why; those that it no longer bears are kept.
alter table organisation_identifiers add column source text;
alter table organisation_identifiers add column added_by uuid references persons (id);
alter table organisation_identifiers add column reason text;
comment on column organisation_identifiers.source is 'the register that published it; null when somebody wrote it here';

create table past_identifiers (
	id uuid primary key,
	organisation_id uuid not null references organisations (id) on delete cascade,
	kind text not null,
	value text not null,
	source text,
	since timestamptz not null,
	since_by uuid references persons (id),
	until timestamptz not null,
	until_by uuid references persons (id),
	reason text not null constraint number_ends_for_a_reason check (reason <> '')
);
create index past_identifiers_of_an_organisation on past_identifiers (organisation_id, until desc);
