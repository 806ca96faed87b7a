-- How many records a file said with an older date than what was held: it came before the last one read.
alter table official_imports add column bodies_older integer not null default 0;
