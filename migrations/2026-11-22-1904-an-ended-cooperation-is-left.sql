-- What an ended cooperation still takes: to be opened again, and the end of an accompaniment, which is a right.
create or replace function tell(told_chain uuid, told_at timestamptz, told_verb text, told_ids jsonb, told_salt bytea, told_content text)
returns integer language plpgsql as $$
declare
	head chains%rowtype;
	told_digest bytea := sha256(told_salt || convert_to(told_content, 'UTF8'));
	told_link bytea;
begin
	select * into strict head from chains where id = told_chain for update;
	if head.closed_at is not null and told_verb not in ('cooperation-reopened', 'accompaniment-ended') then
		raise exception 'the chain % is closed', told_chain using errcode = 'check_violation', constraint = 'chain_is_closed';
	end if;
	told_link := entry_link(told_chain, head.n + 1, told_at, told_verb, told_ids, told_digest, head.link);
	insert into entries values (told_chain, head.n + 1, told_at, told_verb, told_ids, told_digest, head.link, told_link);
	insert into payloads values (told_chain, head.n + 1, told_salt, told_content);
	update chains set n = head.n + 1, link = told_link where id = told_chain;
	return head.n + 1;
end $$;
create index cooperations_ended on cooperations (id) where ended_at is not null;
