-- Resource people: those who agreed to be listed, and the cooperations that asked them.
create table resource_people (
	person_id uuid primary key references persons (id),
	helps_with text not null,
	topics text[] not null default '{}',
	area text,
	postures text[] not null,
	agreed_to text not null,
	listed_at timestamptz not null,
	unlisted_at timestamptz
);

create table resource_asks (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	person_id uuid not null references persons (id),
	posture text not null constraint ask_has_a_posture check (posture in ('accompanies', 'animates', 'observes')),
	reason text not null,
	from_day date not null,
	to_day date not null,
	asked_at timestamptz not null,
	asked_by uuid references persons (id),
	asked_for uuid not null references organisations (id),
	answer text constraint ask_is_answered_in_known_words check (answer in ('yes', 'no')),
	answered_at timestamptz,
	ended_at timestamptz,
	ended_by uuid references persons (id),
	constraint ask_ends_after_it_begins check (to_day >= from_day)
);
create unique index person_asked_once_at_a_time on resource_asks (cooperation_id, person_id)
	where ended_at is null and answer is distinct from 'no';
create index asks_of_a_person on resource_asks (person_id, from_day);
