-- The hours that an organisation has each month for all its cooperations, as it says itself. Only its members read it.
create table capacities (
	organisation_id uuid primary key references organisations (id),
	minutes integer not null constraint capacity_is_counted check (minutes between 0 and 600000),
	said_at timestamptz not null,
	said_by uuid references persons (id)
);
