-- What a hub advises a cooperation: to all its partners, or to one. Its readers say what becomes of it; it never blocks anything.
create table advice (
	id uuid primary key,
	hub_id uuid not null references hubs (organisation_id),
	cooperation_id uuid not null references cooperations (id),
	organisation_id uuid references organisations (id),
	precept text not null constraint advice_has_a_known_precept check (precept in ('meetings', 'modesty', 'governance', 'contacts', 'public-partners')),
	text text not null constraint advice_says_something check (text <> ''),
	sent_at timestamptz not null,
	sent_by uuid not null references persons (id)
);
create index advice_of_a_cooperation on advice (cooperation_id, sent_at desc);

-- What an organisation makes of a piece of advice, as it said last; the journal keeps what it said before.
create table advice_answers (
	advice_id uuid not null references advice (id),
	organisation_id uuid not null references organisations (id),
	state text not null constraint advice_answer_is_known check (state in ('read', 'doing', 'declined')),
	reason text,
	answered_at timestamptz not null,
	answered_by uuid references persons (id),
	primary key (advice_id, organisation_id),
	constraint only_a_refusal_of_advice_has_a_reason check (reason is null or (state = 'declined' and reason <> ''))
);
