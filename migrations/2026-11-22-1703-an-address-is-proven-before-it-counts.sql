create table address_changes (
	token_hash bytea primary key,
	person_id uuid not null references persons (id) on delete cascade,
	email citext not null,
	asked_at timestamptz not null,
	expires_at timestamptz not null,
	confirmed_at timestamptz
);
create index address_changes_of_a_person on address_changes (person_id, asked_at desc);
