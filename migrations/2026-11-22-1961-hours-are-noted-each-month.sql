-- What an organisation puts into a cooperation each month, apart from sessions, and what came back. Its own, until it shares the hours.
create table monthly_hours (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	organisation_id uuid not null references organisations (id),
	month date not null constraint month_begins_on_its_first_day check (extract(day from month) = 1),
	minutes integer not null constraint monthly_hours_are_counted check (minutes between 0 and 600000),
	words text,
	brought text,
	sequence integer not null default 0,
	noted_at timestamptz not null,
	noted_by uuid references persons (id)
);
create unique index a_month_is_noted_once on monthly_hours (organisation_id, cooperation_id, month);
create index monthly_hours_of_a_cooperation on monthly_hours (cooperation_id, organisation_id);
comment on column monthly_hours.brought is 'what the cooperation brought that month, in the words of the organisation; never shared';

-- Sharing the hours with the partners is an act of the organisation, which it can stop.
create table hours_shares (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	organisation_id uuid not null references organisations (id),
	shared_at timestamptz not null,
	shared_by uuid references persons (id),
	stopped_at timestamptz,
	stopped_by uuid references persons (id)
);
create unique index hours_are_shared_once on hours_shares (cooperation_id, organisation_id) where stopped_at is null;

-- The organisations that asked to be reminded of their hours, once a month.
create table hours_reminders (
	organisation_id uuid primary key references organisations (id),
	asked_at timestamptz not null,
	asked_by uuid references persons (id),
	last_month date
);
