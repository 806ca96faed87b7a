-- The first words that one organisation writes to another: read by both, answered by mail.
create table approaches (
	id uuid primary key,
	from_organisation uuid not null references organisations (id),
	to_organisation uuid not null references organisations (id),
	written_by uuid references persons (id),
	written_at timestamptz not null,
	text text not null constraint approach_says_something check (char_length(text) between 1 and 2000),
	reached integer not null constraint approach_reached_somebody check (reached > 0)
);
create index approaches_of_a_person on approaches (written_by, written_at desc);
create index approaches_between on approaches (from_organisation, to_organisation, written_at desc);
create index approaches_by_age on approaches (written_at);
comment on column approaches.text is 'forgotten after a year with its row';
