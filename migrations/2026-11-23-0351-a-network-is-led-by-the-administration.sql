-- A network without an organisation is read by those who look after the instance.
alter table networks alter column organisation_id drop not null;
