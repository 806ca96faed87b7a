-- The official registers, as published: one row a record. Two million of them: nothing here is somebody's account, and nothing
-- refers to a person.
create table official_imports (
	id integer generated always as identity primary key,
	source text not null constraint official_import_has_a_source check (source in ('rna-import', 'rna-waldec', 'sirene', 'sirene-seats', 'bce')),
	file_name text not null,
	file_path text not null,
	file_size bigint not null,
	departments text[] not null default '{}',
	communes text[] not null default '{}',
	brought_by uuid references persons (id),
	brought_at timestamptz not null,
	started_at timestamptz,
	-- Since when the process that works on it works, and when it last said so.
	resumed_at timestamptz,
	resumed_rows bigint not null default 0,
	seen_at timestamptz,
	finished_at timestamptz,
	refused_code text,
	refused_details jsonb,
	first boolean not null default true,
	file_digest text,
	bytes_read bigint not null default 0,
	bytes_total bigint,
	rows_read bigint not null default 0,
	rows_added bigint not null default 0,
	rows_changed bigint not null default 0,
	rows_unchanged bigint not null default 0,
	rows_repeated bigint not null default 0,
	rows_elsewhere bigint not null default 0,
	rows_other bigint not null default 0,
	rows_rejected bigint not null default 0,
	bodies_ended bigint not null default 0,
	bodies_vanished bigint not null default 0,
	numbers_unverified bigint not null default 0,
	rejected_bytes bigint not null default 0,
	remarks jsonb not null default '[]',
	indexes_to_build text[] not null default '{}'
);
create index official_imports_under_way on official_imports (id) where finished_at is null and refused_code is null;
comment on column official_imports.first is 'Its source had no record when it began: every row is new, and the indexes are built afterwards.';
comment on column official_imports.rows_elsewhere is 'Out of the departments or communes that were asked for.';
comment on column official_imports.rows_other is 'Not what the directory holds: companies, persons.';
comment on column official_imports.rejected_bytes is 'How long the file of rejected rows was at the last commit: a resumed import goes on from there.';

create table official_bodies (
	id bigint generated always as identity primary key,
	source text not null constraint official_body_has_a_source check (source in ('rna-import', 'rna-waldec', 'sirene', 'bce')),
	key text not null constraint official_body_has_a_key check (key <> ''),
	name text not null constraint official_body_has_a_name check (name <> ''),
	short_name text,
	other_names text[],
	purpose text,
	object_code text,
	second_object_code text,
	activity_code text,
	legal_form text,
	grouping text,
	kind text not null,
	commune_code text,
	commune_name text,
	postcode text,
	street text,
	website text,
	created_on date,
	declared_on date,
	ended_on date,
	active boolean not null,
	employees_class text,
	employees_year smallint,
	siren text,
	siret text,
	rna text,
	former_key text,
	unverified jsonb,
	same_as bigint,
	fingerprint bigint not null,
	import_id integer not null,
	changed_at timestamptz not null,
	vanished_at timestamptz,
	constraint official_body_is_one_of_its_source unique (source, key)
);
create index official_bodies_by_commune on official_bodies (commune_code);
create index official_bodies_by_siren on official_bodies (siren) where siren is not null;
create index official_bodies_by_rna on official_bodies (rna) where rna is not null;
create index official_bodies_shown_elsewhere on official_bodies (same_as) where same_as is not null;
comment on column official_bodies.street is 'Only to print a letter. Never on a page.';
comment on column official_bodies.declared_on is 'Its last change, as its register dates it.';
comment on column official_bodies.same_as is 'The record of another register under which this one is shown; null when it is shown itself.';
comment on column official_bodies.former_key is 'The number that it had before, as published.';
comment on column official_bodies.unverified is 'Numbers that fail their own arithmetic, or that a spreadsheet rounded: kept as they are written, never used.';
comment on column official_bodies.fingerprint is 'Of what its file says of it: a newer file writes only those whose fingerprint differs.';
comment on column official_bodies.import_id is 'The import that last wrote it.';
comment on column official_bodies.vanished_at is 'Its source no longer lists it since then.';

-- The seats of SIRENE: the address stands in another file than the name.
create table official_seats (
	siren text primary key,
	siret text not null,
	sign text,
	commune_code text,
	commune_name text,
	postcode text,
	street text,
	active boolean not null,
	fingerprint bigint not null,
	import_id integer not null
);

-- Which records are of one body, by the numbers that they publish: many to many, with the time during which it was so.
create table official_links (
	id bigint generated always as identity primary key,
	body_id bigint not null references official_bodies (id) on delete cascade,
	other_id bigint not null references official_bodies (id) on delete cascade,
	by_number text not null constraint official_link_says_by_what check (by_number in ('siren', 'rna', 'former')),
	since timestamptz not null,
	until timestamptz
);
create unique index official_link_once_at_a_time on official_links (body_id, other_id, by_number) where until is null;
create index official_links_of_the_other on official_links (other_id);

-- What the import under way has met and found unchanged. Emptied at its end.
create table official_seen (
	body_id bigint primary key
);

-- The official records of an organisation of the directory, with history.
create table organisation_official_records (
	id uuid primary key,
	organisation_id uuid not null references organisations (id) on delete cascade,
	body_id bigint not null references official_bodies (id) on delete cascade,
	how text not null constraint official_record_is_known_by check (how in ('identifier', 'person')),
	since timestamptz not null,
	since_by uuid references persons (id),
	until timestamptz,
	until_by uuid references persons (id)
);
create unique index official_record_once_at_a_time on organisation_official_records (organisation_id, body_id) where until is null;
create index organisations_of_an_official_record on organisation_official_records (body_id);
