-- The managers of an organisation no longer answer, and one of its people asks for the charge. Those who are there have time to object.
create table takeovers (
	id uuid primary key,
	organisation_id uuid not null references organisations (id),
	person_id uuid not null references persons (id) on delete cascade,
	reason text not null constraint takeover_has_a_reason check (reason <> ''),
	asked_at timestamptz not null,
	objections_until timestamptz not null,
	granted_at timestamptz,
	granted_by uuid references persons (id),
	refused_at timestamptz,
	refused_by uuid references persons (id),
	words text,
	withdrawn_at timestamptz,
	constraint takeover_ends_once check (num_nonnulls(granted_at, refused_at, withdrawn_at) <= 1),
	constraint refused_takeover_says_why check (refused_at is null or words is not null)
);
create unique index charge_is_asked_once_at_a_time on takeovers (organisation_id, person_id)
	where granted_at is null and refused_at is null and withdrawn_at is null;
create index takeovers_of_an_organisation on takeovers (organisation_id, asked_at desc);
create index takeovers_that_wait on takeovers (asked_at desc) where granted_at is null and refused_at is null and withdrawn_at is null;

create table takeover_objections (
	takeover_id uuid not null references takeovers (id) on delete cascade,
	person_id uuid not null references persons (id) on delete cascade,
	words text not null constraint objection_says_why check (words <> ''),
	objected_at timestamptz not null,
	primary key (takeover_id, person_id)
);
