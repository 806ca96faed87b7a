-- What a cooperation was found to be, and from which answers. Each reading is kept: two can be seen side by side.
create table readings (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	answers jsonb not null,
	forms text[] not null,
	-- A reading that another made while this one was being made.
	meanwhile uuid references readings (id),
	read_at timestamptz not null,
	read_by uuid references persons (id),
	read_for uuid not null references organisations (id)
);
create index readings_of_a_cooperation on readings (cooperation_id, read_at desc, id desc);
