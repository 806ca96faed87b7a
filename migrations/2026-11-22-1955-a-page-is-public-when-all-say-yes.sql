-- What a public page shows, as one partner proposed it: each change is another version, and each version is agreed to anew.
create table public_page_versions (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	n integer not null constraint public_page_version_is_numbered check (n > 0),
	content jsonb not null,
	proposed_at timestamptz not null,
	proposed_by uuid references persons (id),
	proposed_for uuid not null references organisations (id),
	published_at timestamptz,
	constraint public_page_version_once unique (cooperation_id, n)
);
comment on column public_page_versions.content is 'texts, and figures and lines as they were: what is written later needs another yes';
comment on column public_page_versions.published_at is 'when the last partner that carries the cooperation said yes for the first time';

-- One organisation says yes or no to one version. An answer that was changed, taken back or overtaken has ended.
create table public_page_answers (
	id uuid primary key,
	version_id uuid not null references public_page_versions (id),
	organisation_id uuid not null references organisations (id),
	answer text not null constraint public_page_answer_is_yes_or_no check (answer in ('yes', 'no')),
	reason text,
	at timestamptz not null,
	by_person uuid references persons (id),
	ended_at timestamptz
);
create unique index public_page_is_answered_once on public_page_answers (version_id, organisation_id) where ended_at is null;

-- Public partners, funders and supports say whether the page names them.
create table public_page_namings (
	id uuid primary key,
	cooperation_id uuid not null references cooperations (id),
	organisation_id uuid not null references organisations (id),
	named boolean not null,
	at timestamptz not null,
	by_person uuid references persons (id),
	ended_at timestamptz
);
create unique index public_page_names_once on public_page_namings (cooperation_id, organisation_id) where ended_at is null;

-- The page that anybody reads: the last version to which every partner that carries the cooperation today says yes.
create view public_pages as
select distinct on (v.cooperation_id) v.cooperation_id, v.id as version_id,
	(select max(a.at) from public_page_answers a where a.version_id = v.id and a.answer = 'yes' and a.ended_at is null) as since
from public_page_versions v
where exists (select from partners p where p.cooperation_id = v.cooperation_id
	and p.accepted_at is not null and p.left_at is null and p.role in ('lead', 'carrier', 'associate'))
and not exists (select from partners p where p.cooperation_id = v.cooperation_id
	and p.accepted_at is not null and p.left_at is null and p.role in ('lead', 'carrier', 'associate')
	and not exists (select from public_page_answers a where a.version_id = v.id and a.organisation_id = p.organisation_id
		and a.answer = 'yes' and a.ended_at is null))
order by v.cooperation_id, v.n desc;
