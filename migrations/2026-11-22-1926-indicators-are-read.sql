-- How the measures of an indicator make one figure, and where they come from. Until somebody chooses there is no row.
create table indicator_readings (
	root uuid primary key references lines (id),
	adds text not null constraint measures_add_up_somehow check (adds in ('partners', 'sum', 'last', 'mean')),
	source text not null constraint indicator_has_a_source check (source in ('hand', 'attendance', 'sessions', 'hours')),
	public_root uuid references lines (id),
	series_id uuid references action_series (id),
	chosen_at timestamptz not null,
	chosen_by uuid references persons (id)
);
