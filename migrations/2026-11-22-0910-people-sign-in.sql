create table persons (
	id uuid primary key,
	name text not null constraint person_has_a_name check (name <> ''),
	email citext constraint email_is_one_persons unique,
	phone text,
	password_hash text,
	administrator_since timestamptz,
	created_at timestamptz not null
);

create table sessions (
	token_hash bytea primary key,
	person_id uuid not null references persons (id) on delete cascade,
	created_at timestamptz not null,
	expires_at timestamptz not null
);
create index sessions_of_a_person on sessions (person_id);

create table entry_links (
	token_hash bytea primary key,
	person_id uuid references persons (id) on delete cascade,
	made_at timestamptz not null,
	expires_at timestamptz not null,
	used_at timestamptz
);
comment on column entry_links.person_id is 'null: the first administrator of an empty instance, not yet known';

create table sign_in_attempts (
	id bigint generated always as identity primary key,
	key bytea not null,
	at timestamptz not null
);
create index sign_in_attempts_by_key on sign_in_attempts (key, at);
comment on column sign_in_attempts.key is 'hash of an e-mail or network address: says nothing of who tried';
