create table cooperations (
	id uuid primary key,
	code text not null constraint cooperation_code_is_one unique,
	name text not null constraint cooperation_has_a_name check (name <> ''),
	sentence text not null,
	zone text not null,
	currency text not null default 'EUR',
	place text,
	begun_at timestamptz not null,
	begun_by uuid not null references persons (id),
	begun_for uuid not null references organisations (id),
	ended_at timestamptz,
	ended_by uuid references persons (id),
	last_line_at timestamptz
);

create table partners (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	organisation_id uuid not null references organisations (id),
	role text not null constraint partner_has_a_role check (role in ('lead', 'carrier', 'associate', 'public', 'funder', 'support')),
	place text,
	position integer not null,
	invited_at timestamptz not null,
	invited_by uuid references persons (id),
	invited_for uuid references organisations (id),
	accepted_at timestamptz,
	accepted_by uuid references persons (id),
	accepted_evidence text constraint acceptance_has_known_evidence check (accepted_evidence in ('mandate', 'link', 'telephone')),
	declined_at timestamptz,
	declined_reason text,
	left_at timestamptz,
	left_by uuid references persons (id),
	left_reason text
);
create unique index partner_once_at_a_time on partners (cooperation_id, organisation_id) where declined_at is null and left_at is null;
create index partners_of_an_organisation on partners (organisation_id, cooperation_id);
create index partners_of_a_cooperation on partners (cooperation_id, position);
create unique index one_lead_at_a_time on partners (cooperation_id) where role = 'lead' and declined_at is null and left_at is null;

create table step_marks (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	step text not null constraint step_is_one_of_four check (step in ('define', 'clarify', 'plan', 'evaluate')),
	done_at timestamptz not null,
	done_by uuid references persons (id),
	undone_at timestamptz,
	undone_by uuid references persons (id)
);
create unique index step_is_done_once on step_marks (cooperation_id, step) where undone_at is null;
