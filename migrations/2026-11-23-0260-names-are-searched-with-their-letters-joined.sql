-- « M.J.C. Boulevard » is found by « mjc boulevard » here as in the registers: an organisation's names are read with
-- `words_of_names`. A generated column is changed by making it anew.
alter table organisations drop column words;
alter table organisations add column words tsvector not null generated always as (
	setweight(words_of_names(name || ' ' || coalesce(short_name, '') || ' ' || one_text(other_names)), 'A')
	|| words_of(coalesce(purpose, '') || ' ' || one_text(themes) || ' ' || coalesce(commune_name, ''))
) stored;
create index organisations_by_their_words on organisations using gin (words);
insert into known_words (word)
	select distinct learnt from organisations, words_to_learn(words) as learnt
	where not exists (select from known_words k where k.word = learnt);
