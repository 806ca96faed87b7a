-- A terminal and the job of the service may both find a list that waits to be read: one of them reads it, and the other leaves it.
alter table imports
	add column reader uuid,
	add column reader_at timestamptz,
	add constraint import_reader_is_dated check ((reader is null) = (reader_at is null));
comment on column imports.reader is 'Who reads it now: drawn anew by each reading.';
comment on column imports.reader_at is 'When that reading last gave a sign; another takes the list up when none came for a while.';
