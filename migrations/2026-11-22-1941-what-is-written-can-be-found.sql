-- Each table that is searched keeps its words beside its text, and teaches them to those who mistype.
create function one_text(text[]) returns text language sql immutable parallel safe as $$
	select array_to_string($1, ' ')
$$;

-- what an organisation is called counts before what is said of it
alter table organisations add column words tsvector not null generated always as (
	setweight(words_of(name || ' ' || coalesce(short_name, '') || ' ' || one_text(other_names)), 'A')
	|| words_of(coalesce(purpose, '') || ' ' || one_text(themes) || ' ' || coalesce(commune_name, ''))
) stored;
create index organisations_by_their_words on organisations using gin (words);
create trigger organisations_teach_words after insert on organisations referencing new table as added
	for each statement execute function learn_words_of_rows();
create trigger organisations_teach_changed_words after update of name, short_name, other_names, purpose, themes, commune_name on organisations
	for each row execute function learn_words_of_change();

alter table cooperations add column words tsvector not null generated always as (words_of(name || ' ' || sentence || ' ' || coalesce(place, ''))) stored;
create index cooperations_by_their_words on cooperations using gin (words);
create trigger cooperations_teach_words after insert on cooperations referencing new table as added
	for each statement execute function learn_words_of_rows();
create trigger cooperations_teach_changed_words after update of name, sentence, place on cooperations
	for each row execute function learn_words_of_change();

alter table lines add column words tsvector not null generated always as (words_of(text)) stored;
create index lines_by_their_words on lines using gin (words);
create trigger lines_teach_words after insert on lines referencing new table as added
	for each statement execute function learn_words_of_rows();
create trigger lines_teach_changed_words after update of text on lines
	for each row execute function learn_words_of_change();

alter table agreement_clauses add column words tsvector not null generated always as (words_of(title || ' ' || coalesce(text, jsonb_path_query_array(source, '$.paragraphs[*].text')::text
	|| jsonb_path_query_array(source, '$.paragraphs[*].intro')::text, ''))) stored;
create index agreement_clauses_by_their_words on agreement_clauses using gin (words);
create trigger agreement_clauses_teach_words after insert on agreement_clauses referencing new table as added
	for each statement execute function learn_words_of_rows();
create trigger agreement_clauses_teach_changed_words after update of title, text, source on agreement_clauses
	for each row execute function learn_words_of_change();

insert into known_words (word)
	select word from organisations, words_to_learn(words) as word union select word from cooperations, words_to_learn(words) as word
	union select word from lines, words_to_learn(words) as word union select word from agreement_clauses, words_to_learn(words) as word;

-- Names of people are not learnt: whoever is erased leaves no word behind.
alter table persons add column searched text not null generated always as (bare(name)) stored;
create index persons_by_their_words on persons using gin (searched gin_trgm_ops);
