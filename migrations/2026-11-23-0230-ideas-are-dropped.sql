-- An idea of anybody: one sentence and a place; first dreamt without money limits, then for real; others join; it becomes a cooperation.
create table ideas (
	id uuid primary key,
	code text not null constraint idea_code_is_one unique,
	text text not null constraint dropped_idea_is_a_sentence check (char_length(text) between 1 and 300),
	commune_code text,
	commune_name text,
	zone text not null,
	themes text[] not null default '{}',
	dream text,
	for_whom text,
	moment text,
	kept text,
	first_step text,
	first_step_on date,
	inside boolean not null,
	dropped_at timestamptz not null,
	published_at timestamptz,
	changed_at timestamptz not null,
	holds_until date not null,
	asked_at timestamptz,
	asleep_at timestamptz,
	hidden_at timestamptz,
	hidden_by uuid references persons (id),
	hidden_for uuid references hubs (organisation_id) deferrable initially immediate,
	hidden_reason text,
	cooperation_id uuid constraint cooperation_comes_from_one_idea unique references cooperations (id),
	became_at timestamptz,
	became_by uuid references persons (id),
	became_for uuid references organisations (id),
	words tsvector not null generated always as (words_of(text || ' ' || coalesce(commune_name, '') || ' ' || coalesce(dream, '')
		|| ' ' || coalesce(for_whom, '') || ' ' || coalesce(kept, ''))) stored,
	constraint idea_is_hidden_with_a_reason check ((hidden_at is null) = (hidden_reason is null)),
	constraint idea_becomes_once check ((cooperation_id is null) = (became_at is null))
);
comment on column ideas.inside is 'for the members of organisations; without it, anybody reads it';
comment on column ideas.published_at is 'when whoever dropped it was known: at once, or when the address of an inhabitant was confirmed';
-- Listed from the latest, around a place, by theme or by word; looked at when they may no longer hold.
create index ideas_by_time on ideas (published_at desc, id desc) where published_at is not null and hidden_at is null;
create index ideas_around on ideas (commune_code, published_at desc) where published_at is not null and hidden_at is null;
create index ideas_by_theme on ideas using gin (plain_words(themes)) where published_at is not null and hidden_at is null;
create index ideas_by_their_words on ideas using gin (words);
create index ideas_that_may_have_ended on ideas (holds_until) where asleep_at is null and cooperation_id is null;
create index ideas_that_nobody_confirmed on ideas (dropped_at) where published_at is null;
create trigger ideas_teach_words after insert on ideas referencing new table as added
	for each statement execute function learn_words_of_rows();
create trigger ideas_teach_changed_words after update of text, commune_name, dream, for_whom, kept on ideas
	for each row execute function learn_words_of_change();

-- Who dropped it, and who joined: an organisation, somebody known, or an inhabitant whose address is confirmed.
create table idea_voices (
	id uuid primary key,
	idea_id uuid not null references ideas (id) on delete cascade,
	dropped boolean not null,
	organisation_id uuid references organisations (id),
	person_id uuid references persons (id),
	name text,
	email text,
	text text constraint voice_is_short check (char_length(text) between 1 and 300),
	lends_hand boolean not null,
	joined_at timestamptz not null,
	confirmed_at timestamptz,
	left_at timestamptz,
	told_at timestamptz,
	constraint voice_is_somebodys check (left_at is not null or person_id is not null or organisation_id is not null or email is not null)
);
comment on column idea_voices.email is 'of an inhabitant without an account: shown to nobody, used to tell them; erased when they leave';
comment on column idea_voices.lends_hand is 'the partners may reach them once it is a cooperation';
create unique index idea_is_dropped_once on idea_voices (idea_id) where dropped;
create unique index organisation_joins_an_idea_once on idea_voices (idea_id, organisation_id) where left_at is null and organisation_id is not null;
create unique index person_joins_an_idea_once on idea_voices (idea_id, person_id) where left_at is null and organisation_id is null and person_id is not null;
create unique index address_joins_an_idea_once on idea_voices (idea_id, email) where left_at is null and email is not null;
create index voices_of_an_organisation on idea_voices (organisation_id, joined_at desc) where left_at is null and organisation_id is not null;
create index voices_of_a_person on idea_voices (person_id) where person_id is not null;
create index voices_that_nobody_confirmed on idea_voices (joined_at) where confirmed_at is null;
create index voices_told_by_mail on idea_voices (told_at) where email is not null and confirmed_at is not null and left_at is null;

-- What it would need: one sentence of one of the eight kinds, by whoever joined.
create table idea_needs (
	id uuid primary key,
	idea_id uuid not null references ideas (id) on delete cascade,
	voice_id uuid not null references idea_voices (id) on delete cascade,
	kind text not null constraint idea_need_has_a_kind check (kind in ('finance', 'equipment', 'premises', 'speaker', 'audience',
		'notoriety', 'skill', 'volunteers')),
	text text not null constraint idea_need_says_something check (char_length(text) between 1 and 200),
	added_at timestamptz not null,
	removed_at timestamptz
);
create index needs_of_an_idea on idea_needs (idea_id, added_at) where removed_at is null;
create index idea_needs_of_a_voice on idea_needs (voice_id);
