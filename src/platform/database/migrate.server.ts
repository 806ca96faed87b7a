import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { m } from '#words';
import { CannotStart } from '../cannot-start.ts';

type Migration = { name: string; sql: string; sha256: string };

// Any number will do, as long as every version of the product takes the same one.
const migrationKey = 7_365_002;

/**
 * Applies the migrations of the folder that the database does not know yet, in the order of their names; tells which.
 * `only`: those that a backup knows, so that its rows find the tables that they come from.
 */
export async function migrate(url: string, options: { folder: string; only?: Omit<Migration, 'sql'>[] }): Promise<string[]> {
	const migrations = await readMigrations(options.folder);
	const only = options.only && new Map(options.only.map(({ name, sha256 }) => [name, sha256]));
	if (only) refuseForeignHistory(migrations, only);
	const client = new pg.Client({ connectionString: url, application_name: 'ensemblier-migrate' });
	await client.connect();
	try {
		// Two products may start at once on one server: the second waits, then finds the work done.
		await client.query('select pg_advisory_lock($1)', [migrationKey]);
		const applied = await readApplied(client);
		refuseForeignHistory(migrations, applied);
		const waiting = migrations.filter(({ name }) => !applied.has(name) && (!only || only.has(name)));
		for (const migration of waiting) await apply(client, migration);
		return waiting.map(({ name }) => name);
	} finally {
		await client.end();
	}
}

async function readMigrations(folder: string): Promise<Migration[]> {
	const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
	return Promise.all(
		names.map(async (name) => {
			// Git may give a text file other line ends on another machine: it is still the same migration.
			const sql = (await fs.readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
			return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
		})
	);
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
	await client.query(`
		create table if not exists migrations (
			name text primary key,
			sha256 text not null,
			applied_at timestamptz not null default now()
		)`);
	const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migrations order by name');
	return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseForeignHistory(migrations: Migration[], applied: Map<string, string>): void {
	const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
	for (const [name, sha256] of applied) {
		if (!known.has(name)) throw new CannotStart(m.platform_migration_unknown({ name }));
		if (known.get(name) !== sha256) throw new CannotStart(m.platform_migration_edited({ name }));
	}
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
	await client.query('begin');
	try {
		await client.query(sql);
		await client.query('insert into migrations (name, sha256) values ($1, $2)', [name, sha256]);
		await client.query('commit');
	} catch (error) {
		await client.query('rollback');
		throw new CannotStart(m.platform_migration_failed({ name, reason: (error as Error).message }), { cause: error });
	}
}
