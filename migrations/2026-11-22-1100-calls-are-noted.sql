-- What an organisation said on the telephone, written by an accompagnateur in its name. It is told: by mail, or at the next call.
create table calls (
	id uuid primary key,
	hub_id uuid not null references hubs (organisation_id),
	organisation_id uuid not null references organisations (id),
	cooperation_id uuid references cooperations (id),
	line_id uuid references lines (id),
	said text not null constraint call_says_something check (said <> ''),
	again_on date,
	noted_at timestamptz not null,
	noted_by uuid not null references persons (id),
	told_at timestamptz
);
create index calls_of_an_organisation on calls (organisation_id, noted_at desc);
create index calls_of_a_hub on calls (hub_id, noted_at desc);
create index accompaniments_of_a_hub on accompaniments (hub_id);
