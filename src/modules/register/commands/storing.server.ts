import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { bodyColumns, seatColumns, sourceOf, type Published } from '../rules/published.ts';
import type { Import } from './account.server.ts';
import { straight } from './beginning.server.ts';

/** The columns that a file of a source fills, in the order in which they are written. */
export const columnsOf = (source: Published): readonly string[] => (source === 'sirene-seats' ? seatColumns : bodyColumns);
const typeOf = (column: string): string =>
	column === 'active'
		? 'boolean'
		: column.endsWith('_on')
			? 'date'
			: column === 'unverified'
				? 'jsonb'
				: column === 'other_names'
					? 'text[]'
					: column === 'employees_year'
						? 'smallint'
						: 'text';
const stageColumns = (source: Published): string =>
	[...columnsOf(source).map((column) => `${column} ${typeOf(column)}`), 'fingerprint bigint'].join(', ');

/** Where rows wait, in a step, until they are compared with what is held. */
export const createStage = (client: pg.Client, source: Published) =>
	client.query(`create temp table stage (n integer, elsewhere boolean, ${stageColumns(source)}) on commit delete rows`);

/** Writes rows as COPY reads them into a table, or some of its columns. */
export const copyInto = (
	client: pg.Client,
	into: string,
	rows: Iterable<Buffer | string> | AsyncIterable<string>,
	how = ''
): Promise<void> => pipeline(rows, client.query(copyFrom(`copy ${into} from stdin ${how}`)));

/** What became of the rows of a step. */
type Outcome = {
	added: number;
	changed: number;
	unchanged: number;
	repeated: number;
	elsewhere: number;
	/** Of those changed: no longer active; said with an older date than what is held. */
	ended: number;
	older: number;
};

/** Writes the rows of one step, as COPY reads them, in a transaction that whoever counts them ends. */
export async function store(
	client: pg.Client,
	one: Import,
	chunk: { written: readonly Buffer[]; rows: number }
): Promise<Outcome> {
	await client.query('begin');
	const outcome: Outcome = { added: 0, changed: 0, unchanged: 0, repeated: 0, elsewhere: 0, ended: 0, older: 0 };
	if (!chunk.rows) return outcome;
	const columns = [...columnsOf(one.source), 'fingerprint'].join(', ');
	const into = straight(one) ? `official_bodies (${columns}, source, import_id, changed_at)` : `stage (n, elsewhere, ${columns})`;
	await copyInto(client, into, chunk.written, `(null '')`);
	if (straight(one)) return { ...outcome, added: chunk.rows };
	const count = async (sql: string, values: unknown[] = []) => (await client.query(sql, values)).rowCount ?? 0;
	if (one.source === 'sirene-seats') return writeSeats(one, outcome, count);
	const source = sourceOf(one.source);
	// Of a territory: what lies in it, and what is held as lying in it and went elsewhere. What is held of other places stays.
	if (one.departments.length || one.communes.length)
		outcome.elsewhere = await count(
			`delete from stage s where not exists
					(select from official_bodies b where b.source = $3 and b.key = s.key and ${within('$1', '$2')})
				and ${one.source === 'sirene' ? `not exists (select from official_seats t where t.siren = s.key and ${lies('t', '$1', '$2')})` : 's.elsewhere'}`,
			[one.departments, one.communes, source]
		);
	if (!one.first) {
		outcome.repeated += await count('delete from stage s using stage t where t.key = s.key and t.n < s.n');
		outcome.repeated += await count(
			`delete from stage s using official_bodies b where b.source = $1 and b.key = s.key and
				(b.import_id = $2 or exists (select from official_seen o where o.body_id = b.id))`,
			[source, one.id]
		);
		const same = await client.query<{ same: number }>(
			`with same as (delete from stage s using official_bodies b where b.source = $1 and b.key = s.key
				and b.fingerprint = s.fingerprint and b.vanished_at is null returning b.id)
			insert into official_seen select id from same`,
			[source]
		);
		outcome.unchanged = same.rowCount ?? 0;
		// What SIRENE says of a place stands in its other file.
		const kept = bodyColumns.filter(
			(column) =>
				column !== 'key' &&
				!(source === 'sirene' && seatColumns.includes(column as never) && column !== 'active' && column !== 'siret')
		);
		const changed = await client.query<{ ended: boolean; older: boolean | null }>(
			`with changed as (select s.*, b.id, b.active as lived, b.declared_on as said_on from stage s join official_bodies b on b.source = $1 and b.key = s.key)
			update official_bodies b set ${kept.map((column) => `${column} = c.${column}`).join(', ')}, fingerprint = c.fingerprint,
				import_id = $2, changed_at = clock_timestamp(), vanished_at = null
			from changed c where b.id = c.id returning c.lived and not c.active as ended, c.declared_on < c.said_on as older`,
			[source, one.id]
		);
		outcome.changed = changed.rowCount ?? 0;
		outcome.ended = changed.rows.filter(({ ended }) => ended).length;
		outcome.older = changed.rows.filter(({ older }) => older).length;
		if (outcome.changed)
			await client.query('delete from stage s using official_bodies b where b.source = $1 and b.key = s.key', [source]);
	}
	const left = (await client.query<{ n: number }>('select count(*)::int as n from stage')).rows[0]!.n;
	const own = bodyColumns.filter(
		(column) => source !== 'sirene' || !['commune_code', 'commune_name', 'postcode', 'street'].includes(column)
	);
	const place = source === 'sirene' ? ', commune_code, commune_name, postcode, street' : '';
	outcome.added = await count(
		`insert into official_bodies (source, ${own.join(', ')}${place}, fingerprint, import_id, changed_at)
			select $1, ${own.map((column) => `s.${column}`).join(', ')}${place.replaceAll(', ', ', t.')}, s.fingerprint, $2, clock_timestamp()
			from stage s ${place ? 'left join official_seats t on t.siren = s.key' : ''} order by n
			on conflict on constraint official_body_is_one_of_its_source do nothing`,
		[source, one.id]
	);
	outcome.repeated += left - outcome.added;
	return outcome;
}

