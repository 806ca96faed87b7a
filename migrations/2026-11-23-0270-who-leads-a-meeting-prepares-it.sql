-- Partners may let a resource person who leads their meetings prepare the agenda and write the minutes.
alter table resource_asks
	add column prepares_since timestamptz,
	add column prepares_said_by uuid references persons (id),
	add constraint only_who_leads_prepares check (prepares_since is null or posture = 'animates');
