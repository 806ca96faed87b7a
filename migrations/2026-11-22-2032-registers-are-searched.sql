-- What a search reads of the official records: made from them after an import, and made again at any time. Beside them, so that an
-- import writes no word; without a foreign key, since it is derived.
create table official_words (
	body_id bigint primary key,
	-- of its names and its commune; then of its purpose too
	names tsvector not null,
	words tsvector not null,
	commune_code text,
	kind text not null,
	-- 0: dissolved, closed, no longer listed; 1: nothing for years; 2: a declaration or a number that lives
	life smallint not null
);
create index official_words_by_name on official_words using gin (names) with (fastupdate = off);
create index official_words_by_word on official_words using gin (words) with (fastupdate = off);
create index official_words_by_commune on official_words (commune_code, life desc, body_id);

-- « M.J.C. » and « m j c » are searched as « mjc »: letters that stand alone are also read together.
create function joined_letters(text) returns text language sql immutable parallel safe as $$
	select case when $1 ~ '\m[a-z] [a-z]\M' then regexp_replace($1, '(?<=\m[a-z]) (?=[a-z]\M)', '', 'g') else '' end
$$;
create function words_of_names(text) returns tsvector language sql immutable parallel safe as $$
	select to_tsvector('public.roots', said) || to_tsvector('pg_catalog.simple', said || ' ' || public.joined_letters(said))
	from (select public.bare($1) as said) as once
$$;

-- The words of all names, each with how many records bear it, and what remains of it when one letter is left out: two words that are
-- one mistake apart have one of these in common (SymSpell, Garbe 2012).
create table official_vocabulary (
	word text primary key,
	records integer not null,
	without_a_letter integer[] not null
);
create function without_a_letter(text) returns integer[] language sql immutable parallel safe as $$
	select array_agg(distinct hashtext(one)) from (
		select $1 as one union all select overlay($1 placing '' from i for 1) from generate_series(1, length($1)) i
	) as left_out
$$;
create index official_vocabulary_by_mistake on official_vocabulary using gin (without_a_letter) with (fastupdate = off);
create index official_vocabulary_by_beginning on official_vocabulary (word text_pattern_ops);

create table official_indexing (
	id integer primary key constraint indexing_is_one check (id = 1),
	until timestamptz not null,
	records bigint not null
);
