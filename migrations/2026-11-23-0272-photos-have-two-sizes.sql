-- A photo is drawn anew in two sizes; what was kept before has one. What somebody took back leaves the disk at once.
alter table portraits add column small text references files (sha256);
alter table portraits add constraint a_revoked_portrait_has_no_small_file check (small is null or revoked_at is null);
create table forgotten_files (
	sha256 text primary key,
	forgotten_at timestamptz not null default now()
);
