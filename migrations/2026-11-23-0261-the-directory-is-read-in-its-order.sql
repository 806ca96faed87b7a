-- The order of the directory, as one ascending position that a page goes on from: those that live first, then by name. For those who
-- signed in, and for strangers.
drop index organisations_living_first;
create index organisations_in_order on organisations ((not lives), name collate "fr-x-icu", id) where merged_into is null;
drop index organisations_shown_to_everyone;
create index organisations_shown_to_everyone on organisations ((not lives), name collate "fr-x-icu", id)
	where merged_into is null and 'public' = any (shows);
