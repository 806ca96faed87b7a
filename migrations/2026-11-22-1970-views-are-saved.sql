-- A list as somebody narrowed it, under a name of their own. It is theirs alone: no cooperation, no journal knows of it.
create table saved_views (
	id uuid primary key,
	person_id uuid not null references persons (id) on delete cascade,
	place text not null,
	query text not null,
	name text not null constraint saved_view_has_a_name check (name <> ''),
	saved_at timestamptz not null,
	constraint view_is_saved_once unique (person_id, place, query)
);
create unique index saved_view_name_is_one on saved_views (person_id, place, lower(name));
comment on column saved_views.place is 'the address of a list, which the code of a cooperation stands in without its name';
