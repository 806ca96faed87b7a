-- The grants that public bodies publish: a sign that an organisation lives. What they were for is not kept: it may name somebody.
alter table official_imports drop constraint official_import_has_a_source;
alter table official_imports add constraint official_import_has_a_source
	check (source in ('rna-import', 'rna-waldec', 'sirene', 'sirene-seats', 'bce', 'grants'));

create table official_grants (
	id bigint generated always as identity primary key,
	fingerprint bigint not null constraint grant_is_read_once unique,
	giver text,
	beneficiary text not null,
	siren text,
	rna text,
	unverified text,
	amount_cents bigint not null,
	granted_on date not null,
	day_known boolean not null,
	import_id integer not null
);
create index official_grants_by_siren on official_grants (siren, granted_on desc) where siren is not null;
create index official_grants_by_rna on official_grants (rna, granted_on desc) where rna is not null;
comment on column official_grants.fingerprint is 'of all that its row says: the same file read again writes nothing';
comment on column official_grants.unverified is 'a number that fails its own arithmetic, or that a spreadsheet rounded: kept as it is written, never used';
comment on column official_grants.day_known is 'false: only the year is published, and granted_on is its first day';
