-- Models, clauses, grids and guides that a house wrote or adapted: for those whom it accompanies, or for everybody here.
create table house_texts (
	id uuid primary key,
	hub_id uuid not null references hubs (organisation_id) deferrable initially immediate,
	kind text not null constraint house_text_has_a_kind check (kind in ('model', 'clause', 'grid', 'guide')),
	title text not null constraint house_text_has_a_title check (title <> ''),
	body text not null,
	shared boolean not null,
	adapted_from uuid references house_texts (id),
	written_at timestamptz not null,
	written_by uuid references persons (id),
	ended_at timestamptz
);
create index house_texts_of_a_hub on house_texts (hub_id, written_at desc);
