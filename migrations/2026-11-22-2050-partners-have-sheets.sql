-- What an organisation keeps about another: read by its own people, and by nobody else.
create table partner_sheets (
	organisation_id uuid not null references organisations (id),
	about_id uuid not null references organisations (id),
	channel text constraint sheet_channel_is_known check (channel in ('email', 'phone', 'post', 'visit', 'messaging')),
	opened_at timestamptz not null,
	opened_by uuid references persons (id),
	closed_at timestamptz,
	primary key (organisation_id, about_id),
	constraint sheet_is_about_another check (organisation_id <> about_id)
);
comment on column partner_sheets.closed_at is 'taken off the list of partners: what was noted stays';

create table partner_notes (
	id uuid primary key,
	organisation_id uuid not null references organisations (id),
	about_id uuid not null references organisations (id),
	text text not null,
	written_at timestamptz not null,
	written_by uuid references persons (id),
	removed_at timestamptz,
	removed_by uuid references persons (id),
	constraint note_says_something check (text <> '' or removed_at is not null)
);
create index notes_of_a_sheet on partner_notes (organisation_id, about_id, written_at desc);
comment on column partner_notes.removed_at is 'its words are gone; that there was a note stays';
