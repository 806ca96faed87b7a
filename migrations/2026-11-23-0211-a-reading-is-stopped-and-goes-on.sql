-- Who keeps the instance may stop the reading of a register, and let it go on; a file that came by a form is ours to take away.
alter table official_imports
	add stopped_at timestamptz,
	add stopped_by uuid references persons (id),
	add own_file boolean not null default false;
comment on column official_imports.own_file is 'The file came by a form: it lies in our folder, and goes once it was read.';
