-- Who accompanies is said by the house: belonging to its organisation is not enough. Those who did until now still do.
alter table memberships add column accompanies_since timestamptz;
alter table invitations add column accompanies boolean not null default false;
update memberships m set accompanies_since = h.opened_at
	from hubs h where h.organisation_id = m.organisation_id and h.closed_at is null and m.left_at is null;
