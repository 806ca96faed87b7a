create extension if not exists citext;

create table mails (
	id uuid primary key,
	to_name text not null,
	to_email citext not null,
	from_name text,
	reply_to citext,
	subject text not null,
	text text not null,
	html text,
	calendar text,
	calendar_method text,
	kind text not null,
	secret boolean not null default false,
	queued_at timestamptz not null,
	attempts integer not null default 0,
	next_attempt_at timestamptz not null,
	sent_at timestamptz,
	refused_at timestamptz,
	unclear_at timestamptz,
	reason text
);
create index mails_waiting on mails (next_attempt_at) where sent_at is null and refused_at is null and unclear_at is null;
create index mails_by_time on mails (queued_at desc);
comment on column mails.secret is 'holds a link that signs in: its text is emptied once it is sent';
