-- Whoever claims a record of a register that has no entry yet gets one made from it first: a claim always names an entry.
delete from claims where organisation_id is null;
alter table claims drop constraint claims_an_organisation_or_a_record;
drop index claims_of_a_record;
alter table claims drop column body_id;
alter table claims alter column organisation_id set not null;

-- Whether an organisation shows a sign of life, as `markLife` last found it: those without any come last in the directory.
alter table organisations add column lives boolean not null default true;
comment on column organisations.lives is 'derived from its signs of life; true until they are first looked at';
create index organisations_living_first on organisations (lives desc, name collate "fr-x-icu", id) where merged_into is null;
