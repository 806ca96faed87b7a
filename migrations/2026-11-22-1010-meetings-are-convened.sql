create table meetings (
	id uuid primary key,
	code text not null constraint meeting_code_is_one unique,
	cooperation_id uuid not null references cooperations (id),
	title text not null constraint meeting_has_a_title check (title <> ''),
	place text,
	starts_at timestamptz not null,
	ends_at timestamptz not null,
	zone text not null,
	uid text not null constraint meeting_is_one_in_calendars unique,
	sequence integer not null default 0,
	organiser_id uuid references persons (id),
	acting_for uuid not null references organisations (id),
	poll_id uuid constraint poll_makes_one_meeting unique,
	convened_at timestamptz not null,
	changed_at timestamptz not null,
	cancelled_at timestamptz,
	cancelled_by uuid references persons (id),
	cancel_reason text,
	minutes_begun_at timestamptz,
	minutes_begun_by uuid references persons (id),
	circulated_at timestamptz,
	circulated_by uuid references persons (id),
	adopted_at timestamptz,
	adopted_by uuid references persons (id),
	adopted_for uuid references organisations (id),
	adopted_in uuid references meetings (id),
	constraint meeting_ends_after_it_starts check (ends_at > starts_at),
	constraint a_cancelled_meeting_says_why check (cancelled_at is null or cancel_reason is not null),
	constraint minutes_are_circulated_before_they_are_adopted check (adopted_at is null or circulated_at is not null)
);
create index meetings_of_a_cooperation on meetings (cooperation_id, starts_at);
comment on column meetings.uid is 'what calendars know the meeting by: kept when the address of the instance changes';
comment on column meetings.sequence is 'one more at each change that calendars must know of (RFC 5546)';

create table agenda_points (
	id uuid primary key,
	meeting_id uuid not null references meetings (id),
	position integer not null,
	title text not null constraint point_has_a_title check (title <> ''),
	minutes integer constraint point_lasts_a_while check (minutes between 1 and 600),
	expected text not null constraint point_expects_something check (expected in ('inform', 'discuss', 'decide')),
	added_at timestamptz not null,
	added_by uuid references persons (id),
	removed_at timestamptz,
	removed_by uuid references persons (id)
);
create index points_of_a_meeting on agenda_points (meeting_id, position);

create table meeting_participants (
	id uuid primary key,
	meeting_id uuid not null references meetings (id),
	person_id uuid references persons (id),
	name text not null constraint participant_has_a_name check (name <> ''),
	email citext,
	organisation_id uuid references organisations (id),
	added_at timestamptz not null,
	invited_at timestamptz,
	reply text constraint reply_is_known check (reply in ('yes', 'maybe', 'no')),
	replied_at timestamptz,
	presence text constraint presence_is_known check (presence in ('present', 'absent', 'excused', 'represented')),
	represented_by uuid references meeting_participants (id),
	presence_noted_at timestamptz,
	presence_noted_by uuid references persons (id),
	constraint a_reply_has_a_date check ((reply is null) = (replied_at is null)),
	constraint nobody_represents_themselves check (represented_by is null or represented_by <> id)
);
create unique index person_takes_part_once on meeting_participants (meeting_id, person_id) where person_id is not null;
create unique index address_takes_part_once on meeting_participants (meeting_id, email) where email is not null;
create index meetings_of_a_person on meeting_participants (person_id) where person_id is not null;
comment on column meeting_participants.invited_at is 'null: came without having been invited';

-- Under which point of the agenda a line of the minutes was written.
create table minuted_lines (
	root uuid primary key references lines (id),
	meeting_id uuid not null references meetings (id),
	point_id uuid references agenda_points (id),
	minuted_at timestamptz not null
);
create index lines_minuted_in_a_meeting on minuted_lines (meeting_id);

create table calendar_feeds (
	id uuid primary key,
	token_hash bytea not null unique,
	kind text not null constraint feed_has_a_kind check (kind in ('person', 'organisation', 'cooperation')),
	person_id uuid not null references persons (id),
	organisation_id uuid references organisations (id),
	cooperation_id uuid references cooperations (id),
	made_at timestamptz not null,
	revoked_at timestamptz,
	revoked_by uuid references persons (id),
	constraint feed_shows_one_thing check (
		(kind = 'person' and organisation_id is null and cooperation_id is null)
		or (kind = 'organisation' and organisation_id is not null and cooperation_id is null)
		or (kind = 'cooperation' and organisation_id is not null and cooperation_id is not null))
);
create index feeds_of_a_person on calendar_feeds (person_id);
create index feeds_of_an_organisation on calendar_feeds (organisation_id);
comment on column calendar_feeds.person_id is 'whose feed it is, or who made it';
comment on column calendar_feeds.organisation_id is 'in whose name the cooperation is seen: nothing shows once it has left';
