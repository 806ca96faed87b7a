-- Everything that partners establish: one sentence with a kind. Details of a kind stand in columns that other kinds leave empty.
create table lines (
	id uuid primary key,
	root uuid not null,
	replaces uuid constraint a_line_is_replaced_once unique references lines (id),
	cooperation_id uuid not null references cooperations (id),
	kind text not null constraint line_has_a_kind check (kind in ('information', 'objective', 'need', 'public', 'role',
		'contribution', 'limit', 'decision', 'task', 'date', 'risk', 'indicator', 'measure')),
	topic text,
	text text not null constraint line_says_something check (text <> ''),
	reason text,
	person_id uuid references persons (id),
	acting_for uuid not null references organisations (id),
	entered_by uuid references persons (id),
	evidence text not null constraint line_has_known_evidence check (evidence in ('direct', 'minutes', 'telephone', 'paper', 'link')),
	mandate_id uuid references mandates (id),
	source_kind text constraint line_comes_from check (source_kind in ('meeting', 'call', 'page', 'line')),
	source_id uuid,
	audience text not null constraint line_has_an_audience check (audience in ('organisation', 'partners', 'accompagnateur', 'everyone')),
	written_at timestamptz not null,
	-- details
	who_organisation uuid references organisations (id),
	who_person uuid references persons (id),
	held_by uuid references organisations (id),
	starts_on date,
	ends_on date,
	phase text constraint date_has_a_known_phase check (phase in ('before', 'during', 'after')),
	cents bigint constraint money_is_not_negative check (cents >= 0),
	currency text,
	quantity numeric,
	unit text,
	about uuid,
	constraint a_root_replaces_nothing check ((root = id) = (replaces is null)),
	constraint a_revision_has_a_reason check (replaces is null or reason is not null),
	constraint line_ends_after_it_starts check (ends_on is null or starts_on is null or ends_on >= starts_on),
	constraint money_has_a_currency check ((cents is null) = (currency is null))
);
create index lines_of_a_cooperation on lines (cooperation_id, kind, written_at desc);
create index lines_by_time on lines (cooperation_id, written_at desc);
create index lines_of_a_root on lines (root);
create index lines_from_a_source on lines (source_id) where source_id is not null;
create index tasks_of_a_person on lines (who_person) where kind = 'task';
create index tasks_of_an_organisation on lines (who_organisation) where kind = 'task';

-- « Fait », « retiré », « confié » are dated facts on the root, not a change of the line.
create table line_marks (
	id uuid primary key,
	root uuid not null references lines (id),
	mark text not null constraint line_mark_is_known check (mark in ('done', 'withdrawn')),
	at timestamptz not null,
	by_person uuid references persons (id),
	by_organisation uuid references organisations (id),
	note text,
	undone_at timestamptz,
	undone_by uuid references persons (id)
);
create unique index line_is_marked_once on line_marks (root, mark) where undone_at is null;
