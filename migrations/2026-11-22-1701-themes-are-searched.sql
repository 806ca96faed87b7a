-- A theme is found whatever its accents and capitals, as a name is.
create function plain_words(text[]) returns text[] language sql immutable parallel safe as $$
	select array(select public.plain(one) from unnest($1) one)
$$;
create index organisations_by_theme on organisations using gin (plain_words(themes));
create index organisations_by_kind on organisations (kind);
