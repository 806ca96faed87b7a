-- What a cooperation took from an object of the library: each proposed line once, by the organisation that took it.
alter table lines drop constraint line_comes_from;
alter table lines add constraint line_comes_from check (source_kind in ('meeting', 'call', 'page', 'line', 'library'));
create table library_takings (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	object text not null,
	proposal text not null,
	line uuid not null references lines (id),
	-- What stays at home is taken by each organisation for itself, and read by it alone.
	home boolean not null,
	taken_for uuid not null references organisations (id),
	taken_at timestamptz not null,
	constraint proposal_is_taken_once unique (cooperation_id, object, proposal, taken_for)
);
create index origins_by_object on origins (object_key) where replaced_at is null and object_key is not null;
