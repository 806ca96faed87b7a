import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import tar from 'tar-stream';
import { m } from '#words';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';

/*
 * A backup is a tar compressed by gzip, which any system opens: the rows of each table as PostgreSQL copies them, in pieces
 * (`tables/lines/0001.copy`), the files of the data folder (`files/ab/<sha256>`), and last what all of it must be (`manifest.json`).
 */
const identifier = z.string().regex(/^[a-z][a-z0-9_]*$/);
const sum = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

const manifestForm = z.object({
	format: z.literal(1),
	version: z.string(),
	madeAt: z.iso.datetime(),
	postgres: z.string(),
	migrations: z.array(z.object({ name: z.string(), sha256: sum })),
	tables: z.array(z.object({ name: identifier, columns: z.array(identifier), rows: count, bytes: count, sha256: sum })),
	sequences: z.array(z.object({ name: identifier, last: z.string().regex(/^-?\d{1,19}$/) })),
	files: z.array(z.object({ sha256: sum, size: count })),
	/** Files of which a row speaks and that the disk had lost already. */
	missing: z.array(sum)
});
export type Manifest = z.infer<typeof manifestForm>;

const manifestName = 'manifest.json';
const pieceName = /^tables\/([a-z][a-z0-9_]*)\/\d+\.copy$/;
const fileName = /^files\/([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;

export const placeOfFile = (sha256: string): string => `files/${sha256.slice(0, 2)}/${sha256}`;

/** Writes one archive; what `fill` adds is compressed and sent to the disk as it comes. Gives its size and SHA-256. */
export async function writeArchive(
	target: string,
	fill: (add: (name: string, content: Buffer) => Promise<void>) => Promise<Manifest>
): Promise<{ size: number; sha256: string; manifest: Manifest }> {
	const pack = tar.pack();
	const hash = createHash('sha256');
	let size = 0;
	const tally = new Transform({
		transform(chunk: Buffer, _, next) {
			hash.update(chunk);
			size += chunk.length;
			next(null, chunk);
		}
	});
	const disk = fs.createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true });
	const written = pipeline(pack, createGzip(), tally, disk);
	const mtime = new Date();
	const add = (name: string, content: Buffer): Promise<void> =>
		new Promise((resolve, reject) => {
			// A sink waits for the disk; content given at once would pile up in memory.
			const sink = pack.entry({ name, size: content.length, mode: 0o600, mtime }, (error) => (error ? reject(error) : resolve()));
			sink.end(content);
		});
	const filled = fill(add).then(async (manifest) => {
		await add(manifestName, Buffer.from(JSON.stringify(manifest, null, '\t')));
		pack.finalize();
		return manifest;
	});
	try {
		// A full disk ends the writing while the filling still waits for it.
		await Promise.race([filled, written]);
		await written;
		return { size, sha256: hash.digest('hex'), manifest: await filled };
	} catch (problem) {
		pack.destroy();
		await Promise.allSettled([written]);
		filled.catch(() => {});
		throw problem;
	}
}

export type Content = AsyncIterable<Buffer>;

/** What is done with the pieces and files of an archive, in the order in which they come. */
export type Receiver = {
	piece: (table: string, content: Content) => Promise<void>;
	file: (sha256: string, content: Content) => Promise<void>;
};

const ignore: Receiver = { piece: (_, content) => drain(content), file: (_, content) => drain(content) };

const damaged = (reason: string): CannotStart => new CannotStart(m.upkeep_damaged({ reason }));

/** Reads an archive from end to end, hands out what it holds, and refuses it when anything differs from what its manifest says. */
export async function readArchive(source: string, receiver: Receiver = ignore): Promise<{ manifest: Manifest; sha256: string }> {
	const whole = createHash('sha256');
	const tables = new Map<string, ReturnType<typeof measure>>();
	const files = new Map<string, number>();
	let manifest: Manifest | null = null;
	const disk = fs.createReadStream(source);
	disk.on('data', (chunk) => whole.update(chunk));
	const extract = tar.extract();
	const opened = pipeline(disk, createGunzip(), extract);
	opened.catch(() => {});
	try {
		for await (const entry of extract) {
			const { name, type } = entry.header;
			if (manifest || type !== 'file') throw damaged(m.upkeep_damaged_stranger({ name }));
			const table = pieceName.exec(name)?.[1];
			const file = fileName.exec(name)?.[2];
			if (table) {
				const measured = tables.get(table) ?? measure();
				tables.set(table, measured);
				await receiver.piece(table, measured.take(entry as Content));
			} else if (file && !files.has(file)) {
				const measured = measure();
				await receiver.file(file, measured.take(entry as Content));
				const found = measured.sums();
				if (found.sha256 !== file) throw damaged(m.upkeep_damaged_file({ name }));
				files.set(file, found.bytes);
			} else if (name === manifestName) {
				manifest = readManifest(await collect(entry as Content));
			} else throw damaged(m.upkeep_damaged_stranger({ name }));
		}
		await opened;
	} catch (problem) {
		disk.destroy();
		const { code, message } = problem as NodeJS.ErrnoException;
		// What zlib and tar say of a file that was cut or is none of theirs.
		if (code?.startsWith('Z_') || /^(Unexpected end of data|Invalid tar header)/.test(message))
			throw damaged(m.upkeep_damaged_cut());
		throw problem;
	}
	if (!manifest) throw damaged(m.upkeep_damaged_cut());
	compare(manifest, tables, files);
	return { manifest, sha256: whole.digest('hex') };
}

function measure() {
	const hash = createHash('sha256');
	let bytes = 0;
	let rows = 0;
	return {
		async *take(content: Content): AsyncGenerator<Buffer> {
			for await (const chunk of content) {
				hash.update(chunk);
				bytes += chunk.length;
				// A line end inside a value is written \n by COPY: each real one ends a row.
				for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows++;
				yield chunk;
			}
		},
		sums: () => ({ bytes, rows, sha256: hash.copy().digest('hex') })
	};
}

async function drain(content: Content): Promise<void> {
	for await (const _ of content);
}

async function collect(content: Content): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of content) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

function readManifest(text: string): Manifest {
	let given: unknown;
	try {
		given = JSON.parse(text);
	} catch {
		throw damaged(m.upkeep_damaged_manifest());
	}
	if ((given as { format?: unknown } | null)?.format !== 1) throw new CannotStart(m.upkeep_format_unknown());
	const read = manifestForm.safeParse(given);
	if (!read.success) throw damaged(m.upkeep_damaged_manifest());
	return read.data;
}

function compare(manifest: Manifest, tables: Map<string, ReturnType<typeof measure>>, files: Map<string, number>): void {
	const announced = new Set(manifest.tables.map(({ name }) => name));
	for (const name of tables.keys()) if (!announced.has(name)) throw damaged(m.upkeep_damaged_stranger({ name }));
	for (const { name, rows, bytes, sha256 } of manifest.tables) {
		const found = (tables.get(name) ?? measure()).sums();
		if (found.sha256 !== sha256 || found.rows !== rows || found.bytes !== bytes) throw damaged(m.upkeep_damaged_table({ name }));
	}
	if (files.size !== manifest.files.length) throw damaged(m.upkeep_damaged_count());
	for (const { sha256, size } of manifest.files)
		if (files.get(sha256) !== size) throw damaged(m.upkeep_damaged_file({ name: placeOfFile(sha256) }));
}
