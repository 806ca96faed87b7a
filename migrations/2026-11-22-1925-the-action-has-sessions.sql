-- The action itself: workshops, performances, outings. A series makes its occurrences when it is written; each then lives alone.
create table action_series (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	title text not null constraint series_has_a_title check (title <> ''),
	rhythm text not null constraint series_has_a_rhythm check (rhythm in ('weekly', 'fortnightly', 'monthly')),
	weekdays integer[] not null constraint series_has_weekdays check (cardinality(weekdays) between 1 and 7),
	starts_on date not null,
	ends_on date not null,
	made_at timestamptz not null,
	made_by uuid references persons (id),
	made_for uuid not null references organisations (id),
	constraint series_ends_after_it_starts check (ends_on >= starts_on)
);
create index series_of_a_cooperation on action_series (cooperation_id);
comment on column action_series.weekdays is '1 is Monday, 7 is Sunday';

create table action_sessions (
	id uuid primary key,
	code text not null constraint action_session_code_is_one unique,
	cooperation_id uuid not null references cooperations (id),
	series_id uuid references action_series (id),
	title text not null constraint action_session_has_a_title check (title <> ''),
	place text,
	starts_at timestamptz not null,
	ends_at timestamptz not null,
	zone text not null,
	open boolean not null default false,
	to_know text,
	runners text,
	uid text not null constraint action_session_is_one_in_calendars unique,
	sequence integer not null default 0,
	made_at timestamptz not null,
	made_by uuid references persons (id),
	made_for uuid not null references organisations (id),
	changed_at timestamptz not null,
	moved_from timestamptz,
	moved_at timestamptz,
	move_reason text,
	cancelled_at timestamptz,
	cancelled_by uuid references persons (id),
	cancel_reason text,
	people integer constraint attendance_is_counted check (people between 0 and 1000000),
	note text,
	noted_at timestamptz,
	noted_by uuid references persons (id),
	noted_for uuid references organisations (id),
	constraint action_session_ends_after_it_starts check (ends_at > starts_at),
	constraint a_cancelled_session_says_why check (cancelled_at is null or cancel_reason is not null),
	constraint a_moved_session_keeps_its_date check ((moved_at is null) = (moved_from is null)),
	constraint a_held_session_is_counted check ((noted_at is null) = (people is null)),
	constraint a_cancelled_session_is_not_held check (cancelled_at is null or noted_at is null)
);
create index action_sessions_of_a_cooperation on action_sessions (cooperation_id, starts_at, id);
create index action_sessions_of_a_series on action_sessions (series_id, starts_at) where series_id is not null;
create index action_sessions_held on action_sessions (cooperation_id, starts_at) where noted_at is not null;
comment on column action_sessions.moved_from is 'when it was first to take place';
comment on column action_sessions.runners is 'those who run it and are not partners, in words';

-- Who runs a session: partners, and people of theirs.
create table session_runners (
	session_id uuid not null references action_sessions (id),
	organisation_id uuid not null references organisations (id),
	primary key (session_id, organisation_id)
);

-- Numbers by audience and no name: a line of the cooperation that says who the action is for, or free words.
create table session_attendance (
	id uuid primary key,
	session_id uuid not null references action_sessions (id),
	public_root uuid references lines (id),
	label text,
	people integer not null constraint audience_is_counted check (people between 0 and 1000000),
	constraint audience_is_named check ((public_root is null) <> (label is null))
);
create unique index audience_is_counted_once on session_attendance (session_id, public_root) where public_root is not null;
create index attendance_of_a_session on session_attendance (session_id);

-- Time that the action took: of a partner's volunteers and employees, and of suppliers with what they cost.
create table session_hours (
	id uuid primary key,
	session_id uuid not null references action_sessions (id),
	organisation_id uuid not null references organisations (id),
	whose text not null constraint hours_are_of_somebody check (whose in ('volunteers', 'employees', 'supplier')),
	supplier text,
	minutes integer not null constraint hours_are_counted check (minutes between 0 and 600000),
	cents bigint constraint supplier_cost_is_not_negative check (cents >= 0),
	currency text,
	noted_at timestamptz not null,
	noted_by uuid references persons (id),
	constraint a_supplier_has_a_name check ((whose = 'supplier') = (supplier is not null)),
	constraint supplier_cost_has_a_currency check ((cents is null) = (currency is null))
);
create unique index hours_of_a_partner_once on session_hours (session_id, organisation_id, whose) where whose <> 'supplier';
create index hours_of_a_session on session_hours (session_id);
