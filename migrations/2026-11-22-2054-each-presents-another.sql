-- The draw of crossed presentations: the digest of the seed is shown before anybody is on the list, the seed after.
create table draws (
	id uuid primary key,
	code text not null constraint draw_code_is_one unique,
	organisation_id uuid not null references organisations (id),
	title text not null constraint draw_has_a_title check (title <> ''),
	held_on date not null,
	place text,
	seed text not null,
	digest text not null,
	opened_at timestamptz not null,
	opened_by uuid references persons (id),
	drawn_at timestamptz,
	drawn_by uuid references persons (id),
	mutual integer,
	repeated integer,
	exact boolean,
	reminded_at timestamptz
);
create index draws_of_an_organisation on draws (organisation_id, held_on desc);
create index draws_to_remind on draws (held_on) where drawn_at is not null and reminded_at is null;

create table draw_places (
	draw_id uuid not null references draws (id),
	organisation_id uuid not null references organisations (id),
	n integer,
	presents uuid references organisations (id),
	added_at timestamptz not null,
	primary key (draw_id, organisation_id),
	constraint nobody_presents_itself check (presents <> organisation_id)
);
create unique index presented_once on draw_places (draw_id, presents);
create index draws_with_an_organisation on draw_places (organisation_id);
comment on column draw_places.n is 'the place on the list when it was drawn: with the seed, it gives the draw again';
