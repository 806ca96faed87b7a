-- Territories that the official referential does not hold: those that an administrator imports (living areas, priority quarters,
-- communes abroad) and those that people draw by picking communes.
create table areas (
	id uuid primary key,
	kind text not null constraint area_has_a_kind check (kind in ('living_area', 'priority_quarter', 'foreign_commune', 'custom')),
	code text not null,
	name text not null constraint area_has_a_name check (name <> ''),
	name_key text not null,
	postcodes text[] not null default '{}',
	latitude real,
	longitude real,
	source text not null,
	changed_at timestamptz not null,
	ended_at timestamptz,
	constraint area_is_one_of_its_kind unique (kind, code)
);
create index areas_by_name on areas using gin (name_key gin_trgm_ops);
create table area_communes (
	area_id uuid not null references areas (id) on delete cascade,
	commune_code text not null,
	-- Only a part of it: said on the page, since an address is known by its commune.
	part text,
	primary key (area_id, commune_code)
);

-- Where communes are, when an administrator brings a newer file than the one that comes with the program.
create table commune_centres (
	commune_code text primary key,
	latitude real not null constraint latitude_is_on_earth check (latitude between -90 and 90),
	longitude real not null constraint longitude_is_on_earth check (longitude between -180 and 180)
);
create table territory_imports (
	id uuid primary key,
	kind text not null,
	source text not null,
	rows integer not null,
	refused integer not null,
	imported_at timestamptz not null
);
create index territory_imports_by_day on territory_imports (imported_at desc);
