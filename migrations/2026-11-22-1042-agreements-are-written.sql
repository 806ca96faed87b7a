-- One agreement for a cooperation. Its articles change until the text is frozen; a frozen version and its files never do.
create table agreements (
	id uuid primary key,
	cooperation_id uuid not null constraint one_agreement_for_a_cooperation unique references cooperations (id),
	audience text not null constraint agreement_has_an_audience check (audience in ('partners', 'accompagnateur')),
	written_at timestamptz not null,
	written_by uuid references persons (id),
	written_for uuid not null references organisations (id)
);

-- `source` is what the library said when the article came in; `text` is null while nobody changed it; `n` grows with each change.
create table agreement_clauses (
	id uuid primary key,
	agreement_id uuid not null references agreements (id),
	article text,
	source jsonb,
	title text not null constraint article_has_a_title check (title <> ''),
	text text,
	n integer not null,
	position integer not null,
	changed_at timestamptz not null,
	changed_by uuid references persons (id),
	removed_at timestamptz,
	removed_by uuid references persons (id),
	constraint article_of_the_library_or_own check ((article is null) = (source is null) and (article is not null or text is not null))
);
create unique index library_article_once on agreement_clauses (agreement_id, article) where article is not null;
create index articles_of_an_agreement on agreement_clauses (agreement_id, position);

create table agreement_versions (
	id uuid primary key,
	agreement_id uuid not null references agreements (id),
	n integer not null constraint version_is_counted check (n > 0),
	kind text not null constraint version_is_compiled_or_own_document check (kind in ('compiled', 'own document')),
	content text,
	sha256 text not null,
	reading text not null references files (sha256),
	archive text references files (sha256),
	media_type text not null,
	name text,
	pages integer,
	frozen_at timestamptz not null,
	frozen_by uuid references persons (id),
	frozen_for uuid not null references organisations (id),
	constraint version_number_is_one unique (agreement_id, n),
	constraint compiled_version_has_its_text check ((kind = 'compiled') = (content is not null and archive is not null))
);

create function frozen_versions_never_change() returns trigger language plpgsql as $$
begin
	raise exception 'a frozen version never changes';
end $$;
create trigger versions_stay before update or delete on agreement_versions for each row execute function frozen_versions_never_change();

-- Who was a partner when the version was frozen: those whose signature it waits for, and who may read it ever after.
create table agreement_parties (
	version_id uuid not null references agreement_versions (id),
	organisation_id uuid not null references organisations (id),
	position integer not null,
	primary key (version_id, organisation_id)
);
create index versions_of_a_party on agreement_parties (organisation_id);

-- A word given is an intention; with a sheet it is a signature. A sheet attached by mistake is replaced, never erased.
create table agreement_signatures (
	id uuid primary key,
	version_id uuid not null,
	organisation_id uuid not null,
	file text references files (sha256),
	signatory text,
	capacity text,
	signed_on date,
	noted_at timestamptz not null,
	noted_by uuid references persons (id),
	noted_for uuid references organisations (id),
	replaced_at timestamptz,
	foreign key (version_id, organisation_id) references agreement_parties (version_id, organisation_id),
	constraint signature_names_who_signed check (file is null or (signatory is not null and signed_on is not null))
);
create unique index signs_once_at_a_time on agreement_signatures (version_id, organisation_id) where replaced_at is null;
