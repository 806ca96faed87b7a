-- A poll asks people for a date: by a link of their own, or by one open link that can be shared.
create table polls (
	id uuid primary key,
	code text not null constraint poll_code_is_one unique,
	cooperation_id uuid not null references cooperations (id),
	title text not null constraint poll_has_a_title check (title <> ''),
	place text,
	minutes integer not null constraint poll_lasts_within_a_day check (minutes between 5 and 1440),
	zone text not null,
	deadline date not null,
	closes_at timestamptz not null,
	remind_at timestamptz not null,
	reminded_at timestamptz,
	organiser uuid not null references persons (id),
	acting_for uuid not null references organisations (id),
	opened_at timestamptz not null,
	open_token text not null,
	closed_at timestamptz,
	closed_by uuid references persons (id),
	chosen uuid,
	closed_reason text,
	constraint a_closed_poll_chose_or_says_why check (closed_at is null or num_nonnulls(chosen, closed_reason) = 1)
);
create index polls_of_a_cooperation on polls (cooperation_id, opened_at desc);
create index polls_to_remind on polls (remind_at) where closed_at is null and reminded_at is null;
comment on column polls.closes_at is 'end of the deadline''s day in the zone';
comment on column polls.open_token is 'the open link is shared on purpose: it names nobody, and is shown again to the organiser';

create table poll_slots (
	id uuid primary key,
	poll_id uuid not null references polls (id),
	starts_at timestamptz not null,
	constraint a_poll_offers_a_date_once unique (poll_id, starts_at),
	unique (poll_id, id)
);
alter table polls add constraint a_poll_chooses_its_own_date foreign key (id, chosen) references poll_slots (poll_id, id);

create table poll_invitees (
	id uuid primary key,
	poll_id uuid not null references polls (id),
	person_id uuid references persons (id),
	name text not null constraint invitee_has_a_name check (name <> ''),
	email citext,
	organisation_id uuid references organisations (id),
	organisation_name text,
	by_open_link boolean not null default false,
	invited_at timestamptz not null,
	reminded_at timestamptz,
	unique (poll_id, id)
);
create unique index person_invited_once on poll_invitees (poll_id, person_id) where person_id is not null;
create unique index address_invited_once on poll_invitees (poll_id, email) where email is not null;
create index poll_invitees_of_a_poll on poll_invitees (poll_id, invited_at, id);
create index poll_invitees_of_a_person on poll_invitees (person_id);

create table poll_replies (
	invitee_id uuid primary key references poll_invitees (id),
	comment text,
	answered_at timestamptz not null,
	evidence text not null constraint reply_has_known_evidence check (evidence in ('direct', 'link', 'telephone')),
	entered_by uuid references persons (id)
);

create table poll_answers (
	poll_id uuid not null,
	invitee_id uuid not null,
	slot_id uuid not null,
	answer text not null constraint answer_is_one_of_three check (answer in ('yes', 'maybe', 'no')),
	primary key (invitee_id, slot_id),
	constraint an_answer_comes_from_an_invitee foreign key (poll_id, invitee_id) references poll_invitees (poll_id, id),
	constraint an_answer_is_about_an_offered_date foreign key (poll_id, slot_id) references poll_slots (poll_id, id)
);
create index poll_answers_of_a_poll on poll_answers (poll_id);
