create table organisations (
	id uuid primary key,
	code text not null constraint organisation_code_is_one unique,
	kind text not null,
	name text not null constraint organisation_has_a_name check (name <> ''),
	name_key text not null,
	short_name text,
	other_names text[] not null default '{}',
	purpose text,
	values text,
	themes text[] not null default '{}',
	audiences text[] not null default '{}',
	networks text[] not null default '{}',
	constraints text,
	employees integer constraint employees_are_counted check (employees between 0 and 1000000),
	volunteers integer constraint volunteers_are_counted check (volunteers between 0 and 10000000),
	budget_class text,
	channels text[] not null default '{}',
	website text,
	email text,
	phone text,
	street text,
	postcode text,
	commune_code text,
	commune_name text,
	zone text not null default 'Europe/Paris',
	registered_at timestamptz not null,
	registered_by uuid references persons (id),
	updated_at timestamptz not null
);
create index organisations_by_name on organisations (name collate "fr-x-icu", id);
create index organisations_by_name_key on organisations (name_key);
create index organisations_by_commune on organisations (commune_code);

-- The dictionary is named, so that the function may be immutable and indexed.
create function plain(text) returns text language sql immutable parallel safe as $$
	select lower(public.unaccent('public.unaccent', $1))
$$;
create index organisations_by_words on organisations using gin (
	plain(name || ' ' || coalesce(short_name, '') || ' ' || coalesce(purpose, '') || ' ' || coalesce(commune_name, '')) gin_trgm_ops
);

create table organisation_identifiers (
	organisation_id uuid not null references organisations (id) on delete cascade,
	kind text not null,
	value text not null,
	added_at timestamptz not null,
	primary key (organisation_id, kind, value)
);
create index organisation_identifiers_by_value on organisation_identifiers (kind, value);

create table memberships (
	id uuid primary key,
	organisation_id uuid not null references organisations (id),
	person_id uuid not null references persons (id),
	title text,
	joined_at timestamptz not null,
	left_at timestamptz
);
create unique index member_once_at_a_time on memberships (organisation_id, person_id) where left_at is null;
create index memberships_of_a_person on memberships (person_id) where left_at is null;

create table managers (
	id uuid primary key,
	membership_id uuid not null references memberships (id),
	since timestamptz not null,
	until timestamptz,
	given_by uuid references persons (id)
);
create unique index manager_once_at_a_time on managers (membership_id) where until is null;

create table mandates (
	id uuid primary key,
	membership_id uuid not null references memberships (id),
	may text not null constraint mandate_says_what check (may in ('discuss', 'commit', 'sign')),
	valid_from date not null,
	valid_to date,
	given_by uuid references persons (id),
	given_at timestamptz not null,
	ended_at timestamptz,
	constraint mandate_ends_after_it_begins check (valid_to is null or valid_to >= valid_from)
);
create index mandates_of_a_membership on mandates (membership_id);

create table invitations (
	id uuid primary key,
	token_hash bytea not null unique,
	organisation_id uuid not null references organisations (id),
	name text not null,
	email citext not null,
	manager boolean not null,
	may text not null constraint invitation_says_what check (may in ('discuss', 'commit', 'sign')),
	invited_by uuid not null references persons (id),
	invited_at timestamptz not null,
	expires_at timestamptz not null,
	accepted_at timestamptz,
	accepted_by uuid references persons (id),
	declined_at timestamptz,
	revoked_at timestamptz
);
create index invitations_of_an_organisation on invitations (organisation_id, invited_at desc);
