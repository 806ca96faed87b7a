import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { m } from '#words';
import { CannotStart } from '../cannot-start.ts';
import { migrate } from '../database/migrate.server.ts';
import { placeOfFile, readArchive, type Content, type Manifest } from './archive.server.ts';
import { copyable, listTables, plainSettings, quote } from './tables.server.ts';

/** Rows that an instance has before anybody entered it: the link of its first administrator, and what it remembers of itself. */
const beforeAnybody = new Set(['migrations', 'entry_links', 'backups']);

/** Reads a backup from end to end and refuses one that was cut, damaged or changed; nothing is written. */
export const checkBackup = readArchive;

/**
 * Rebuilds an empty instance from a backup that was checked: its migrations first, then its rows and files, all or nothing.
 * Migrations that are newer than the backup follow.
 */
export async function restoreBackup(options: {
	url: string;
	dataFolder: string;
	file: string;
	manifest: Manifest;
	migrations: string;
}): Promise<void> {
	const { url, dataFolder, file, manifest, migrations } = options;
	const client = new pg.Client({ connectionString: url, application_name: 'ensemblier-restore' });
	client.on('error', () => {});
	await client.connect();
	try {
		await refuseCompany(client);
		await refuseRows(client);
		refuseFiles(dataFolder);
		await clear(client);
		await migrate(url, { folder: migrations, only: manifest.migrations });
		await refuseOtherTables(client, manifest);
		await client.query('begin');
		await client.query(plainSettings);
		const raise = await lowerGuards(client, manifest);
		await copyEverything(client, { dataFolder, file, manifest });
		for (const { name, last } of manifest.sequences)
			await client.query('select setval($1::regclass, $2)', [`public.${quote(name)}`, last]);
		await raise();
		await client.query('commit');
	} catch (problem) {
		await client.query('rollback').catch(() => {});
		throw problem;
	} finally {
		await client.end();
	}
	await migrate(url, { folder: migrations });
}

/** A product that is open on this database would write between our rows. */
async function refuseCompany(client: pg.Client): Promise<void> {
	const { rowCount } = await client.query(
		"select from pg_stat_activity where datname = current_database() and application_name = 'ensemblier' limit 1"
	);
	if (rowCount) throw new CannotStart(m.upkeep_restore_open());
}

async function refuseRows(client: pg.Client): Promise<void> {
	for (const { name } of await listTables(client)) {
		if (beforeAnybody.has(name)) continue;
		const { rowCount } = await client.query(`select from public.${quote(name)} limit 1`);
		if (rowCount) throw new CannotStart(m.upkeep_restore_not_empty({ what: name }));
	}
}

function refuseFiles(dataFolder: string): void {
	const folder = path.join(dataFolder, 'files');
	const found =
		fs.existsSync(folder) && fs.readdirSync(folder, { recursive: true, withFileTypes: true }).some((one) => one.isFile());
	if (found) throw new CannotStart(m.upkeep_restore_not_empty({ what: folder }));
}

/** Takes away the empty tables, and what they were made with, of an instance that was started once: it may be newer than the backup. Extensions stay. */
async function clear(client: pg.Client): Promise<void> {
	const own = (catalogue: string, owner: string) =>
		`pg_has_role(o.${owner}, 'usage') and not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = o.oid and d.deptype = 'e')`;
	const { rows } = await client.query<{ drop: string }>(`
		select format('drop table public.%I cascade', o.relname) as drop from pg_class o
			where o.relnamespace = 'public'::regnamespace and o.relkind = 'r' and ${own('pg_class', 'relowner')}
		union all select format('drop %s %s cascade', case o.prokind when 'p' then 'procedure' else 'function' end, o.oid::regprocedure) from pg_proc o
			where o.pronamespace = 'public'::regnamespace and o.prokind in ('f', 'p') and ${own('pg_proc', 'proowner')}
		union all select format('drop type public.%I cascade', o.typname) from pg_type o
			where o.typnamespace = 'public'::regnamespace and o.typtype in ('e', 'd') and ${own('pg_type', 'typowner')}
		union all select format('drop text search configuration public.%I cascade', o.cfgname) from pg_ts_config o
			where o.cfgnamespace = 'public'::regnamespace and ${own('pg_ts_config', 'cfgowner')}
		union all select format('drop text search dictionary public.%I cascade', o.dictname) from pg_ts_dict o
			where o.dictnamespace = 'public'::regnamespace and ${own('pg_ts_dict', 'dictowner')}`);
	await client.query('begin');
	for (const { drop } of rows) await client.query(drop);
	await client.query('commit');
}

async function refuseOtherTables(client: pg.Client, manifest: Manifest): Promise<void> {
	const shape = (tables: { name: string; columns: string[] }[]) =>
		JSON.stringify(tables.map(({ name, columns }) => [name, columns.toSorted()]).toSorted());
	if (shape(await listTables(client)) !== shape(manifest.tables)) throw new CannotStart(m.upkeep_restore_other_tables());
}

type Guard = { table: string; name: string; definition: string };

/**
 * Rows come table by table, in an order that foreign keys and triggers don't know: they are lowered inside the transaction, by
 * their owner, and raised again at its end. A foreign key that is raised checks every row.
 */
async function lowerGuards(client: pg.Client, manifest: Manifest): Promise<() => Promise<void>> {
	const { rows: keys } = await client.query<Guard>(`
		select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition
		from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`);
	const { rows: triggers } = await client.query<Omit<Guard, 'definition'>>(`
		select tgrelid::regclass::text as table, tgname::text as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
		where c.relnamespace = 'public'::regnamespace and not tgisinternal and tgenabled = 'O' order by 1, 2`);
	for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${quote(name)}`);
	for (const { table, name } of triggers) await client.query(`alter table ${table} disable trigger ${quote(name)}`);
	await client.query(`truncate ${manifest.tables.map(({ name }) => `public.${quote(name)}`).join(', ')}`);
	return async () => {
		for (const { table, name } of triggers) await client.query(`alter table ${table} enable trigger ${quote(name)}`);
		for (const { table, name, definition } of keys)
			await client.query(`alter table ${table} add constraint ${quote(name)} ${definition}`);
	};
}

async function copyEverything(
	client: pg.Client,
	{ dataFolder, file, manifest }: { dataFolder: string; file: string; manifest: Manifest }
): Promise<void> {
	const columns = new Map(manifest.tables.map((table) => [table.name, table.columns]));
	let open: { table: string; copy: CopyStreamQuery; done: Promise<void> } | null = null;
	const finish = async () => {
		if (!open) return;
		open.copy.end();
		await open.done;
		open = null;
	};
	const piece = async (table: string, content: Content): Promise<void> => {
		if (open?.table !== table) {
			await finish();
			const copy = client.query(copyFrom(`copy ${copyable(table, columns.get(table)!)} from stdin`));
			const done = finished(copy);
			// A row that the database refuses may be told between two pieces, when nobody listens: it is kept until the end.
			done.catch(() => {});
			open = { table, copy, done };
		}
		await pipeline(content, open!.copy, { end: false });
	};
	// The sums are compared a second time while the rows go in: the file may have changed since it was checked.
	await readArchive(file, { piece, file: (sha256, content) => keepFile(path.join(dataFolder, placeOfFile(sha256)), content) });
	await finish();
}

async function keepFile(target: string, content: Content): Promise<void> {
	await fs.promises.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
	const draft = path.join(path.dirname(path.dirname(target)), `${randomBytes(12).toString('hex')}.part`);
	await pipeline(content, fs.createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }));
	await fs.promises.rename(draft, target);
}
