import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';
import { Refused } from '#platform/errors.ts';
import { tableOf, type Table } from '../rules/bce.ts';
import { headersIn } from '../rules/rows.ts';

/** A zip whose text is more than this many times its own size, past the first megabytes, is none that a register publishes. */
const mostRatio = 100;
const fairSize = 200_000_000;

/** One text file of what was brought, read by pieces of letters (`latin1`). */
export type Text = { name: string; size: number; pieces: () => AsyncGenerator<string, void> };

/**
 * The whole to which a file belongs: the Banque-Carrefour publishes one file a table, which unzipped lie side by side; any of them
 * stands for their folder. Every other file is its own whole.
 */
export async function wholeOf(file: string): Promise<string> {
	const table = await tableIn(file);
	return table === null || table === 'update' ? file : path.dirname(file);
}

async function tableIn(file: string): Promise<Table | 'update' | null> {
	const handle = await fs.open(file).catch(() => null);
	if (!handle) return null;
	try {
		const head = Buffer.alloc(1000);
		const { bytesRead } = await handle.read(head, 0, head.length, 0).catch(() => ({ bytesRead: 0 }));
		return tableOf(headersIn(head.toString('utf8', 0, bytesRead)));
	} finally {
		await handle.close();
	}
}

/** The tables that lie in a folder, the newest of each; what else lies there is none of ours. */
async function tablesIn(folder: string): Promise<string[]> {
	const found = new Map<Table, { file: string; at: number }>();
	for (const name of (await fs.readdir(folder)).toSorted()) {
		if (!/\.(?:csv|txt)$/i.test(name)) continue;
		const file = path.join(folder, name);
		const table = await tableIn(file);
		if (table === null || table === 'update') continue;
		const at = (await fs.stat(file)).mtimeMs;
		if ((found.get(table)?.at ?? -1) < at) found.set(table, { file, at });
	}
	return [...found.values()].map((one) => one.file).toSorted();
}

/** What tells a file from another of the same name: its size and its first bytes; of a folder, those of its tables. */
export async function digestOf(file: string): Promise<{ size: number; digest: string }> {
	const folder = await fs.stat(file).then(
		(it) => it.isDirectory(),
		() => false
	);
	if (folder) {
		const each = await Promise.all((await tablesIn(file)).map(digestOf));
		if (!each.length) throw new Refused('register.file-missing', { file: path.basename(file) });
		return {
			size: each.reduce((sum, { size }) => sum + size, 0),
			digest: createHash('sha256')
				.update(each.map(({ digest }) => digest).join())
				.digest('hex')
		};
	}
	const handle = await fs.open(file).catch(() => {
		throw new Refused('register.file-missing', { file: path.basename(file) });
	});
	try {
		const { size } = await handle.stat();
		const head = Buffer.alloc(Math.min(size, 65_536));
		await handle.read(head, 0, head.length, 0);
		return { size, digest: createHash('sha256').update(String(size)).update(head).digest('hex') };
	} finally {
		await handle.close();
	}
}

/** The text files of what was brought: the file itself, gzipped or not, or those of a zip or of a folder of tables, in the order of their names. */
export async function textsOf(file: string): Promise<{ texts: Text[]; close: () => void }> {
	const whole = await fs.stat(file).catch(() => null);
	if (whole?.isDirectory()) {
		const texts = await Promise.all(
			(await tablesIn(file)).map(async (one) => ({
				name: path.basename(one),
				size: (await fs.stat(one)).size,
				pieces: () => letters(async () => bytesOf(one))
			}))
		);
		if (!texts.length) throw new Refused('register.file-missing', { file: path.basename(file) });
		return { texts, close: () => {} };
	}
	const handle = await fs.open(file).catch(() => {
		throw new Refused('register.file-missing', { file: path.basename(file) });
	});
	const head = Buffer.alloc(4);
	const { size } = await handle.stat();
	await handle.read(head, 0, 4, 0);
	await handle.close();
	if (size === 0) throw new Refused('register.file-empty');
	if (head.readUInt16BE(0) === 0x1f8b) return { texts: [await gzipped(file, size)], close: () => {} };
	if (head.readUInt16BE(0) !== 0x504b)
		return {
			texts: [{ name: path.basename(file), size: lettersIn(size, head), pieces: () => letters(async () => bytesOf(file)) }],
			close: () => {}
		};
	return openZip(file);
}

