-- What the official gazette announces of bodies: creations, changes, accounts, dissolutions. A sign that they live, or that they ended.
alter table official_imports drop constraint official_import_has_a_source;
alter table official_imports add constraint official_import_has_a_source
	check (source in ('rna-import', 'rna-waldec', 'sirene', 'sirene-seats', 'bce', 'grants', 'gazette'));

create table official_announcements (
	id bigint generated always as identity primary key,
	number text not null,
	siren text,
	kind text not null constraint announcement_has_a_kind
		check (kind in ('created', 'changed', 'accounts', 'dissolved', 'cancelled', 'unsaid', 'other')),
	published_on date not null,
	import_id integer not null,
	constraint announcement_is_read_once unique (number, published_on, kind)
);
create index official_announcements_by_siren on official_announcements (siren, published_on desc) where siren is not null;
comment on column official_announcements.number is 'the RNA number of the body; failing that, its SIREN';
comment on column official_announcements.siren is 'a SIREN that is published beside an RNA number';
comment on column official_announcements.kind is 'cancelled: takes back what was announced before; unsaid: its file gives no kind; other: one that says nothing of a life';
