-- Where a cooperation comes from. What is said later stands beside what was said before, with its reason.
create table origins (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	mode text constraint entry_mode_is_known check (mode in ('spotted', 'event', 'lead', 'partnership', 'habit')),
	reason text,
	triggers text[] not null default '{}',
	object text,
	object_key text,
	object_kind text,
	parent_id uuid references cooperations (id) constraint no_cooperation_is_its_own_parent check (parent_id <> cooperation_id),
	told_at timestamptz not null,
	told_by uuid references persons (id),
	told_for uuid references organisations (id),
	replaced_at timestamptz
);
create unique index origin_stands_alone on origins (cooperation_id) where replaced_at is null;
create index origins_of_a_cooperation on origins (cooperation_id, told_at desc);
create index children_of_a_cooperation on origins (parent_id) where replaced_at is null;
