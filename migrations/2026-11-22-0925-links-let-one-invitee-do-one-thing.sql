create table participation_links (
	id uuid primary key,
	token_hash bytea not null unique,
	thing uuid not null,
	may text not null constraint link_lets_do_one_thing check (may in ('answer', 'read', 'accept')),
	invitee uuid,
	organisation_id uuid,
	made_at timestamptz not null,
	closes_at timestamptz,
	revoked_at timestamptz
);
create index participation_links_of_a_thing on participation_links (thing);
comment on column participation_links.invitee is 'null: an open link, which asks for a name and an organisation, then makes a personal one';
