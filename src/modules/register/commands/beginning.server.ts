import pg from 'pg';
import { Refused } from '#platform/errors.ts';
import { sourceOf } from '../rules/published.ts';
import type { Import } from './account.server.ts';

const oneOfItsSource = 'official_body_is_one_of_its_source';
const buildOneOfItsSource = `create unique index ${oneOfItsSource} on official_bodies (source, key);
	alter table official_bodies add constraint ${oneOfItsSource} unique using index ${oneOfItsSource}`;

/** Nobody else wrote in the table when this import began: its rows are laid down as they come, and looked at once at the end. */
export const straight = (one: Import): boolean => one.indexes_to_build.includes(buildOneOfItsSource);

/** What comes before the first row: indexes that wait, what must be there already, and what is only built once all is written. */
export async function begin(client: pg.Client, one: Import): Promise<void> {
	// One that was cut and that nobody went on with left its indexes unbuilt: they come before anything is compared.
	const { rows: left } = await client.query<{ id: number }>(`select id from official_imports where indexes_to_build <> '{}'`);
	for (const { id } of left) await buildIndexes(client, id);
	await client.query('begin');
	const source = sourceOf(one.source);
	const { rows } = await client.query<{ empty: boolean; first: boolean; seats: boolean }>(
		`select not exists (select from official_bodies) as empty, not exists (select from official_bodies where source = $1) as first,
			exists (select from official_seats) as seats`,
		[source]
	);
	const { empty, first, seats } = rows[0]!;
	if (one.source === 'sirene' && (one.departments.length || one.communes.length) && !seats)
		throw new Refused('register.seats-first');
	if (one.source === 'sirene-seats' && !one.departments.length && !one.communes.length && first)
		throw new Refused('register.units-first');
	let indexes: string[] = [];
	if (empty) {
		const found = await client.query<{ name: string; definition: string }>(
			`select indexname as name, indexdef as definition from pg_indexes where tablename = 'official_bodies' and schemaname = 'public'
				and indexname not in (select conname from pg_constraint where conrelid = 'official_bodies'::regclass)`
		);
		indexes = found.rows.map(({ definition }) => definition);
		for (const { name } of found.rows) await client.query(`drop index ${client.escapeIdentifier(name)}`);
		// The addresses of SIRENE come from another table: its rows are put together on their way.
		// What is joined from several tables is compared page by page.
		if (source !== 'bce' && (source !== 'sirene' || (one.source === 'sirene' && !seats))) {
			await client.query(`alter table official_bodies drop constraint ${oneOfItsSource}`);
			indexes.unshift(buildOneOfItsSource);
		}
	}
	await client.query('truncate official_seen');
	await client.query('update official_imports set started_at = now(), first = $2, indexes_to_build = $3 where id = $1', [
		one.id,
		first,
		indexes
	]);
	await client.query('commit');
	Object.assign(one, { first, indexes_to_build: indexes });
}

/**
 * Builds the indexes that wait, each for good. Where rows were laid down without looking for one another, those that repeat an
 * earlier one are taken away first, and counted.
 */
export async function buildIndexes(client: pg.Client, id: number): Promise<void> {
	const { rows } = await client.query<{ indexes_to_build: string[] }>(
		'select indexes_to_build from official_imports where id = $1',
		[id]
	);
	await client.query(`set maintenance_work_mem = '256MB'`);
	for (const definition of rows[0]?.indexes_to_build ?? []) {
		const build = async () => {
			await client.query('begin');
			await client.query(definition);
			await client.query('update official_imports set indexes_to_build = array_remove(indexes_to_build, $2) where id = $1', [
				id,
				definition
			]);
			await client.query('commit');
		};
		try {
			await build();
		} catch (problem) {
			await client.query('rollback');
			if (!(problem instanceof pg.DatabaseError && problem.code === '23505')) throw problem;
			await client.query(
				`with repeated as (
					delete from official_bodies b using (
						select source, key, min(id) as id from official_bodies group by source, key having count(*) > 1) f
					where (b.source, b.key) = (f.source, f.key) and b.id <> f.id returning b.id)
				update official_imports set rows_added = rows_added - (select count(*) from repeated),
					rows_repeated = rows_repeated + (select count(*) from repeated) where id = $1`,
				[id]
			);
			await build();
		}
	}
}
