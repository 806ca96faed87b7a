-- A house adds what it wants to its territory, and is found there. It answers for people, and hides an idea, only in the communes of
-- what an administrator added or confirmed, as they were on that day: nobody widens those by redrawing a territory.
create table hub_trusted_communes (
	hub_id uuid not null,
	area_key text not null,
	commune_code text not null,
	primary key (hub_id, area_key, commune_code),
	constraint commune_is_trusted_through_an_area foreign key (hub_id, area_key) references hub_areas (hub_id, area_key)
		on delete cascade deferrable initially immediate
);
create index hub_trusted_communes_by_commune on hub_trusted_communes (commune_code, hub_id);
-- Until today administrators alone said what a territory was, commune by commune.
insert into hub_trusted_communes (hub_id, area_key, commune_code)
	select a.hub_id, a.area_key, upper(substr(a.area_key, 5)) from hub_areas a where a.area_key like 'com-%';
