-- What an organisation shows outside: 'public' puts its name, commune and purpose in the directory that strangers read; the others
-- add how to reach it, there and in the files that people take away. Nothing, until one of its managers says so.
alter table organisations add column shows text[] not null default '{}'
	constraint shows_are_known check (shows <@ array['public', 'email', 'phone', 'website']);
create index organisations_shown_to_everyone on organisations (name collate "fr-x-icu", id) where 'public' = any (shows);
create index organisations_by_audience on organisations using gin (plain_words(audiences));
create index organisations_by_network on organisations using gin (plain_words(networks));
