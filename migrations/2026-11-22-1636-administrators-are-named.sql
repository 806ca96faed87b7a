-- Who gave the care of the instance to whom, and when: shown to those who hold it.
create table administration_acts (
	id uuid primary key,
	at timestamptz not null,
	act text not null constraint administration_act_is_known check (act in ('named', 'ended', 'account', 'link')),
	by_person uuid not null references persons (id),
	about_person uuid not null references persons (id)
);
create index administration_acts_by_time on administration_acts (at desc);

create index persons_by_name on persons (name collate "fr-x-icu", id);
create index persons_by_words on persons using gin (plain(name || ' ' || coalesce(email::text, '')) gin_trgm_ops);
create index administrators on persons (id) where administrator_since is not null;
