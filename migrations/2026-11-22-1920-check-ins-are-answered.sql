-- « Faire le point »: each organisation gives one answer, agreed at home; partners read them together.
create table check_ins (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	n integer not null constraint check_ins_are_counted_from_one check (n >= 1),
	occasion text not null constraint check_in_has_an_occasion check (occasion in ('asked', 'rhythm')),
	opened_at timestamptz not null,
	opened_by uuid references persons (id),
	opened_for uuid references organisations (id),
	closes_on date not null,
	closes_at timestamptz not null constraint check_in_closes_after_it_opened check (closes_at > opened_at),
	remind_at timestamptz not null,
	reminded_at timestamptz,
	shown_at timestamptz,
	closed_at timestamptz,
	constraint check_ins_of_a_cooperation_are_numbered unique (cooperation_id, n)
);
create unique index one_open_check_in_per_cooperation on check_ins (cooperation_id) where closed_at is null;
create index check_ins_by_close on check_ins (closes_at) where closed_at is null;
comment on column check_ins.opened_for is 'null: by itself, because the partners agreed to once a quarter';

create table check_in_organisations (
	check_in_id uuid not null references check_ins (id),
	organisation_id uuid not null references organisations (id),
	carries boolean not null,
	reached boolean not null,
	primary key (check_in_id, organisation_id)
);
create index check_ins_of_an_organisation on check_in_organisations (organisation_id, check_in_id);

create table check_in_answers (
	check_in_id uuid not null,
	organisation_id uuid not null,
	version integer not null,
	joins text,
	answered_at timestamptz not null,
	evidence text not null constraint check_in_answer_has_known_evidence check (evidence in ('direct', 'link', 'paper', 'telephone')),
	entered_by uuid references persons (id),
	primary key (check_in_id, organisation_id),
	constraint an_answer_is_of_an_organisation_that_was_asked foreign key (check_in_id, organisation_id)
		references check_in_organisations (check_in_id, organisation_id)
);

create table check_in_marks (
	check_in_id uuid not null,
	organisation_id uuid not null,
	subject text not null,
	said text constraint check_in_mark_is_known check (said in ('weighs', 'neither', 'lifts', 'yes', 'no', 'unknown')),
	sentence text,
	primary key (check_in_id, organisation_id, subject),
	constraint a_mark_belongs_to_an_answer foreign key (check_in_id, organisation_id)
		references check_in_answers (check_in_id, organisation_id) on delete cascade,
	constraint a_mark_says_something check (said is not null or sentence is not null)
);

create table check_in_remarks (
	check_in_id uuid not null references check_ins (id),
	person_id uuid not null references persons (id) on delete cascade,
	text text not null constraint remark_says_something check (text <> ''),
	written_at timestamptz not null,
	primary key (check_in_id, person_id)
);
create index check_in_remarks_of_a_person on check_in_remarks (person_id);
comment on table check_in_remarks is 'read by its author and by the hub that accompanies the cooperation: by nobody else';

create table check_in_rhythms (
	cooperation_id uuid primary key references cooperations (id),
	rhythm text not null constraint check_in_rhythm_is_known check (rhythm in ('quarter', 'never')),
	chosen_at timestamptz not null,
	chosen_by uuid references persons (id),
	chosen_for uuid references organisations (id)
);
