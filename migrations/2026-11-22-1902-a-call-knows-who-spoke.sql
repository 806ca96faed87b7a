-- Who said it on the telephone, when the hub noted that: their words are theirs, and go when they are erased.
alter table calls add column spoken_by uuid references persons (id);
create index calls_of_a_speaker on calls (spoken_by) where spoken_by is not null;
create index calls_noted_by_a_person on calls (noted_by);
