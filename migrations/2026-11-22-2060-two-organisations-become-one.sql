-- Two entries of the directory that a person says are one organisation. The absorbed row stays: what could not move still names it,
-- its journal stays readable, and its old addresses lead to the kept one.
alter table organisations add column merged_into uuid constraint merges_into_an_organisation references organisations (id);
create index organisations_merged_into on organisations (merged_into) where merged_into is not null;

create table organisation_merges (
	id uuid primary key,
	kept_id uuid not null references organisations (id),
	absorbed_id uuid not null references organisations (id),
	reason text not null constraint merge_has_a_reason check (reason <> ''),
	name_added boolean not null default false,
	merged_at timestamptz not null,
	merged_by uuid references persons (id),
	undone_at timestamptz,
	undone_by uuid references persons (id),
	constraint merges_two_organisations check (kept_id <> absorbed_id)
);
create unique index organisation_is_absorbed_once on organisation_merges (absorbed_id) where undone_at is null;
create index merges_into_an_organisation on organisation_merges (kept_id, merged_at desc);
comment on column organisation_merges.name_added is 'the absorbed name was added to the other names of the kept one, and goes with the undoing';

-- Each row that a merge moved, or could not: what the undoing reads backwards.
create table organisation_merge_moves (
	merge_id uuid not null references organisation_merges (id) on delete cascade,
	n integer not null,
	table_name text not null,
	column_name text not null,
	key jsonb not null,
	from_id uuid not null,
	to_id uuid not null,
	moved boolean not null,
	primary key (merge_id, n)
);
comment on column organisation_merge_moves.key is 'the primary key of the row, as it is after the move';
comment on column organisation_merge_moves.moved is 'false: the row stays with the absorbed one, because the kept one already has such a row';

-- A link names the organisation that it was made for: like every other row that does.
alter table participation_links add constraint participation_link_names_an_organisation
	foreign key (organisation_id) references organisations (id);
create index participation_links_of_an_organisation on participation_links (organisation_id) where organisation_id is not null;

-- Rows that hang on a row that moves are checked once both have moved.
do $$
declare
	one record;
begin
	for one in
		with recursive named as (
			select c.oid, c.conname, c.conrelid, k.attnum from pg_constraint c, unnest(c.conkey, c.confkey) as k (attnum, target)
			where c.contype = 'f' and c.confrelid = 'organisations'::regclass and array_length(c.conkey, 1) = 1
			union
			select c.oid, c.conname, c.conrelid, k.attnum from pg_constraint c, unnest(c.conkey, c.confkey) as k (attnum, target), named n
			where c.contype = 'f' and c.confrelid = n.conrelid and k.target = n.attnum
		)
		select distinct conname, conrelid from named
		where exists (select from pg_constraint c where c.oid = named.oid and c.confrelid <> 'organisations'::regclass)
	loop
		execute format('alter table %s alter constraint %I deferrable initially immediate', one.conrelid::regclass, one.conname);
	end loop;
end $$;

-- Every column that names an organisation, by the catalogue: a foreign key to organisations, or to a column that is one. Those of a row
-- that hangs on such a row come after it, with the condition that finds the rows whose own row has moved.
create view organisation_columns as
	with recursive named as (
		select c.conrelid, k.attnum, 0 as depth, null::oid as hangs_by
		from pg_constraint c, unnest(c.conkey, c.confkey) as k (attnum, target)
		where c.contype = 'f' and c.confrelid = 'organisations'::regclass and array_length(c.conkey, 1) = 1
		union
		select c.conrelid, k.attnum, n.depth + 1, c.oid
		from pg_constraint c, unnest(c.conkey, c.confkey) as k (attnum, target), named n
		where c.contype = 'f' and c.confrelid = n.conrelid and k.target = n.attnum and n.depth < 5
	), deepest as (
		select distinct on (conrelid, attnum) conrelid, attnum, depth, hangs_by from named order by conrelid, attnum, depth desc
	)
	select d.conrelid::regclass::text as table_name, a.attname::text as column_name, d.depth,
		(select 'not exists (select from ' || c.confrelid::regclass || ' p where '
			|| string_agg(format('p.%I = t.%I', f.attname, o.attname), ' and ') || ')'
			from pg_constraint c, unnest(c.conkey, c.confkey) as k (own, target)
			join pg_attribute o on o.attnum = k.own join pg_attribute f on f.attnum = k.target
			where c.oid = d.hangs_by and o.attrelid = c.conrelid and f.attrelid = c.confrelid
			group by c.confrelid) as hangs
	from deepest d join pg_attribute a on a.attrelid = d.conrelid and a.attnum = d.attnum
	where d.conrelid not in ('organisation_merges'::regclass)
	union all
	select 'participation_links', 'invitee', 0, null;

