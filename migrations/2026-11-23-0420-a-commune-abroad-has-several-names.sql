-- A commune of Brussels has a French and a Dutch name, one of the East a German one: each of them means it.
alter table areas add column other_names text[] not null default '{}';
