-- One chain for each cooperation and each organisation; a link holds what can't be erased, the payload what can.
create extension if not exists citext;
create extension if not exists unaccent;
create extension if not exists pg_trgm;

create table chains (
	id uuid primary key,
	kind text not null constraint chain_of_a_cooperation_or_an_organisation check (kind in ('cooperation', 'organisation')),
	n integer not null default 0,
	link bytea not null default '\x'
);

create table entries (
	chain uuid not null references chains (id),
	n integer not null,
	at timestamptz not null,
	verb text not null,
	ids jsonb not null,
	digest bytea not null,
	previous bytea not null,
	link bytea not null,
	primary key (chain, n)
);
create index entries_by_time on entries (chain, at desc);

create table payloads (
	chain uuid not null,
	n integer not null,
	salt bytea not null,
	content text not null,
	primary key (chain, n),
	foreign key (chain, n) references entries (chain, n)
);

create function entries_are_never_changed() returns trigger language plpgsql as $$
begin
	raise exception 'the journal is append-only';
end $$;
create trigger entries_stay before update or delete on entries for each row execute function entries_are_never_changed();
