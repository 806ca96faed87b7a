import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { Refused } from './errors.ts';

// A form that carries a file larger than memory should hold (multipart/form-data, RFC 7578): its fields are kept, its file goes to
// the disk as it comes. Its fields stand before its file, as a browser sends them in the order of the page.

export type Received = {
	fields: Record<string, string>;
	/** Null when none was chosen. `name` is the one that it had on the machine of whoever sent it. */
	file: { path: string; name: string; size: number } | null;
};

const longestField = 100_000;
const mostParts = 50;

/** What the disk must keep for everything else: a reading needs it too. */
const kept = 1_000_000_000;

/** How large a file this folder may take: what its disk has left, less what must stay, and at most `most`. */
export async function roomIn(folder: string, most: number): Promise<number> {
	await fs.mkdir(folder, { recursive: true, mode: 0o700 });
	const { bavail, bsize } = await fs.statfs(folder);
	return Math.max(0, Math.min(most, bavail * bsize - kept));
}

/** Reads such a form to its end. A file that is larger than `most`, or a form that is cut, leaves nothing on the disk. */
export async function receive(
	body: AsyncIterable<Uint8Array>,
	{ type, folder, most }: { type: string; folder: string; most: number }
): Promise<Received> {
	if (!/^multipart\/form-data;.*boundary=/i.test(type)) throw new Refused('platform.form-unread');
	const form = new Busboy({
		headers: { 'content-type': type },
		limits: { fieldSize: longestField, parts: mostParts, files: 1, fileSize: most }
	});
	const received: Received = { fields: {}, file: null };
	const file: { bytes?: Readable; saved?: Promise<void> } = {};
	const refuse = (problem: Refused) => form.destroy(problem);
	form.on('partsLimit', () => refuse(new Refused('platform.form-unread')));
	form.on('field', (name, value, _, cut) => {
		if (cut) refuse(new Refused('platform.form-unread'));
		else received.fields[name] = value;
	});
	form.on('file', (_, bytes, name) => {
		if (!name) return bytes.resume();
		file.bytes = bytes;
		bytes.on('limit', () => refuse(new Refused('platform.file-too-large', { gigabytes: Math.round(most / 1e8) / 10 })));
		received.file = { path: path.join(folder, `${randomBytes(12).toString('hex')}.part`), name, size: 0 };
		file.saved = save(bytes, received.file.path);
		file.saved.catch((problem: Error) => form.destroy(problem));
	});
	try {
		await fs.mkdir(folder, { recursive: true, mode: 0o700 });
		await pipeline(body, form);
		await file.saved;
		if (received.file) received.file.size = (await fs.stat(received.file.path)).size;
		return received;
	} catch (problem) {
		// A form that is refused leaves its file neither ended nor closed.
		file.bytes?.destroy();
		await file.saved?.catch(() => {});
		if (received.file) await fs.rm(received.file.path, { force: true });
		if (problem instanceof Refused) throw problem;
		const { code } = problem as NodeJS.ErrnoException;
		if (code === 'ENOSPC') throw new Refused('platform.disk-full');
		throw code ? problem : new Refused('platform.form-cut');
	}
}

const save = (bytes: Readable, place: string): Promise<void> =>
	pipeline(bytes, createWriteStream(place, { flags: 'wx', mode: 0o600, flush: true }));