-- What tells a table's rows apart, as an expression, and the condition that finds one again from it ($1): the primary key, else the
-- columns of a whole unique constraint, whose value may be missing.
create function row_key(of_table regclass, out expression text, out condition text) language sql stable as $$
	select 'jsonb_build_object(' || string_agg(format('%L, t.%I', a.attname, a.attname), ', ' order by a.attnum) || ')',
		string_agg(format(case when i.indisprimary then 't.%I = ($1 ->> %L)::%s' else 't.%I is not distinct from ($1 ->> %L)::%s' end,
			a.attname, a.attname, format_type(a.atttypid, a.atttypmod)), ' and ' order by a.attnum)
	from (select * from pg_index where indrelid = of_table and indisunique and indpred is null and indexprs is null
		order by indisprimary desc, indexrelid limit 1) i
	join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
$$;

-- Moves the rows of one column from one to another, all at once; where one can't, one by one, and remembers those that stay.
create function move_rows(for_merge uuid, of_table text, of_column text, from_one uuid, to_other uuid, hangs text) returns void
language plpgsql as $$
declare
	keys record;
	one jsonb;
	at integer;
	found_rows text;
begin
	keys := row_key(of_table::regclass);
	select coalesce(max(n), 0) into at from organisation_merge_moves where merge_id = for_merge;
	found_rows := format('t.%I = %L%s', of_column, from_one, coalesce(' and ' || hangs, ''));
	begin
		execute format('with changed as (update %s t set %I = %L where %s returning %s as key)
			insert into organisation_merge_moves (merge_id, n, table_name, column_name, key, from_id, to_id, moved)
			select %L, %s + row_number() over (), %L, %L, key, %L, %L, true from changed',
			of_table, of_column, to_other, found_rows, keys.expression, for_merge, at, of_table, of_column, from_one, to_other);
		return;
	exception when unique_violation or foreign_key_violation or check_violation or exclusion_violation or raise_exception then null;
	end;
	for one in execute format('select %s from %s t where %s', keys.expression, of_table, found_rows) loop
		at := at + 1;
		begin
			execute format('with changed as (update %s t set %I = %L where %s returning %s as key)
				insert into organisation_merge_moves (merge_id, n, table_name, column_name, key, from_id, to_id, moved)
				select %L, %s, %L, %L, key, %L, %L, true from changed',
				of_table, of_column, to_other, keys.condition, keys.expression, for_merge, at, of_table, of_column, from_one, to_other)
				using one;
		exception when unique_violation or foreign_key_violation or check_violation or exclusion_violation or raise_exception then
			insert into organisation_merge_moves values (for_merge, at, of_table, of_column, one, from_one, to_other, false);
		end;
	end loop;
end $$;

-- Gives one organisation all that names another. A person of both keeps one membership: what they may do there is carried over to it.
create function merge_organisation_rows(for_merge uuid, absorbed uuid, kept uuid) returns void language plpgsql as $$
declare
	one record;
begin
	set constraints all deferred;
	for one in select * from organisation_columns order by depth, table_name, column_name loop
		perform move_rows(for_merge, one.table_name, one.column_name, absorbed, kept, one.hangs);
	end loop;
	for one in
		select a.id as left_behind, k.id as living from memberships a
		join memberships k on k.person_id = a.person_id and k.organisation_id = kept and k.left_at is null
		where a.organisation_id = absorbed and a.left_at is null
	loop
		perform move_rows(for_merge, 'managers', 'membership_id', one.left_behind, one.living, null);
		perform move_rows(for_merge, 'mandates', 'membership_id', one.left_behind, one.living, null);
	end loop;
	set constraints all immediate;
end $$;

-- Takes back what a merge moved, the last move first. A row that has gone or moved on since is left where it is. Says how many came back.
create function separate_organisation_rows(of_merge uuid) returns integer language plpgsql as $$
declare
	one record;
	keys record;
	back integer := 0;
	touched integer;
begin
	set constraints all deferred;
	for one in select * from organisation_merge_moves where merge_id = of_merge and moved order by n desc loop
		keys := row_key(one.table_name::regclass);
		begin
			execute format('update %s t set %I = %L where %s and t.%I = %L',
				one.table_name, one.column_name, one.from_id, keys.condition, one.column_name, one.to_id) using one.key;
			get diagnostics touched = row_count;
			back := back + touched;
		exception when unique_violation or foreign_key_violation or check_violation or exclusion_violation or raise_exception then null;
		end;
	end loop;
	set constraints all immediate;
	return back;
end $$;
