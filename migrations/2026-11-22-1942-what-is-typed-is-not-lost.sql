-- What somebody typed and could not send: their session had ended, or they kept it for later. Until they sign in again it belongs to the
-- browser that holds the token.
create table drafts (
	id uuid primary key,
	token_hash bytea constraint draft_token_is_one unique,
	owner uuid references persons (id) on delete cascade,
	address text not null,
	fields json not null,
	kept_at timestamptz not null,
	expires_at timestamptz not null,
	constraint draft_is_somebodys check (token_hash is not null or owner is not null)
);
create index drafts_of_a_person on drafts (owner, address);
create index drafts_by_expiry on drafts (expires_at);