/** A text that was made smaller by gzip: its last four bytes say its size, less what goes beyond four gigabytes. */
async function gzipped(file: string, packed: number): Promise<Text> {
	const handle = await fs.open(file);
	const tail = Buffer.alloc(4);
	await handle.read(tail, 0, 4, Math.max(0, packed - 4));
	await handle.close();
	const name = path.basename(file);
	const unpacked = async function* (): AsyncGenerator<Buffer, void> {
		let size = 0;
		const bytes = createGunzip();
		pipeline(createReadStream(file), bytes, () => {});
		try {
			for await (const piece of bytes as AsyncIterable<Buffer>) {
				size += piece.length;
				if (size > fairSize && size > packed * mostRatio) throw new Refused('register.zip-bomb', { name });
				yield piece;
			}
		} catch (problem) {
			throw problem instanceof Refused ? problem : new Refused('register.zip-broken');
		}
	};
	return { name, size: Math.max(packed, tail.readUInt32LE(0)), pieces: () => letters(async () => unpacked()) };
}

async function openZip(file: string): Promise<{ texts: Text[]; close: () => void }> {
	const broken = (problem: unknown): never => {
		throw problem instanceof Refused ? problem : new Refused('register.zip-broken');
	};
	const zip = await yauzl.openPromise(file, { autoClose: false, lazyEntries: true }).catch(broken);
	const texts: Text[] = [];
	try {
		for await (const entry of zip.eachEntry()) {
			if (!/\.(?:csv|txt)$/i.test(entry.fileName) || /(?:^|\/)(?:\.|__MACOSX\/)/.test(entry.fileName)) continue;
			if (entry.uncompressedSize > fairSize && entry.uncompressedSize > entry.compressedSize * mostRatio)
				throw new Refused('register.zip-bomb', { name: entry.fileName });
			const open = () => zip.openReadStreamPromise(entry).catch(broken);
			texts.push({ name: entry.fileName, size: entry.uncompressedSize, pieces: () => fromZip(letters(open), entry) });
		}
	} catch (problem) {
		zip.close();
		broken(problem);
	}
	if (!texts.length) {
		zip.close();
		throw new Refused('register.zip-without-text');
	}
	return { texts: texts.toSorted((a, b) => (a.name < b.name ? -1 : 1)), close: () => zip.close() };
}

/** The size that a zip announces may lie: nothing is read beyond it. */
async function* fromZip(pieces: AsyncGenerator<string, void>, entry: yauzl.Entry): AsyncGenerator<string, void> {
	try {
		yield* pieces;
	} catch (problem) {
		if (problem instanceof Refused) throw problem;
		throw new Refused(/too many bytes|not enough bytes/.test(String(problem)) ? 'register.zip-lies' : 'register.zip-broken', {
			name: entry.fileName
		});
	}
}

/** The bytes of a file, always in the same place of memory: whoever reads them is done with them before asking for more. */
async function* bytesOf(file: string): AsyncGenerator<Buffer, void> {
	const handle = await fs.open(file);
	try {
		const place = Buffer.allocUnsafe(262_144);
		for (;;) {
			const { bytesRead } = await handle.read(place, 0, place.length);
			if (!bytesRead) return;
			yield place.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
}

/** Bytes as letters, without the mark that may stand first; UTF-16 becomes UTF-8 on its way. Lines end in « \n » alone. */
async function* letters(open: () => Promise<AsyncIterable<Buffer>>): AsyncGenerator<string, void> {
	let decoder: TextDecoder | null = null;
	let first = true;
	let held = '';
	for await (const bytes of await open()) {
		let piece = bytes;
		if (first) {
			first = false;
			const sixteen = sixteenOf(piece);
			if (sixteen) decoder = new TextDecoder(sixteen);
			else if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) piece = piece.subarray(3);
		}
		const text: string =
			held + (decoder ? Buffer.from(decoder.decode(piece, { stream: true }), 'utf8') : piece).toString('latin1');
		held = text.endsWith('\r') ? '\r' : '';
		const whole = held ? text.slice(0, -1) : text;
		yield whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
	}
	if (held) yield '\n';
}

/** How many bytes the letters of a text take once read: UTF-16 takes two for nearly every one of them. */
const lettersIn = (size: number, head: Buffer): number => (sixteenOf(head) ? Math.ceil(size / 2) : size);

function sixteenOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	if (bytes.length < 4) return null;
	const [a, b, c, d] = bytes;
	if (a && !b && c && !d) return 'utf-16le';
	return !a && b && !c && d ? 'utf-16be' : null;
}
