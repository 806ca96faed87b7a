-- What a search reads is kept without its accents: a word too short for the index was compared after unaccenting every name.
alter table organisations add column searched text not null generated always as
	(plain(name || ' ' || coalesce(short_name, '') || ' ' || coalesce(purpose, '') || ' ' || coalesce(commune_name, ''))) stored;
drop index organisations_by_words;
create index organisations_by_words on organisations using gin (searched gin_trgm_ops);
