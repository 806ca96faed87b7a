-- What somebody should know waits here, and is told with the rest in one mail.
create table notices (
	id uuid primary key,
	person_id uuid not null references persons (id) on delete cascade,
	kind text not null,
	cooperation_id uuid references cooperations (id) on delete cascade,
	text text not null constraint notice_says_something check (text <> ''),
	path text not null,
	at timestamptz not null,
	told_at timestamptz,
	set_aside_at timestamptz
);
create index notices_waiting on notices (person_id, at) where told_at is null and set_aside_at is null;
create index notices_of_a_person on notices (person_id, at desc);
create index notices_by_time on notices (at);
comment on column notices.set_aside_at is 'the person wants none of this kind, has no e-mail, or too much time passed';

create table notice_choices (
	person_id uuid primary key references persons (id) on delete cascade,
	rhythm text not null default 'day' constraint rhythm_is_known check (rhythm in ('day', 'week', 'never')),
	without_kinds text[] not null default '{}',
	without_cooperations uuid[] not null default '{}',
	changed_at timestamptz not null
);

-- « Dernier rappel envoyé le… » is shown to whoever would send another.
create table reminders (
	id uuid primary key,
	thing uuid not null,
	recipient uuid not null,
	sent_at timestamptz not null,
	sent_by uuid references persons (id)
);
create index reminders_of_a_thing on reminders (thing, recipient, sent_at desc);
comment on column reminders.recipient is 'a person, or an invitee of the thing who has no account';
