import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Writer } from './context.server.ts';
import type { DB } from './database/tables.ts';
import { NotFound, Refused } from './errors.ts';
import { settings } from './running.server.ts';

// Files are named by what they hold: `files/ab/<sha256>` under the data folder. A file is on the disk before the row that
// says so is committed, so that no row ever lacks its file; what a rollback leaves behind is swept.

/** What people may attach: papers and pictures of papers. */
const mediaTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Twenty megabytes: a scan of forty pages. */
export const largestFile = 20 * 1024 * 1024;

const day = 86_400_000;
const folder = (): string => path.join(settings().dataFolder, 'files');
const placeOf = (sha256: string): string => path.join(folder(), sha256.slice(0, 2), sha256);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a file is, by its first and last bytes; null when it is none of what people may attach, or was cut on its way. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
	const holds = (signature: string, from: number, to?: number) =>
		Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(from, to).includes(signature, 0, 'latin1');
	if (holds('%PDF-', 0, 5) && holds('%%EOF', -2048)) return 'application/pdf';
	if (holds('\x89PNG\r\n\x1a\n', 0, 8) && holds('IEND', -64)) return 'image/png';
	if (holds('\xff\xd8\xff', 0, 3) && holds('\xff\xd9', -1024)) return 'image/jpeg';
	return null;
}

// Browsers take the type from the name of the file; some say nothing, or an old name.
const claims = (claimed: string): string | null => {
	const type = claimed.toLowerCase().split(';')[0]!.trim();
	if (type === '' || type === 'application/octet-stream') return null;
	return { 'image/jpg': 'image/jpeg', 'image/pjpeg': 'image/jpeg', 'application/x-pdf': 'application/pdf' }[type] ?? type;
};

/** Refuses, in words, what is empty, too heavy, of another kind, or not what it claims to be. `field` is the form's. */
function acceptable(bytes: Uint8Array, { mediaType, field = 'file' }: { mediaType: string; field?: string }): MediaType {
	if (bytes.length === 0) throw new Refused('files.empty', {}, field);
	if (bytes.length > largestFile) throw new Refused('files.too-heavy', { megabytes: largestFile / 1024 / 1024 }, field);
	const found = mediaTypeOf(bytes);
	const claimed = claims(mediaType);
	if (!found) {
		const known = claimed !== null && (mediaTypes as readonly string[]).includes(claimed);
		throw new Refused(known ? 'files.not-what-it-claims' : 'files.unknown-type', {}, field);
	}
	if (claimed !== null && claimed !== found) throw new Refused('files.not-what-it-claims', {}, field);
	return found;
}

/** Keeps a file, and its row in the transaction of the fact that brings it. The same content is kept once. Gives its SHA-256. */
export async function keepFile(
	write: Writer,
	now: Date,
	bytes: Uint8Array,
	claimed: { mediaType: string; field?: string }
): Promise<string> {
	const mediaType = acceptable(bytes, claimed);
	const sha256 = hashOf(bytes);
	// Whoever sweeps waits for the end of this transaction.
	await sql`select pg_advisory_xact_lock_shared(hashtext('files'))`.execute(write);
	const place = placeOf(sha256);
	await fs.mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
	const draft = path.join(folder(), `${randomBytes(12).toString('hex')}.part`);
	try {
		const file = await fs.open(draft, 'wx', 0o600);
		try {
			await file.writeFile(bytes);
			await file.sync();
		} finally {
			await file.close();
		}
		await fs.rename(draft, place);
	} catch (problem) {
		await fs.rm(draft, { force: true });
		throw problem;
	}
	// A rename is on the disk once its folders are.
	for (const held of [path.dirname(place), folder()]) {
		const directory = await fs.open(held, 'r');
		await directory.sync().finally(() => directory.close());
	}
	await write
		.insertInto('files')
		.values({ sha256, size: bytes.length, mediaType, keptAt: now })
		.onConflict((conflict) => conflict.column('sha256').doNothing())
		.execute();
	return sha256;
}

/** Forgets a file that nothing speaks of any more: its row goes now, its bytes with the next sweep. Others may hold the same content. */
export async function forgetFile(write: Writer, sha256: string): Promise<void> {
	// Whoever keeps the same content waits, and then keeps it again.
	await sql`select pg_advisory_xact_lock(hashtext('files'))`.execute(write);
	await sql`savepoint forgetting`.execute(write);
	try {
		await write.deleteFrom('files').where('sha256', '=', sha256).execute();
		await write
			.insertInto('forgottenFiles')
			.values({ sha256 })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		await sql`release savepoint forgetting`.execute(write);
	} catch (problem) {
		if ((problem as { code?: string }).code !== '23503') throw problem;
		await sql`rollback to savepoint forgetting`.execute(write);
	}
}

/** The content of a file that was kept. Who may read it is for the caller to know; a damaged one is never handed out. */
export async function readFile(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
	if (!/^[0-9a-f]{64}$/.test(sha256)) throw new NotFound();
	const bytes = await fs.readFile(placeOf(sha256));
	if (hashOf(bytes) !== sha256) throw new Error(`the file ${sha256} was changed on the disk`);
	return bytes;
}

/** The answer that sends a file, never guessed to be a page, whatever it holds. `name` is the one that people see. */
export async function sendFile(sha256: string, { mediaType, name }: { mediaType: string; name: string }): Promise<Response> {
	const bytes = await readFile(sha256);
	const plain = name.normalize('NFKD').replace(/[^\w. -]/g, '');
	return new Response(bytes, {
		headers: {
			'content-type': mediaType,
			'content-length': String(bytes.length),
			'content-disposition': `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-cache'
		}
	});
}

/**
 * Removes the files of which no row speaks: at once what was forgotten on purpose, after a day what rollbacks and crashes left.
 * Gives how many.
 */
export async function sweepFiles(db: Kysely<DB>, now: Date): Promise<number> {
	return db.transaction().execute(async (tx) => {
		const { rows } = await sql<{ alone: boolean }>`select pg_try_advisory_xact_lock(hashtext('files')) as alone`.execute(tx);
		if (!rows[0]!.alone) return 0;
		let swept = 0;
		const forgotten = new Set((await tx.deleteFrom('forgottenFiles').returning('sha256').execute()).map(({ sha256 }) => sha256));
		for (const shelf of await fs.readdir(folder(), { withFileTypes: true }).catch(() => [])) {
			const names = shelf.isDirectory() ? await fs.readdir(path.join(folder(), shelf.name)) : [];
			const kept = names.length ? await tx.selectFrom('files').select('sha256').where('sha256', 'in', names).execute() : [];
			const spoken = new Set(kept.map(({ sha256 }) => sha256));
			const orphans = shelf.isDirectory()
				? names.filter((name) => !spoken.has(name)).map((name) => path.join(folder(), shelf.name, name))
				: [path.join(folder(), shelf.name)];
			for (const orphan of orphans) {
				if (!forgotten.has(path.basename(orphan)) && now.getTime() - (await fs.stat(orphan)).mtimeMs < day) continue;
				await fs.rm(orphan);
				swept++;
			}
		}
		return swept;
	});
}
