-- What an organisation looks for and what it can bring: one sentence of one of eight kinds, in its name, until it no longer holds.
create table needs (
	id uuid primary key,
	code text not null constraint need_code_is_one unique,
	organisation_id uuid not null references organisations (id),
	side text not null constraint need_has_a_side check (side in ('need', 'offer')),
	kind text not null constraint need_has_a_kind check (kind in ('finance', 'equipment', 'premises', 'speaker', 'audience',
		'notoriety', 'skill', 'volunteers')),
	way text constraint need_has_a_way check (way in ('buy', 'rent', 'borrow')),
	text text not null constraint need_says_something check (char_length(text) between 1 and 300),
	lasting boolean not null,
	starts_on date,
	ends_on date,
	quantity numeric constraint need_quantity_counts check (quantity > 0),
	unit text,
	commune_code text,
	commune_name text,
	public boolean not null default false,
	line_root uuid references lines (id),
	said_at timestamptz not null,
	said_by uuid references persons (id),
	said_for_by uuid references hubs (organisation_id),
	changed_at timestamptz not null,
	holds_until date not null,
	asked_at timestamptz,
	closed_at timestamptz,
	closed_by uuid references persons (id),
	closed_how text constraint need_closes_somehow check (closed_how in ('met', 'withdrawn', 'silence', 'passed')),
	sequence integer not null default 0,
	constraint only_equipment_has_a_way check (way is null or kind = 'equipment'),
	constraint need_ends_after_it_starts check (ends_on is null or starts_on is null or ends_on >= starts_on),
	constraint need_closes_once check ((closed_at is null) = (closed_how is null)),
	words tsvector not null generated always as (words_of(text || ' ' || coalesce(commune_name, ''))) stored
);
comment on column needs.said_for_by is 'the hub that wrote it in the name of the organisation, which is told';
comment on column needs.line_root is 'the line of a cooperation from which one looks elsewhere';
-- Found around a place, listed from the latest, read on the page of an organisation, looked at once they no longer hold.
create index needs_around on needs (commune_code, side, kind) where closed_at is null;
create index needs_by_time on needs (side, changed_at desc, id) where closed_at is null;
create index needs_of_an_organisation on needs (organisation_id, changed_at desc);
create index needs_of_a_line on needs (line_root) where line_root is not null;
create index needs_that_may_have_ended on needs (holds_until) where closed_at is null;
create index needs_by_their_words on needs using gin (words);
create trigger needs_teach_words after insert on needs referencing new table as added
	for each statement execute function learn_words_of_rows();
create trigger needs_teach_changed_words after update of text, commune_name on needs
	for each row execute function learn_words_of_change();
