import { hash } from 'node:crypto';
import type pg from 'pg';
import { Refused } from '#platform/errors.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import type { Town, Towns } from '../rules/places.ts';
import { fileOf, sourceOf, type Body, type Fate, type Seat } from '../rules/published.ts';
import { rnaReader } from '../rules/rna.ts';
import { seatReader, unitReader } from '../rules/sirene.ts';
import type { Row } from '../rules/rows.ts';
import { countsOf, findImport, openAccount, type Import, type Progress } from './account.server.ts';
import { begin, straight } from './beginning.server.ts';
import { refused, rowsOf, tablesAmong, uncut, type Rejected, type Table } from './cutting.server.ts';
import { end } from './ending.server.ts';
import type { Text } from './opening.server.ts';
import type { RejectedRows } from './rejecting.server.ts';
import { columnsOf, createStage, store } from './storing.server.ts';

/** Rows written in one transaction: what is cut loses at most this much work, and nothing else. */
const step = 20_000;
/** How many letters of rows are turned into bytes at once. */
const piece = 65_536;
/** Reads a file whose rows are records, while the database writes what was read before. */
export async function* readRecords(
	client: pg.Client,
	one: Import,
	{ texts, rejected }: { texts: readonly Text[]; rejected: RejectedRows }
): AsyncGenerator<Progress, void> {
	// What another register says is refused before anything is written.
	const { tables, passedOver } = await tablesAmong(texts);
	const known = towns();
	const readings = tables.map((table) => ({ ...table, read: readerOf(one, table, known) }));
	if (!one.started_at) await begin(client, one);
	await createStage(client, one.source);
	const account = await openAccount(
		client,
		one,
		tables.reduce((sum, { text }) => sum + text.size, 0)
	);
	const { counted } = account;
	const reader = new Reader(one, readings, counted.read);
	let under: Promise<Progress> | null = null;
	const commit = async (chunk: Chunk): Promise<Progress> => {
		const rejectedBytes = await rejected.add(chunk.rejected);
		const outcome = await store(client, one, chunk);
		reader.done(chunk);
		counted.read += chunk.read;
		counted.rejected += chunk.rejected.length;
		counted.other += chunk.other;
		counted.elsewhere += chunk.elsewhere + outcome.elsewhere;
		for (const name of ['added', 'changed', 'unchanged', 'repeated'] as const) counted[name] += outcome[name];
		return account.commit({
			bytes: chunk.bytes,
			rejectedBytes,
			ended: outcome.ended,
			older: outcome.older,
			unverified: chunk.unverified
		});
	};
	// While the database writes one step, the next is read.
	for await (const chunk of reader.chunks()) {
		if (under) yield await under;
		under = null;
		if (account.stopped()) break;
		under = commit(chunk);
		under.catch(() => {});
	}
	if (under) yield await under;
	if (account.stopped()) {
		yield { is: 'stopped' };
		return;
	}
	yield { is: 'builds' };
	await end(client, one, { cut: reader.cut, passedOver, rejected });
	yield { is: 'done', counts: countsOf((await findImport(client, one.id))!) };
}

const towns = (): Towns => {
	const known = new Map<string, Town | null>();
	return (code) => {
		const before = known.get(code);
		if (before !== undefined) return before;
		const commune = findCommune(code);
		const town = commune && {
			code: commune.code,
			label: communeLabel(commune),
			department: commune.department,
			parent: commune.parent
		};
		known.set(code, town);
		return town;
	};
};

type Chunk = {
	/** The rows as COPY reads them, and how many. */
	written: Buffer[];
	rows: number;
	rejected: Rejected[];
	read: number;
	other: number;
	elsewhere: number;
	unverified: number;
	bytes: number;
};

type Reading = Table & { read: (cells: readonly string[]) => Fate<Body | Seat> };

/** How the rows of a table are read; one of another register is refused. */
function readerOf({ source }: Import, { text: { name }, head: { headers } }: Table, known: Towns): Reading['read'] {
	const file = fileOf(headers);
	if (file !== source)
		throw new Refused(file ? 'register.another-file' : 'register.other-columns', {
			name,
			columns: headers.slice(0, 6).join(', ').slice(0, 200)
		});
	if (file === 'sirene') return unitReader(headers);
	return file === 'sirene-seats' ? seatReader(headers, known) : rnaReader(file, headers, known);
}

