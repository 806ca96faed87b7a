-- What a house's territory is made of, chosen among territories: one row for each. What they hold together is an area of its own, so
-- that whatever can be narrowed by a territory can be narrowed by a house's.
alter table areas drop constraint area_has_a_kind;
alter table areas add constraint area_has_a_kind
	check (kind in ('living_area', 'priority_quarter', 'foreign_commune', 'custom', 'house'));
create index area_communes_by_commune on area_communes (commune_code);

create table hub_areas (
	hub_id uuid not null references hubs (organisation_id) deferrable initially immediate,
	area_key text not null constraint area_key_is_written check (area_key <> ''),
	added_at timestamptz not null,
	primary key (hub_id, area_key)
);
alter table hubs add column area_id uuid references areas (id), add column presentation text;

insert into areas (id, kind, code, name, name_key, source, changed_at, drawn_for)
	select gen_random_uuid(), 'house', o.code, h.sender_name, ' ' || plain(h.sender_name), 'house', h.opened_at, h.organisation_id
	from hubs h join organisations o on o.id = h.organisation_id;
update hubs h set area_id = a.id from areas a where a.kind = 'house' and a.drawn_for = h.organisation_id;
insert into hub_areas select hub_id, 'com-' || lower(commune_code), now() from hub_communes;
insert into area_communes (area_id, commune_code)
	select h.area_id, c.commune_code from hub_communes c join hubs h on h.organisation_id = c.hub_id;
drop table hub_communes;
