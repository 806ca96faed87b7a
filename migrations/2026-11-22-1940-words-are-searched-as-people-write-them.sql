-- What a search reads of a text: its words without accents, capitals or signs, by their root and as they stand. Stop words are kept:
-- PostgreSQL's French list lacks « les », and those who ask leave theirs out.
create function bare(text) returns text language sql immutable parallel safe as $$
	select regexp_replace(public.plain($1), '[^[:alnum:]]+', ' ', 'g')
$$;
create text search dictionary roots (template = snowball, language = french);
create text search configuration roots (copy = pg_catalog.simple);
alter text search configuration roots alter mapping for asciiword, word with roots;
create function words_of(text) returns tsvector language sql immutable parallel safe as $$
	select to_tsvector('public.roots', public.bare($1)) || to_tsvector('pg_catalog.simple', public.bare($1))
$$;

-- Every word ever written, of which the one nearest to a typing mistake is found. It says neither where nor by whom, and is never
-- shown. No unique index: two who write the same new word at once would wait for one another.
create table known_words (
	word text not null
);
create index known_words_by_word on known_words (word);
create index known_words_by_length on known_words (length(word));

-- Roots are learnt with the words: a tsvector holds both, and a root that is no word is near to the same words.
create function words_to_learn(tsvector) returns setof text language sql immutable as $$
	select word from unnest(tsvector_to_array($1)) word where word ~ '^[a-z]{3,30}$'
$$;
create function learn_words_of_rows() returns trigger language plpgsql as $$
begin
	insert into public.known_words (word)
		select distinct learnt from added, public.words_to_learn(added.words) as learnt
		where not exists (select from public.known_words k where k.word = learnt);
	return null;
end $$;
create function learn_words_of_change() returns trigger language plpgsql as $$
begin
	insert into public.known_words (word)
		select learnt from public.words_to_learn(new.words) as learnt
		where not exists (select from public.known_words k where k.word = learnt);
	return null;
end $$;
