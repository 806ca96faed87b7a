-- Several houses, read across in counts by the people of one organisation. Each house accepts, and takes it back when it wants.
create table networks (
	id uuid primary key,
	code text not null unique,
	name text not null constraint network_has_a_name check (name <> ''),
	organisation_id uuid not null references organisations (id) deferrable initially immediate,
	declared_at timestamptz not null,
	declared_by uuid references persons (id),
	ended_at timestamptz
);
create index networks_of_an_organisation on networks (organisation_id);
create table network_houses (
	id uuid primary key,
	network_id uuid not null references networks (id),
	hub_id uuid not null references hubs (organisation_id) deferrable initially immediate,
	proposed_at timestamptz not null,
	proposed_by uuid references persons (id),
	accepted_at timestamptz,
	accepted_by uuid references persons (id),
	declined_at timestamptz,
	ended_at timestamptz,
	ended_by uuid references persons (id)
);
create unique index house_in_a_network_once on network_houses (network_id, hub_id) where declined_at is null and ended_at is null;
create index network_houses_of_a_hub on network_houses (hub_id);
