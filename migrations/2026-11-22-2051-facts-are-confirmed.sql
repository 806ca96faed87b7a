-- Once a year an organisation says that what the directory tells of it is still true, or corrects it.
create table fact_confirmations (
	id uuid primary key,
	organisation_id uuid not null references organisations (id),
	outcome text not null constraint facts_are_confirmed_or_corrected check (outcome in ('confirmed', 'corrected')),
	confirmed_at timestamptz not null,
	confirmed_by uuid references persons (id)
);
create index confirmations_of_an_organisation on fact_confirmations (organisation_id, confirmed_at desc);
comment on column fact_confirmations.confirmed_by is 'null: by the link that was sent to the organisation';
