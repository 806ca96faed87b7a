-- A house's mails leave through the instance's own address, under the house's name; answers go to an address that it proved its own.
alter table hubs add column reply_to citext, add column signature text;
create table hub_addresses (
	token_hash bytea primary key,
	hub_id uuid not null references hubs (organisation_id) deferrable initially immediate,
	email citext not null,
	asked_by uuid references persons (id),
	asked_at timestamptz not null,
	expires_at timestamptz not null,
	confirmed_at timestamptz
);
create index hub_addresses_of_a_hub on hub_addresses (hub_id, asked_at desc);
-- The name of the sender stands alone: « Maison X », and not « Nadia, par Ensemblier ».
alter table mails add column by_house boolean not null default false;
alter table notices add column house_id uuid references hubs (organisation_id) deferrable initially immediate;
