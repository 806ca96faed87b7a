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

-- Adds one link under the chain's row lock: two commands on one chain wait for each other, one chain never for another.
create function tell(told_chain uuid, told_at timestamptz, told_verb text, told_ids jsonb, told_salt bytea, told_content text)
returns integer language plpgsql as $$
declare
	head chains%rowtype;
	told_digest bytea := sha256(told_salt || convert_to(told_content, 'UTF8'));
	told_link bytea;
begin
	select * into strict head from chains where id = told_chain for update;
	told_link := entry_link(told_chain, head.n + 1, told_at, told_verb, told_ids, told_digest, head.link);
	insert into entries values (told_chain, head.n + 1, told_at, told_verb, told_ids, told_digest, head.link, told_link);
	insert into payloads values (told_chain, head.n + 1, told_salt, told_content);
	update chains set n = head.n + 1, link = told_link where id = told_chain;
	return head.n + 1;
end $$;

create function entry_link(chain uuid, n integer, at timestamptz, verb text, ids jsonb, digest bytea, previous bytea)
returns bytea language sql immutable as $$
	select sha256(convert_to(concat_ws(E'\n', chain, n, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), verb, ids::text, ''),
		'UTF8') || digest || previous)
$$;
