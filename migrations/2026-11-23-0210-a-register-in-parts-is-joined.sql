-- The Banque-Carrefour publishes one file for the enterprises, another for their names, another for their addresses: what an import
-- has read of them waits here until it is joined. Emptied at its end.
create table official_parts (
	key text not null,
	part text not null constraint official_part_has_a_kind
		check (part in ('enterprise', 'establishment', 'denomination', 'address', 'contact', 'activity')),
	line bigint not null,
	said text[] not null
);
create index official_parts_of_a_body on official_parts (key);

-- The places where a body acts, by their official numbers: of Belgium only, where the register gives them beside the body.
create table official_establishments (
	number text primary key,
	key text not null,
	started_on date,
	import_id integer not null
);
create index official_establishments_of_a_body on official_establishments (key);

-- What a code means, as a register publishes it beside its rows or in a file of its own.
create table official_codes (
	list text not null constraint official_code_is_of_a_list
		check (list in ('bce-form', 'nace-2003', 'nace-2008', 'nace-2025', 'rna-object', 'naf', 'sirene-form')),
	code text not null,
	label text not null constraint official_code_has_a_label check (label <> ''),
	source text not null,
	read_at timestamptz not null,
	primary key (list, code)
);

alter table official_imports
	add rows_joined bigint not null default 0,
	add parts_read_at timestamptz,
	add joined_until text,
	add cut boolean not null default false;
comment on column official_imports.rows_joined is 'Names, addresses, activities: rows that complete a record rather than make one.';
comment on column official_imports.joined_until is 'The last key whose parts were joined: a resumed import goes on after it.';
comment on column official_imports.cut is 'A file ends in the middle of a row: nothing that it lacks is taken for vanished.';
