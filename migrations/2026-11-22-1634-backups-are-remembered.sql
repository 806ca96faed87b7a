-- The administrator is told how old the last backup is.
create table backups (
	id uuid primary key,
	at timestamptz not null,
	size bigint not null,
	sha256 text not null
);
create index backups_by_time on backups (at desc);
