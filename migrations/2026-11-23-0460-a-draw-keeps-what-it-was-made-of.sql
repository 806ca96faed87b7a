-- What a draw was made of: the code under which each was on the list, and the pairs of earlier events that it avoided. Structures
-- that become one afterwards, or that are separated, change neither the draw nor what it takes to make it again.
alter table draws add column earlier text[];
comment on column draws.earlier is 'pairs of codes, « a b » in the order of letters: those of its own list that an earlier draw put together';
alter table draw_places add column code text;
comment on column draw_places.code is 'the code under which it was drawn: a merge changes the structure that the row names, never this';
update draw_places p set code = o.code
	from draws d, organisations o where d.id = p.draw_id and d.drawn_at is not null and p.n is not null and o.id = p.organisation_id;
update draws d set earlier = array(
	select distinct least(a.code collate "C", b.code collate "C") || ' ' || greatest(a.code collate "C", b.code collate "C")
	from draws before
	join draw_places p on p.draw_id = before.id
	join organisations own on own.id = p.organisation_id
	join organisations other on other.id = p.presents
	join organisations a on a.id = coalesce(own.merged_into, own.id)
	join organisations b on b.id = coalesce(other.merged_into, other.id)
	where before.organisation_id = d.organisation_id and before.drawn_at < d.drawn_at
		and exists (select from draw_places l where l.draw_id = d.id and l.code = a.code)
		and exists (select from draw_places l where l.draw_id = d.id and l.code = b.code)
	order by 1)
	where d.drawn_at is not null;
alter table draws add constraint what_is_drawn_keeps_what_it_was_made_of check ((drawn_at is null) = (earlier is null));
