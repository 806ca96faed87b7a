-- Where a cooperation is in its life, as somebody said it. Until somebody says, it is in « Idées » since its first day.
create table stage_moves (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	n integer not null constraint stage_moves_are_counted check (n > 0),
	stage text not null constraint stage_is_known check (stage in ('acquaintance', 'ideas', 'preparation', 'action', 'evaluation', 'sustained')),
	since date not null,
	note text,
	moved_at timestamptz not null,
	moved_by uuid references persons (id),
	moved_for uuid references organisations (id),
	constraint stage_moves_follow_each_other unique (cooperation_id, n)
);
-- A rest that the partners decided: nothing is noticed until its last day.
create table pauses (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	reason text not null constraint pause_has_a_reason check (reason <> ''),
	until date not null,
	paused_at timestamptz not null,
	paused_by uuid references persons (id),
	paused_for uuid references organisations (id),
	resumed_at timestamptz,
	resumed_by uuid references persons (id),
	resumed_for uuid references organisations (id)
);
create unique index one_pause_at_a_time on pauses (cooperation_id) where resumed_at is null;
create index pauses_of_a_cooperation on pauses (cooperation_id, paused_at desc);
-- What stalled and was told, once: a stall is known by its reason and the day since when it lasts.
create table stall_notices (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	reason text not null constraint stall_has_a_known_reason check (reason in ('unanswered', 'no-meeting', 'no-line', 'beyond-usual')),
	since date not null,
	noticed_at timestamptz not null,
	told_at timestamptz,
	told_to uuid references persons (id),
	constraint stall_is_told_once unique (cooperation_id, reason, since)
);
