-- An organisation that does not want to be suggested to others; what was suggested to whom is never written.
create table suggestion_refusals (
	organisation_id uuid primary key references organisations (id),
	refused_at timestamptz not null,
	refused_by uuid references persons (id)
);
-- A neighbour is looked for among those who said what they do and for whom: few beside those that registers bring.
create index organisations_that_say on organisations (commune_code) where themes <> '{}' or audiences <> '{}';
