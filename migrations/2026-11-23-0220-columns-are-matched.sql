-- The columns of a list are matched by somebody before it is read; what was matched is proposed for the next such file.
alter table imports
	alter column brought_by drop not null,
	add column sketch jsonb,
	add column mapping jsonb,
	add column mapped_at timestamptz,
	add constraint import_is_mapped_once_dated check ((mapping is null) = (mapped_at is null));
comment on column imports.content is 'What was brought, until it enters: its columns may be matched again.';
comment on column imports.brought_by is 'None for a list that was read at the terminal of the service.';
comment on column imports.sketch is 'The beginning of the list, by which its columns are matched. None for a list of before.';
comment on column imports.mapping is 'How its columns are read; none as long as nobody has said so.';
drop index imports_to_read;
create index imports_to_read on imports (brought_at)
	where read_at is null and refused_code is null and (mapping is not null or sketch is null);

-- What each column of a kind of file says, for one house, or for the whole instance.
create table import_columns (
	id uuid primary key,
	hub_id uuid references hubs (organisation_id) deferrable initially immediate,
	signature text not null,
	columns jsonb not null,
	remembered_at timestamptz not null,
	remembered_by uuid references persons (id),
	constraint columns_are_remembered_once unique nulls not distinct (hub_id, signature)
);
comment on column import_columns.signature is 'A digest of the headers, in whatever order they stand.';

-- Numbers that fail their arithmetic or that a tool has rounded: kept beside the organisation as they were written, never a key.
create table organisation_unverified_numbers (
	organisation_id uuid not null references organisations (id) on delete cascade,
	kind text not null,
	written text not null constraint unverified_number_is_written check (written <> ''),
	code text not null,
	import_id uuid references imports (id) on delete set null,
	added_at timestamptz not null,
	primary key (organisation_id, kind, written)
);
