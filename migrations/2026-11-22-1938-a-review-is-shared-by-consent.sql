-- Whether the closing review may be shared: each carrier answers for itself, and may change its mind. The last answer counts.
create table review_consents (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	organisation_id uuid not null references organisations (id),
	openness text not null constraint review_openness_is_known check (openness in ('no', 'without names', 'with names')),
	given_at timestamptz not null,
	given_by uuid references persons (id),
	replaced_at timestamptz
);
create unique index review_consent_counts_once on review_consents (cooperation_id, organisation_id) where replaced_at is null;
create index review_consents_shared on review_consents (openness, cooperation_id) where replaced_at is null;
