import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
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
	const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
	if (!/^multipart\/form-data/i.test(type) || !boundary) throw new Refused('platform.form-unread');
	const reading = new Reading(`\r\n--${boundary[1] ?? boundary[2]!}`, folder, most);
	try {
		for await (const bytes of body) {
			await reading.take(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
			if (reading.over) break;
		}
		if (!reading.over) throw new Refused('platform.form-cut');
		return await reading.end();
	} catch (problem) {
		await reading.undo();
		throw (problem as NodeJS.ErrnoException).code === 'ENOSPC' ? new Refused('platform.disk-full') : problem;
	}
}

class Reading {
	over = false;
	readonly #mark: Buffer;
	readonly #folder: string;
	readonly #most: number;
	#held: Buffer = Buffer.from('\r\n');
	#in: 'before' | 'heads' | 'body' = 'before';
	#parts = 0;
	#name = '';
	#field: Buffer[] | null = null;
	#size = 0;
	#out: fs.FileHandle | null = null;
	#received: Received = { fields: {}, file: null };

	constructor(mark: string, folder: string, most: number) {
		this.#mark = Buffer.from(mark, 'latin1');
		this.#folder = folder;
		this.#most = most;
	}

	async take(bytes: Buffer): Promise<void> {
		this.#held = this.#held.length ? Buffer.concat([this.#held, bytes]) : bytes;
		while (!this.over) {
			if (this.#in === 'heads') {
				const end = this.#held.indexOf('\r\n\r\n');
				if (end < 0) {
					if (this.#held.length > longestField) throw new Refused('platform.form-unread');
					return;
				}
				const heads = this.#held.subarray(0, end).toString('utf8');
				this.#held = this.#held.subarray(end + 4);
				await this.#begin(heads);
				continue;
			}
			const at = this.#held.indexOf(this.#mark);
			if (at < 0) {
				// The end may hold the beginning of a mark.
				const sure = this.#held.length - this.#mark.length;
				if (sure > 0) {
					await this.#write(this.#held.subarray(0, sure));
					this.#held = Buffer.from(this.#held.subarray(sure));
				}
				return;
			}
			const after = at + this.#mark.length;
			if (this.#held.length < after + 2) return;
			await this.#write(this.#held.subarray(0, at));
			await this.#close();
			const next = this.#held.toString('latin1', after, after + 2);
			this.#held = this.#held.subarray(after + 2);
			if (next === '--') this.over = true;
			else if (next === '\r\n') this.#in = 'heads';
			else throw new Refused('platform.form-unread');
		}
	}

	async #begin(heads: string): Promise<void> {
		if (++this.#parts > mostParts) throw new Refused('platform.form-unread');
		const disposition = /^content-disposition:(.*)$/im.exec(heads)?.[1] ?? '';
		this.#name = /[;\s]name="([^"]*)"/.exec(disposition)?.[1] ?? '';
		const file = /filename="([^"]*)"/.exec(disposition)?.[1];
		this.#size = 0;
		this.#in = 'body';
		if (file === undefined) this.#field = [];
		else if (file && !this.#received.file) {
			const place = path.join(this.#folder, `${randomBytes(12).toString('hex')}.part`);
			await fs.mkdir(this.#folder, { recursive: true, mode: 0o700 });
			this.#out = await fs.open(place, 'wx', 0o600);
			this.#received.file = { path: place, name: file.replaceAll('\\', '/').split('/').at(-1)!, size: 0 };
		}
	}

	async #write(bytes: Buffer): Promise<void> {
		if (this.#in !== 'body' || !bytes.length) return;
		this.#size += bytes.length;
		if (this.#field) {
			if (this.#size > longestField) throw new Refused('platform.form-unread');
			this.#field.push(Buffer.from(bytes));
		} else if (this.#out) {
			if (this.#size > this.#most) throw new Refused('platform.file-too-large', { gigabytes: Math.round(this.#most / 1e8) / 10 });
			await this.#out.write(bytes);
		}
	}

	async #close(): Promise<void> {
		if (this.#field) this.#received.fields[this.#name] = Buffer.concat(this.#field).toString('utf8');
		this.#field = null;
		if (this.#out) {
			await this.#out.sync();
			await this.#out.close();
			this.#out = null;
			this.#received.file!.size = this.#size;
		}
		this.#in = 'before';
	}

	async end(): Promise<Received> {
		return this.#received;
	}

	async undo(): Promise<void> {
		await this.#out?.close().catch(() => {});
		this.#out = null;
		if (this.#received.file) await fs.rm(this.#received.file.path, { force: true });
	}
}
