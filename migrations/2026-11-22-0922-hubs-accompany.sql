-- A hub is an organisation that accompanies. Its territory grants nothing: what it sees comes from a relation that was accepted.
create table hubs (
	organisation_id uuid primary key references organisations (id),
	sender_name text not null,
	sender_email citext,
	phone text,
	hours text,
	opened_at timestamptz not null,
	opened_by uuid references persons (id),
	closed_at timestamptz
);

create table hub_communes (
	hub_id uuid not null references hubs (organisation_id),
	commune_code text not null,
	primary key (hub_id, commune_code)
);

create table accompaniments (
	id uuid primary key,
	hub_id uuid not null references hubs (organisation_id),
	organisation_id uuid references organisations (id),
	cooperation_id uuid,
	posture text not null constraint posture_is_known check (posture in ('accompanies', 'animates', 'observes')),
	proposed_at timestamptz not null,
	proposed_by uuid references persons (id),
	proposed_by_hub boolean not null,
	accepted_at timestamptz,
	accepted_by uuid references persons (id),
	accepted_for uuid references organisations (id),
	declined_at timestamptz,
	ended_at timestamptz,
	ended_by uuid references persons (id),
	constraint accompanies_one_thing check (num_nonnulls(organisation_id, cooperation_id) = 1)
);
create unique index organisation_accompanied_once on accompaniments (hub_id, organisation_id)
	where organisation_id is not null and declined_at is null and ended_at is null;
create unique index cooperation_accompanied_once on accompaniments (hub_id, cooperation_id)
	where cooperation_id is not null and declined_at is null and ended_at is null;
create index accompaniments_of_a_cooperation on accompaniments (cooperation_id);
create index accompaniments_of_an_organisation on accompaniments (organisation_id);