/** Reads the texts of an import into steps that are ready to be written; those that were written before are passed over. */
class Reader {
	readonly #one: Import;
	readonly #readings: readonly Reading[];
	readonly #skip: number;
	readonly #columns: readonly string[];
	readonly #straight: boolean;
	readonly #wanted: { departments: Set<string>; communes: Set<string> } | null;
	/** What follows a row in COPY, and the rows that were not turned into bytes yet. */
	#tail = '';
	#waiting = '';
	/** Places in memory for the bytes of rows, used again and again: as many as two steps take. */
	readonly #places: Buffer[] = [];
	/** The last row of a text was cut in the middle: nothing that it lacks is taken for vanished. */
	cut = false;

	constructor(one: Import, readings: readonly Reading[], skip: number) {
		this.#one = one;
		this.#columns = columnsOf(one.source);
		this.#straight = straight(one);
		this.#readings = readings;
		this.#skip = skip;
		this.#wanted =
			one.departments.length || one.communes.length
				? { departments: new Set(one.departments), communes: new Set(one.communes) }
				: null;
	}

	async *chunks(): AsyncGenerator<Chunk, void> {
		let bytes = 0;
		let passed = 0;
		let chunk = this.#open();
		for (const { text, head, read } of this.#readings) {
			for await (const { rows, letters, cut } of rowsOf(text, head)) {
				bytes += letters;
				for (const row of rows) {
					if (passed++ < this.#skip) continue;
					chunk.read++;
					this.#take(chunk, row, { file: text.name, read });
				}
				if (cut) this.cut = true;
				if (chunk.read < step) continue;
				yield this.#close(chunk, bytes);
				chunk = this.#open();
			}
		}
		yield this.#close(chunk, bytes);
	}

	#open(): Chunk {
		const one = this.#one;
		this.#tail = this.#straight ? `\t${sourceOf(one.source)}\t${one.id}\t${new Date().toISOString()}\n` : '\n';
		return empty();
	}

	#close(chunk: Chunk, bytes: number): Chunk {
		this.#flush(chunk);
		chunk.bytes = bytes;
		return chunk;
	}

	#flush(chunk: Chunk): void {
		const text = this.#waiting;
		this.#waiting = '';
		if (text.length > 2 * piece) chunk.written.push(Buffer.from(text));
		else if (text) {
			const place = this.#places.pop() ?? Buffer.allocUnsafe(6 * piece);
			chunk.written.push(place.subarray(0, place.write(text)));
		}
	}

	/** Its rows are written: their places in memory serve for others. */
	done({ written }: Chunk): void {
		for (const { buffer } of written) if (buffer.byteLength === 6 * piece) this.#places.push(Buffer.from(buffer));
	}

	#take(chunk: Chunk, row: Row, { file, read }: { file: string; read: (cells: readonly string[]) => Fate<Body | Seat> }): void {
		if ('reason' in row) {
			chunk.rejected.push(uncut(row, file));
			return;
		}
		const fate = read(row.cells);
		if (fate.is === 'other') {
			chunk.other++;
			return;
		}
		if (fate.is === 'rejected') {
			chunk.rejected.push(refused(row, fate, file));
			return;
		}
		const { record, department, communes } = fate;
		const wanted = this.#wanted;
		const elsewhere =
			wanted !== null &&
			this.#one.source !== 'sirene' &&
			!wanted.departments.has(department) &&
			!communes.some((code) => wanted.communes.has(code));
		// The first time nothing is known of it: there is nothing to bring up to date.
		if (elsewhere && this.#one.first && this.#one.source !== 'sirene-seats') {
			chunk.elsewhere++;
			return;
		}
		// What is unknown is written as nothing, which no value is; a value stands on one line, and has no control letters.
		const values = this.#columns.map((column) => (record as Record<string, string | null>)[column]);
		const joined = values.join('\t');
		const said = joined.includes('\\') ? joined.replaceAll('\\', '\\\\') : joined;
		const fingerprint = Number.parseInt(hash('sha1', said).slice(0, 13), 16);
		if (values.at(-1) && this.#one.source !== 'sirene-seats') chunk.unverified++;
		const place = this.#straight ? '' : `${chunk.rows}\t${elsewhere ? 't' : 'f'}\t`;
		this.#waiting += `${place}${said}\t${fingerprint}${this.#tail}`;
		chunk.rows++;
		if (this.#waiting.length > piece) this.#flush(chunk);
	}
}

const empty = (): Chunk => ({ written: [], rows: 0, rejected: [], read: 0, other: 0, elsewhere: 0, unverified: 0, bytes: 0 });
