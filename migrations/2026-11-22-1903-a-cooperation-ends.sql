-- How a cooperation ended, and was opened again: each is a dated fact with an author and a reason. `cooperations.ended_at` is the
-- one that stands today.
create table cooperation_endings (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	ended_at timestamptz not null,
	ended_by uuid references persons (id),
	ended_for uuid not null references organisations (id),
	reason text not null constraint ending_has_a_reason check (reason <> ''),
	reopened_at timestamptz,
	reopened_by uuid references persons (id),
	reopened_for uuid references organisations (id),
	reopened_reason text,
	constraint reopening_has_a_reason check ((reopened_at is null) = (reopened_reason is null))
);
create unique index a_cooperation_is_ended_once on cooperation_endings (cooperation_id) where reopened_at is null;
create index endings_of_a_cooperation on cooperation_endings (cooperation_id, ended_at desc);

-- A chain that is closed takes no more facts: whatever would be written into an ended cooperation is refused, and rolled back.
alter table chains add column closed_at timestamptz;

create or replace function tell(told_chain uuid, told_at timestamptz, told_verb text, told_ids jsonb, told_salt bytea, told_content text)
returns integer language plpgsql as $$
declare
	head chains%rowtype;
	told_digest bytea := sha256(told_salt || convert_to(told_content, 'UTF8'));
	told_link bytea;
begin
	select * into strict head from chains where id = told_chain for update;
	if head.closed_at is not null then
		raise exception 'the chain % is closed', told_chain using errcode = 'check_violation', constraint = 'chain_is_closed';
	end if;
	told_link := entry_link(told_chain, head.n + 1, told_at, told_verb, told_ids, told_digest, head.link);
	insert into entries values (told_chain, head.n + 1, told_at, told_verb, told_ids, told_digest, head.link, told_link);
	insert into payloads values (told_chain, head.n + 1, told_salt, told_content);
	update chains set n = head.n + 1, link = told_link where id = told_chain;
	return head.n + 1;
end $$;
