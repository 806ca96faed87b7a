-- Greetings, invitations and the yearly question, sent to organisations that were chosen one by one.
create table mailings (
	id uuid primary key,
	code text not null constraint mailing_code_is_one unique,
	organisation_id uuid not null references organisations (id),
	kind text not null constraint mailing_has_a_kind check (kind in ('greeting', 'invitation', 'refresh')),
	title text not null constraint mailing_has_a_title check (title <> ''),
	text text not null,
	held_on date,
	place text,
	sent_at timestamptz not null,
	sent_by uuid references persons (id)
);
create index mailings_of_an_organisation on mailings (organisation_id, sent_at desc);

create table mailing_recipients (
	id uuid primary key,
	mailing_id uuid not null references mailings (id),
	organisation_id uuid not null references organisations (id),
	way text not null constraint recipient_is_reached_somehow check (way in ('mail', 'paper')),
	mailed_at timestamptz,
	reminded_at timestamptz,
	answer text constraint recipient_answers_in_known_words check (answer in ('confirmed', 'corrected', 'coming', 'not_coming')),
	answered_at timestamptz,
	remark text,
	constraint recipient_once_in_a_mailing unique (mailing_id, organisation_id)
);
create index mailings_to_an_organisation on mailing_recipients (organisation_id, mailing_id);

-- « Ne plus recevoir » : of one sender, or of all when there is none.
create table mailing_refusals (
	organisation_id uuid not null references organisations (id),
	sender_id uuid references organisations (id),
	refused_at timestamptz not null,
	constraint mailing_refused_once unique nulls not distinct (organisation_id, sender_id)
);