/** The department of a commune. */
export const departmentSql = (alias: string): string =>
	`case when ${alias}.commune_code ~ '^9[78]' then left(${alias}.commune_code, 3) else left(${alias}.commune_code, 2) end`;

const lies = (alias: string, departments: string, communes: string): string =>
	`(${alias}.commune_code = any (${communes}) or ${departmentSql(alias)} = any (${departments}))`;

/** Whether a record `b` lies in these departments or communes, two parameters of arrays; in Belgium, communes are said by their postcode. */
export const within = (departments: string, communes: string): string =>
	`(${lies('b', departments, communes)} or (b.source = 'bce' and b.postcode = any (${communes})))`;

async function writeSeats(
	one: Import,
	outcome: Outcome,
	count: (sql: string, values?: unknown[]) => Promise<number>
): Promise<Outcome> {
	outcome.repeated = await count('delete from stage s using stage t where t.siren = s.siren and t.n < s.n');
	outcome.repeated += await count('delete from stage s using official_seats t where t.siren = s.siren and t.import_id = $1', [
		one.id
	]);
	// Of the country, the seats of the units that are held; of a territory, all of it, since the units are chosen by them.
	const scoped = one.departments.length > 0 || one.communes.length > 0;
	outcome.elsewhere = await count(
		`delete from stage s where ${scoped ? 'elsewhere and' : ''}
			not exists (select from official_bodies b where b.source = 'sirene' and b.key = s.siren)`
	);
	outcome.unchanged = await count(
		'delete from stage s using official_seats t where t.siren = s.siren and t.fingerprint = s.fingerprint'
	);
	await count(
		`update official_bodies b set commune_code = s.commune_code, commune_name = s.commune_name, postcode = s.postcode,
			street = s.street, siret = s.siret, changed_at = clock_timestamp()
		from stage s where b.source = 'sirene' and b.key = s.siren`
	);
	const columns = [...seatColumns, 'fingerprint'];
	outcome.changed = await count(
		`update official_seats t set ${columns.map((column) => `${column} = s.${column}`).join(', ')}, import_id = $1 from stage s where t.siren = s.siren`,
		[one.id]
	);
	outcome.added = await count(
		`insert into official_seats (${columns.join(', ')}, import_id) select ${columns.join(', ')}, $1 from stage on conflict do nothing`,
		[one.id]
	);
	return outcome;
}
