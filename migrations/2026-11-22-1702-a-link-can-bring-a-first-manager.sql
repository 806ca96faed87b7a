-- An organisation without an account answers by a link; the link may then invite its first manager, and nobody signed in did.
alter table invitations alter column invited_by drop not null;
alter table partners add column invited_at_own_address boolean not null default false;
comment on column partners.invited_at_own_address is
	'the link went to the address that the directory already held: whoever bears it reads the organisation''s own mail';
