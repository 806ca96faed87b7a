-- Somebody says that they belong to an organisation that nobody manages here, and shows it: by its own mail, by a letter to its
-- official seat, or by an accompagnateur who knows them.
create table claims (
	id uuid primary key,
	person_id uuid not null references persons (id) on delete cascade,
	organisation_id uuid references organisations (id),
	body_id bigint references official_bodies (id) on delete cascade,
	way text not null constraint claim_has_a_way check (way in ('address', 'letter', 'vouch')),
	email citext,
	known_by text,
	words text,
	code_hash text,
	code_expires_at timestamptz,
	letter_key bytea,
	letter_by uuid references persons (id),
	letter_at timestamptz,
	tries integer not null default 0,
	asked_at timestamptz not null,
	expires_at timestamptz not null,
	granted_at timestamptz,
	granted_by uuid references persons (id),
	refused_at timestamptz,
	refused_by uuid references persons (id),
	refusal text,
	withdrawn_at timestamptz,
	constraint claims_an_organisation_or_a_record check (num_nonnulls(organisation_id, body_id) >= 1),
	constraint claim_by_address_says_which check (way <> 'address' or email is not null),
	constraint claim_ends_once check (num_nonnulls(granted_at, refused_at, withdrawn_at) <= 1),
	constraint refused_claim_says_why check ((refused_at is null) = (refusal is null))
);
create index claims_of_a_person on claims (person_id, asked_at desc);
create index claims_of_an_organisation on claims (organisation_id, asked_at desc);
create index claims_of_a_record on claims (body_id) where body_id is not null;
create index claims_that_wait on claims (asked_at desc) where granted_at is null and refused_at is null and withdrawn_at is null;
comment on column claims.known_by is 'where the domain or the address of the mail was known from: a register, or the directory';
comment on column claims.letter_key is 'hash of the key from which the code of the letter is made: whoever prints it holds the key';
