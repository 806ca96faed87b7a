-- What an organisation was known by in a list: a register's number, or its name, street and postcode. It outlives a change of name.
create table organisation_keys (
	key text not null,
	organisation_id uuid not null references organisations (id) on delete cascade,
	primary key (key, organisation_id)
);
create index keys_of_an_organisation on organisation_keys (organisation_id);

-- A list as it was read, before and after it enters the directory.
create table imports (
	id uuid primary key,
	title text not null,
	brought_by uuid not null references persons (id),
	hub_id uuid references hubs (organisation_id),
	understood jsonb not null,
	read_at timestamptz not null,
	started_at timestamptz,
	finished_at timestamptz
);
create index imports_by_time on imports (read_at desc);
create index imports_under_way on imports (started_at) where started_at is not null and finished_at is null;

create table import_rows (
	import_id uuid not null references imports (id) on delete cascade,
	n integer not null,
	entry jsonb not null,
	expected text not null constraint row_expects check (expected in ('new', 'known', 'themes', 'likely')),
	candidate uuid references organisations (id),
	decision text constraint row_is_decided check (decision in ('same', 'other')),
	decided_at timestamptz,
	decided_by uuid references persons (id),
	outcome text constraint row_ends_as check (outcome in ('added', 'known', 'themes', 'undecided')),
	organisation_id uuid references organisations (id),
	done_at timestamptz,
	primary key (import_id, n)
);
create index import_rows_to_do on import_rows (import_id, n) where done_at is null;

create table import_rejections (
	import_id uuid not null references imports (id) on delete cascade,
	line integer not null,
	code text not null,
	details jsonb not null,
	raw text[] not null,
	primary key (import_id, line)
);
