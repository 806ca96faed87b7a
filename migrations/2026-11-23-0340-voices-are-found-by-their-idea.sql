-- Who stands in an idea is read for each idea of a list; what one address said is counted in a day, and erased by right.
create index voices_of_an_idea on idea_voices (idea_id) where left_at is null;
create index voices_of_an_address on idea_voices (email, joined_at) where email is not null;
