import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.ts';

/** Opens the database: snake_case there, camelCase here; nothing is sent before the first query. */
export function connect(url: string, options: { connections?: number } = {}): Kysely<DB> {
	const pool = new pg.Pool({
		connectionString: url,
		application_name: 'ensemblier',
		max: options.connections ?? 10,
		types: { getTypeParser }
	});
	// A server that closes an idle connection would otherwise end the process; the next query opens another.
	pool.on('error', (error) => console.error(`PostgreSQL: ${error.message}`));
	return new Kysely<DB>({
		dialect: new PostgresDialect({ pool }),
		plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })]
	});
}

/*
 * A `date` stays the text 'YYYY-MM-DD': it has no hour and no zone, a Date would give it both.
 * A bigint (cents, counts) is a number, refused beyond what a number holds exactly. A numeric stays a text.
 */
const { builtins } = pg.types;
// The package names the types of single values only.
const arrays: Record<'text' | 'bigint' | 'date', number> = { text: 1009, bigint: 1016, date: 1182 };
const textArray: (value: string) => (string | null)[] = pg.types.getTypeParser(arrays.text);
const parsers: Record<number, (value: string) => unknown> = {
	[builtins.DATE]: (value) => value,
	[builtins.INT8]: parseInteger,
	[arrays.date]: textArray,
	[arrays.bigint]: (value) => textArray(value).map((item) => (item === null ? null : parseInteger(item)))
};

export const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: 'text' | 'binary') =>
	(format !== 'binary' && parsers[type]) || pg.types.getTypeParser(type, format);

function parseInteger(value: string): number {
	const number = Number(value);
	if (!Number.isSafeInteger(number)) throw new RangeError(`bigint out of range: ${value}`);
	return number;
}
