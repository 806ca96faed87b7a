-- One page for one addressee: why this cooperation is worth it to them, what is asked of them. What it says is kept as it was that day.
create table pitches (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	made_for uuid not null references organisations (id),
	addressee_kind text not null constraint pitch_addressee_is_known
		check (addressee_kind in ('board', 'town', 'company', 'school', 'foundation')),
	addressee text not null constraint pitch_has_an_addressee check (addressee <> ''),
	opening text not null constraint pitch_has_an_opening check (opening <> ''),
	gains text[] not null,
	asked uuid[] not null,
	proven uuid[] not null,
	content jsonb not null,
	redoes uuid references pitches (id),
	made_at timestamptz not null,
	made_by uuid references persons (id)
);
create index pitches_of_an_organisation on pitches (made_for, cooperation_id, made_at desc);
comment on column pitches.content is 'facts, gains, what is asked and what is proven, in the words of that day';
