-- A list is kept as it came, and read afterwards: its page answers before the reading is over.
alter table imports rename column read_at to brought_at;
alter table imports
	alter column understood drop not null,
	add column kind text not null default 'association',
	add column content bytea,
	add column file_name text,
	add column read_at timestamptz,
	add column refused_code text,
	add column refused_details jsonb;
update imports set read_at = brought_at;
alter table imports
	add constraint import_is_read_or_can_be check (read_at is not null or refused_code is not null or content is not null),
	add constraint import_enters_once_read check (started_at is null or read_at is not null);
create index imports_to_read on imports (brought_at) where read_at is null and refused_code is null;
comment on column imports.kind is 'What its organisations are, where no column says it.';
comment on column imports.content is 'What was brought, until it is read.';
