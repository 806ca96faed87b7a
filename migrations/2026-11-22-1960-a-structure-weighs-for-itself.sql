-- « On y va ? »: what an organisation answers for itself, alone, before or while it takes part. Nobody else reads it.
create table weighings (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	organisation_id uuid not null references organisations (id),
	minutes integer constraint weighing_hours_are_counted check (minutes between 0 and 600000),
	made_at timestamptz not null,
	made_by uuid references persons (id)
);
create index weighings_of_an_organisation on weighings (organisation_id, cooperation_id, made_at desc);
comment on column weighings.minutes is 'what the organisation truly has for this cooperation each month; null when it does not know';

create table weighing_answers (
	weighing_id uuid not null references weighings (id),
	question text not null constraint weighing_question_is_known check (question in ('mission', 'image', 'hours', 'funders', 'wish')),
	answer text not null constraint weighing_answer_is_known check (answer in ('yes', 'rather', 'rather_not', 'no', 'unknown')),
	words text,
	primary key (weighing_id, question)
);
