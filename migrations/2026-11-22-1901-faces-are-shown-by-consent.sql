-- A photo that somebody gave of themself, and what they agreed to that day. Taken back: the row stays, dated, without its file.
create table portraits (
	id uuid primary key,
	person_id uuid not null references persons (id),
	file text references files (sha256),
	agreed_to text not null constraint consent_says_to_what check (agreed_to <> ''),
	agreed_at timestamptz not null,
	revoked_at timestamptz,
	constraint a_revoked_portrait_has_no_file check ((file is null) = (revoked_at is not null))
);
create unique index one_portrait_at_a_time on portraits (person_id) where revoked_at is null;
create index portraits_of_a_person on portraits (person_id);
