import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { newId } from '../ids.ts';
import { placeOfFile, writeArchive, type Manifest } from './archive.server.ts';
import { copyable, listTables, plainSettings } from './tables.server.ts';

// Held in memory once: a piece of a table.
const pieceSize = 4 * 1024 * 1024;

/** A backup that was made: where, how large, and what it holds. */
export type Backup = { file: string; size: number; sha256: string; manifest: Manifest };

/**
 * Writes database and files into one file, as they are at one moment, while people work. Under a name of its own until it is
 * whole and on the disk. The database then remembers when it was made.
 */
export async function makeBackup(options: {
	url: string;
	dataFolder: string;
	file: string;
	version: string;
	now: Date;
}): Promise<Backup> {
	const target = path.resolve(options.file);
	const draft = `${target}.part`;
	await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
	await fs.rm(draft, { force: true });
	const client = new pg.Client({ connectionString: options.url, application_name: 'ensemblier-backup' });
	client.on('error', () => {});
	await client.connect();
	try {
		const made = await writeArchive(draft, (add) => fill(client, options, add));
		await fs.rename(draft, target);
		const folder = await fs.open(path.dirname(target), 'r');
		await folder.sync().finally(() => folder.close());
		await client.query('insert into backups (id, at, size, sha256) values ($1, $2, $3, $4)', [
			newId(),
			options.now,
			made.size,
			made.sha256
		]);
		return { file: target, ...made };
	} catch (problem) {
		await fs.rm(draft, { force: true });
		throw problem;
	} finally {
		await client.end();
	}
}

async function fill(
	client: pg.Client,
	{ dataFolder, version, now }: { dataFolder: string; version: string; now: Date },
	add: (name: string, content: Buffer) => Promise<void>
): Promise<Manifest> {
	// One moment for all tables: whatever is committed later is not seen, and nobody waits for us.
	await client.query('begin isolation level repeatable read, read only');
	await client.query(plainSettings);
	// Whoever sweeps files that no row speaks of waits until we have read them.
	await client.query("select pg_advisory_xact_lock_shared(hashtext('files'))");
	const { rows: about } = await client.query<{ postgres: string }>("select current_setting('server_version') as postgres");
	const { rows: migrations } = await client.query<{ name: string; sha256: string }>(
		'select name, sha256 from migrations order by name'
	);
	const tables: Manifest['tables'] = [];
	for (const { name, columns } of await listTables(client)) {
		const hash = createHash('sha256');
		const counted = { rows: 0, bytes: 0, pieces: 0 };
		const keep = async (piece: Buffer) => {
			hash.update(piece);
			counted.bytes += piece.length;
			counted.pieces++;
			await add(`tables/${name}/${String(counted.pieces).padStart(4, '0')}.copy`, piece);
		};
		const copy = client.query(copyTo(`copy ${copyable(name, columns)} to stdout`));
		let waiting: Buffer[] = [];
		let held = 0;
		for await (const chunk of copy as AsyncIterable<Buffer>) {
			waiting.push(chunk);
			held += chunk.length;
			if (held < pieceSize) continue;
			await keep(Buffer.concat(waiting));
			waiting = [];
			held = 0;
		}
		if (held) await keep(Buffer.concat(waiting));
		tables.push({ name, columns, rows: copy.rowCount, bytes: counted.bytes, sha256: hash.digest('hex') });
	}
	const { rows: sequences } = await client.query<{ name: string; last: string }>(
		`select sequencename as name, last_value::text as last from pg_sequences
		where schemaname = 'public' and last_value is not null order by sequencename`
	);
	const files: Manifest['files'] = [];
	const missing: string[] = [];
	const spoken = await client.query<{ sha256: string }>('select sha256 from files order by sha256');
	for (const { sha256 } of spoken.rows) {
		const content = await fs.readFile(path.join(dataFolder, placeOfFile(sha256))).catch(() => null);
		// A file that was lost or changed before is told, and keeps nobody from saving the rest.
		if (!content || createHash('sha256').update(content).digest('hex') !== sha256) {
			missing.push(sha256);
			continue;
		}
		await add(placeOfFile(sha256), content);
		files.push({ sha256, size: content.length });
	}
	await client.query('commit');
	return {
		format: 1,
		version,
		madeAt: now.toISOString(),
		postgres: about[0]!.postgres,
		migrations,
		tables,
		sequences,
		files,
		missing
	};
}
