import { hash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Refused } from '#platform/errors.ts';
import { m } from '#words';
import { harmless } from '#platform/csv.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { bodyColumns, fileOf, rnaReader, seatColumns, seatReader, sourceOf, unitReader } from '../rules/published.ts';
import type { Body, Fate, Published, Seat, Town, Towns } from '../rules/published.ts';
import type { Row } from '../rules/rows.ts';
import { readGrants } from '../grants/commands.server.ts';
import { lay, pagesOf, tablesOf, TablesReader, writeEstablishments } from './bce.server.ts';
import { headOf, refused, rowsOf, uncut, type Head, type Rejected } from './cutting.server.ts';
import { digestOf, textsOf } from './opening.server.ts';

/** Rows written in one transaction: what is cut loses at most this much work, and nothing else. */
const step = 20_000;
/** How many letters of rows are turned into bytes at once. */
const piece = 65_536;
/** One import writes at a time, over all the processes of a database. */
const lock = `hashtext('ensemblier official register')`;

const oneOfItsSource = 'official_body_is_one_of_its_source';
const buildOneOfItsSource = `create unique index ${oneOfItsSource} on official_bodies (source, key);
	alter table official_bodies add constraint ${oneOfItsSource} unique using index ${oneOfItsSource}`;

export const counts = ['read', 'added', 'changed', 'unchanged', 'repeated', 'elsewhere', 'other', 'joined', 'rejected'] as const;
export type Counts = Record<(typeof counts)[number], number>;

/** How far an import is, each time something was committed. */
export type Progress =
	| { is: 'waits' }
	| { is: 'at work'; counts: Counts; bytes: number; total: number; rate: number; left: number | null }
	| { is: 'builds' }
	| { is: 'stopped' }
	| { is: 'done'; counts: Counts };

type Import = {
	id: number;
	source: Published;
	file_path: string;
	file_digest: string;
	departments: string[];
	communes: string[];
	started_at: Date | null;
	finished_at: Date | null;
	refused_code: string | null;
	stopped_at: Date | null;
	first: boolean;
	rejected_bytes: string;
	bytes_read: string;
	indexes_to_build: string[];
	parts_read_at: Date | null;
	joined_until: string | null;
	cut: boolean;
} & Record<`rows_${keyof Counts}`, string>;

/** The rows of its rejected file, which is opened in a spreadsheet. */
export const rejectedFile = (dataFolder: string, id: number): string => path.join(dataFolder, 'imports', 'rejets', `${id}.csv`);
const rejectedHead = () =>
	`\ufeff${m.register_rejected_line()};${m.register_rejected_why()};${m.register_rejected_raw()};${m.register_rejected_file()}\r\n`;

type Outcome = { added: number; changed: number; unchanged: number; repeated: number; elsewhere: number; ended: number };

/**
 * Reads one import from where it was cut, until its end. Each step is one transaction: its rows, what is counted, how far the file
 * was read. Cut anywhere, it goes on from the last of them.
 */
export async function* goOn({
	url,
	id,
	dataFolder
}: {
	url: string;
	id: number;
	dataFolder: string;
}): AsyncGenerator<Progress, void> {
	const client = new pg.Client({ connectionString: url, application_name: 'ensemblier-register' });
	client.on('error', () => {});
	await client.connect();
	try {
		// Whoever asks for it to go on takes back what stopped it; it may be stopped anew while it waits.
		await client.query('update official_imports set stopped_at = null, stopped_by = null where id = $1', [id]);
		const { rows: free } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock(${lock}) as locked`);
		if (!free[0]!.locked) {
			yield { is: 'waits' };
			await client.query(`select pg_advisory_lock(${lock})`);
		}
		const one = await find(client, id);
		if (!one || one.finished_at || one.refused_code) return;
		if (one.stopped_at) {
			yield { is: 'stopped' };
			return;
		}
		try {
			if ((one.source as string) === 'grants') yield* grants(client, one, dataFolder);
			else if (one.source === 'bce') yield* joinTables(client, one, dataFolder);
			else yield* work(client, one, dataFolder);
		} catch (problem) {
			if (!(problem instanceof Refused)) throw problem;
			await client.query('rollback');
			await buildIndexes(client, one.id);
			await client.query('update official_imports set refused_code = $2, refused_details = $3 where id = $1', [
				id,
				problem.code,
				JSON.stringify(problem.details)
			]);
			throw problem;
		}
	} finally {
		await client.end();
	}
}

const find = async (client: pg.Client, id: number): Promise<Import | undefined> =>
	(await client.query<Import>('select * from official_imports where id = $1', [id])).rows[0];

const countsOf = (one: Import): Counts => Object.fromEntries(counts.map((name) => [name, Number(one[`rows_${name}`])])) as Counts;

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

async function begin(client: pg.Client, one: Import): Promise<void> {
	// One that was cut and that nobody went on with left its indexes unbuilt: they come before anything is compared.
	const { rows: left } = await client.query<{ id: number }>(`select id from official_imports where indexes_to_build <> '{}'`);
	for (const { id } of left) await buildIndexes(client, id);
	await client.query('begin');
	const source = sourceOf(one.source);
	const { rows } = await client.query<{ empty: boolean; first: boolean; seats: boolean }>(
		`select not exists (select from official_bodies) as empty, not exists (select from official_bodies where source = $1) as first,
			exists (select from official_seats) as seats`,
		[source]
	);
	const { empty, first, seats } = rows[0]!;
	if (one.source === 'sirene' && (one.departments.length || one.communes.length) && !seats)
		throw new Refused('register.seats-first');
	if (one.source === 'sirene-seats' && !one.departments.length && !one.communes.length && first)
		throw new Refused('register.units-first');
	let indexes: string[] = [];
	if (empty) {
		const found = await client.query<{ name: string; definition: string }>(
			`select indexname as name, indexdef as definition from pg_indexes where tablename = 'official_bodies' and schemaname = 'public'
				and indexname not in (select conname from pg_constraint where conrelid = 'official_bodies'::regclass)`
		);
		indexes = found.rows.map(({ definition }) => definition);
		for (const { name } of found.rows) await client.query(`drop index ${client.escapeIdentifier(name)}`);
		// The addresses of SIRENE come from another table: its rows are put together on their way.
		// What is joined from several tables is compared page by page.
		if (source !== 'bce' && (source !== 'sirene' || (one.source === 'sirene' && !seats))) {
			await client.query(`alter table official_bodies drop constraint ${oneOfItsSource}`);
			indexes.unshift(buildOneOfItsSource);
		}
	}
	await client.query('truncate official_seen');
	await client.query('update official_imports set started_at = now(), first = $2, indexes_to_build = $3 where id = $1', [
		one.id,
		first,
		indexes
	]);
	await client.query('commit');
	Object.assign(one, { first, indexes_to_build: indexes });
}

/**
 * Builds the indexes that wait, each for good. Where rows were laid down without looking for one another, those that repeat an
 * earlier one are taken away first, and counted.
 */
async function buildIndexes(client: pg.Client, id: number): Promise<void> {
	const { rows } = await client.query<{ indexes_to_build: string[] }>(
		'select indexes_to_build from official_imports where id = $1',
		[id]
	);
	await client.query(`set maintenance_work_mem = '256MB'`);
	for (const definition of rows[0]?.indexes_to_build ?? []) {
		const build = async () => {
			await client.query('begin');
			await client.query(definition);
			await client.query('update official_imports set indexes_to_build = array_remove(indexes_to_build, $2) where id = $1', [
				id,
				definition
			]);
			await client.query('commit');
		};
		try {
			await build();
		} catch (problem) {
			await client.query('rollback');
			if (!(problem instanceof pg.DatabaseError && problem.code === '23505')) throw problem;
			await client.query(
				`with repeated as (
					delete from official_bodies b using (
						select source, key, min(id) as id from official_bodies group by source, key having count(*) > 1) f
					where (b.source, b.key) = (f.source, f.key) and b.id <> f.id returning b.id)
				update official_imports set rows_added = rows_added - (select count(*) from repeated),
					rows_repeated = rows_repeated + (select count(*) from repeated) where id = $1`,
				[id]
			);
			await build();
		}
	}
}

async function* work(client: pg.Client, one: Import, dataFolder: string): AsyncGenerator<Progress, void> {
	const { digest } = await digestOf(one.file_path);
	if (one.file_digest !== digest) throw new Refused('register.file-changed');
	const { texts, close } = await textsOf(one.file_path);
	const rejected = await openRejected(dataFolder, one);
	try {
		if (!one.started_at) await begin(client, one);
		await client.query(
			`create temp table stage (n integer, elsewhere boolean, ${stageColumns(one.source)}) on commit delete rows`
		);
		const total = texts.reduce((sum, { size }) => sum + size, 0);
		await client.query(
			'update official_imports set bytes_total = $2, resumed_at = now(), resumed_rows = rows_read where id = $1',
			[one.id, total]
		);
		const counted = countsOf(one);
		const reader = new Reader(one, texts, counted.read);
		const began = performance.now();
		let from: { bytes: number; at: number } | null = null;
		let under: Promise<Progress> | null = null;
		let stopped = false;
		const commit = async (chunk: Chunk): Promise<Progress> => {
			const size = await rejected.add(chunk.rejected);
			const outcome = await write(client, one, chunk);
			reader.done(chunk);
			counted.read += chunk.read;
			counted.rejected += chunk.rejected.length;
			counted.other += chunk.other;
			counted.elsewhere += chunk.elsewhere + outcome.elsewhere;
			for (const name of ['added', 'changed', 'unchanged', 'repeated'] as const) counted[name] += outcome[name];
			const written = await client.query<{ stopped: boolean }>(
				`update official_imports set ${counts.map((name, i) => `rows_${name} = $${i + 4}`).join(', ')},
					bytes_read = $2, rejected_bytes = $3, bodies_ended = bodies_ended + $13, numbers_unverified = numbers_unverified + $14,
					seen_at = now() where id = $1 returning stopped_at is not null as stopped`,
				[one.id, chunk.bytes, size, ...counts.map((name) => counted[name]), outcome.ended, chunk.unverified]
			);
			await client.query('commit');
			stopped = written.rows[0]!.stopped;
			from ??= { bytes: chunk.bytes, at: performance.now() };
			const seconds = (performance.now() - from.at) / 1000;
			const speed = seconds > 1 ? (chunk.bytes - from.bytes) / seconds : 0;
			return {
				is: 'at work',
				counts: { ...counted },
				bytes: chunk.bytes,
				total,
				rate: Math.round((counted.read - Number(one.rows_read)) / Math.max(0.001, (performance.now() - began) / 1000)),
				left: speed ? Math.ceil((total - chunk.bytes) / speed) : null
			};
		};
		// While the database writes one step, the next is read.
		for await (const chunk of reader.chunks()) {
			if (under) yield await under;
			under = null;
			if (stopped) break;
			under = commit(chunk);
			under.catch(() => {});
		}
		if (under) yield await under;
		if (stopped) {
			yield { is: 'stopped' };
			return;
		}
		yield { is: 'builds' };
		await end(client, one, reader.cut);
		yield { is: 'done', counts: countsOf((await find(client, one.id))!) };
	} finally {
		await rejected.close();
		close();
	}
}

async function* grants(client: pg.Client, one: Import, dataFolder: string): AsyncGenerator<Progress, void> {
	const { digest } = await digestOf(one.file_path);
	if (one.file_digest !== digest) throw new Refused('register.file-changed');
	const rejected = await openRejected(dataFolder, one);
	try {
		for await (const progress of readGrants(client, { ...one, counts: countsOf(one) }, rejected)) {
			yield progress;
			if (progress.is !== 'at work') continue;
			const { rows } = await client.query('select from official_imports where id = $1 and stopped_at is not null', [one.id]);
			if (!rows.length) continue;
			yield { is: 'stopped' };
			return;
		}
	} finally {
		await rejected.close();
	}
}

/** The tables of the Banque-Carrefour: they are laid, then joined. */
async function* joinTables(client: pg.Client, one: Import, dataFolder: string): AsyncGenerator<Progress, void> {
	const { digest } = await digestOf(one.file_path);
	if (one.file_digest !== digest) throw new Refused('register.file-changed');
	const { texts, close } = await textsOf(one.file_path);
	const rejected = await openRejected(dataFolder, one);
	try {
		const tables = await tablesOf(texts);
		if (!one.started_at) {
			await begin(client, one);
			await client.query('truncate official_parts');
		}
		const { total } = tables;
		await client.query(
			'update official_imports set bytes_total = $2, resumed_at = now(), resumed_rows = rows_read where id = $1',
			[one.id, total]
		);
		const counted = countsOf(one);
		const began = performance.now();
		let from: { bytes: number; at: number } | null = null;
		let stopped = false;
		const commit = async (bytes: number, and: { size: number; ended: number; unverified: number }): Promise<Progress> => {
			const written = await client.query<{ stopped: boolean }>(
				`update official_imports set ${counts.map((name, i) => `rows_${name} = $${i + 4}`).join(', ')},
					bytes_read = $2, rejected_bytes = $3, bodies_ended = bodies_ended + $13, numbers_unverified = numbers_unverified + $14,
					seen_at = now() where id = $1 returning stopped_at is not null as stopped`,
				[one.id, bytes, and.size, ...counts.map((name) => counted[name]), and.ended, and.unverified]
			);
			await client.query('commit');
			stopped = written.rows[0]!.stopped;
			from ??= { bytes, at: performance.now() };
			const seconds = (performance.now() - from.at) / 1000;
			const speed = seconds > 1 ? (bytes - from.bytes) / seconds : 0;
			return {
				is: 'at work',
				counts: { ...counted },
				bytes,
				total,
				rate: Math.round((counted.read - Number(one.rows_read)) / Math.max(0.001, (performance.now() - began) / 1000)),
				left: speed ? Math.ceil((total - bytes) / speed) : null
			};
		};
		let bytes = Number(one.bytes_read);
		if (!one.parts_read_at) {
			const reader = new TablesReader(client, tables, counted.read);
			for await (const laid of reader.steps()) {
				const size = await rejected.add(laid.rejected);
				await client.query('begin');
				await lay(client, laid);
				counted.read += laid.read;
				counted.other += laid.other;
				counted.joined += laid.joined;
				counted.rejected += laid.rejected.length;
				bytes = laid.bytes;
				yield await commit(bytes, { size, ended: 0, unverified: 0 });
				if (stopped) break;
			}
			if (stopped) {
				yield { is: 'stopped' };
				return;
			}
			await client.query('update official_imports set parts_read_at = now(), cut = $2 where id = $1', [one.id, reader.cut]);
			one.cut = reader.cut;
			await client.query('analyze official_parts');
		}
		const { rows } = await client.query<{ all: number }>(
			`select count(distinct key)::int as all from official_parts where part = 'enterprise'`
		);
		const each = (total - bytes) / Math.max(1, rows[0]!.all);
		await client.query(
			`create temp table stage (n integer, elsewhere boolean, ${stageColumns(one.source)}) on commit delete rows`
		);
		const wanted = one.communes.length ? { communes: new Set(one.communes) } : null;
		const file = tables.found.get('enterprise')!.name;
		for await (const page of pagesOf(client, { after: one.joined_until ?? '', wanted, first: one.first, file })) {
			const size = await rejected.add(page.rejected);
			const { staged } = page;
			const chunk = { ...empty(), written: [Buffer.from(staged.join(''))], rows: staged.length };
			const outcome = await write(client, one, chunk);
			await writeEstablishments(client, page, one.id);
			counted.rejected += page.rejected.length;
			counted.repeated += page.repeated;
			counted.elsewhere += page.elsewhere + outcome.elsewhere;
			for (const name of ['added', 'changed', 'unchanged'] as const) counted[name] += outcome[name];
			counted.repeated += outcome.repeated;
			await client.query('update official_imports set joined_until = $2 where id = $1', [one.id, page.until]);
			bytes = Math.min(total, bytes + each * (page.staged.length + page.rejected.length + page.elsewhere));
			yield await commit(Math.round(bytes), { size, ended: outcome.ended, unverified: page.unverified });
			if (stopped) {
				yield { is: 'stopped' };
				return;
			}
		}
		yield { is: 'builds' };
		await end(client, one, one.cut);
		await client.query('truncate official_parts');
		yield { is: 'done', counts: counted };
	} finally {
		await rejected.close();
		close();
	}
}

/** The file of rejected rows goes on where the last commit left it. */
async function openRejected(dataFolder: string, one: Import) {
	const file = rejectedFile(dataFolder, one.id);
	await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
	const handle = await fs.open(file, one.started_at ? 'r+' : 'w').catch(() => fs.open(file, 'w'));
	let size = Number(one.rejected_bytes);
	await handle.truncate(size);
	return {
		add: async (rows: Rejected[]): Promise<number> => {
			if (!rows.length) return size;
			const quoted = (cell: string) => `"${harmless(cell).replaceAll('"', '""')}"`;
			const text =
				(size ? '' : rejectedHead()) +
				rows.map(({ line, why, raw, file }) => `${line};${quoted(why)};${quoted(raw)};${quoted(file)}\r\n`).join('');
			const bytes = Buffer.from(text, 'utf8');
			await handle.write(bytes, 0, bytes.length, size);
			await handle.sync();
			return (size += bytes.length);
		},
		close: () => handle.close()
	};
}

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

const columnsOf = (source: Published): readonly string[] => (source === 'sirene-seats' ? seatColumns : bodyColumns);
const typeOf = (column: string): string =>
	column === 'active'
		? 'boolean'
		: column.endsWith('_on')
			? 'date'
			: column === 'unverified'
				? 'jsonb'
				: column === 'other_names'
					? 'text[]'
					: column === 'employees_year'
						? 'smallint'
						: 'text';
const stageColumns = (source: Published): string =>
	[...columnsOf(source).map((column) => `${column} ${typeOf(column)}`), 'fingerprint bigint'].join(', ');

/** Nobody else wrote in the table when this import began: its rows are laid down as they come, and looked at once at the end. */
const straight = (one: Import): boolean => one.indexes_to_build.includes(buildOneOfItsSource);

/** Reads the texts of an import into steps that are ready to be written; those that were written before are passed over. */
class Reader {
	readonly #one: Import;
	readonly #texts: Awaited<ReturnType<typeof textsOf>>['texts'];
	readonly #skip: number;
	readonly #towns = towns();
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

	constructor(one: Import, texts: Awaited<ReturnType<typeof textsOf>>['texts'], skip: number) {
		this.#one = one;
		this.#columns = columnsOf(one.source);
		this.#straight = straight(one);
		this.#texts = texts;
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
		for (const text of this.#texts) {
			const head = await headOf(text);
			const read = this.#begin(head, text.name);
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

	#begin({ headers }: Head, name: string): (cells: readonly string[]) => Fate<Body | Seat> {
		const file = fileOf(headers);
		if (file !== this.#one.source)
			throw new Refused(file ? 'register.another-file' : 'register.other-columns', {
				name,
				columns: headers.slice(0, 6).join(', ').slice(0, 200)
			});
		if (file === 'sirene') return unitReader(headers);
		return file === 'sirene-seats' ? seatReader(headers, this.#towns) : rnaReader(file, headers, this.#towns);
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

async function write(client: pg.Client, one: Import, chunk: Chunk): Promise<Outcome> {
	await client.query('begin');
	const outcome: Outcome = { added: 0, changed: 0, unchanged: 0, repeated: 0, elsewhere: 0, ended: 0 };
	if (!chunk.rows) return outcome;
	const columns = [...columnsOf(one.source), 'fingerprint'].join(', ');
	const stream = client.query(
		copyFrom(
			straight(one)
				? `copy official_bodies (${columns}, source, import_id, changed_at) from stdin (null '')`
				: `copy stage (n, elsewhere, ${columns}) from stdin (null '')`
		)
	);
	await pipeline(chunk.written, stream);
	if (straight(one)) return { ...outcome, added: chunk.rows };
	const count = async (sql: string, values: unknown[] = []) => (await client.query(sql, values)).rowCount ?? 0;
	if (one.source === 'sirene-seats') return writeSeats(one, outcome, count);
	const source = sourceOf(one.source);
	if (one.source === 'sirene' && (one.departments.length || one.communes.length))
		outcome.elsewhere += await count(
			`delete from stage s where not exists (select from official_seats t where t.siren = s.key and
				(t.commune_code = any ($2) or ${departmentSql('t')} = any ($1)))
				and not exists (select from official_bodies b where b.source = 'sirene' and b.key = s.key)`,
			[one.departments, one.communes]
		);
	if (!one.first) {
		outcome.repeated += await count('delete from stage s using stage t where t.key = s.key and t.n < s.n');
		outcome.repeated += await count(
			`delete from stage s using official_bodies b where b.source = $1 and b.key = s.key and
				(b.import_id = $2 or exists (select from official_seen o where o.body_id = b.id))`,
			[source, one.id]
		);
		const same = await client.query<{ same: number }>(
			`with same as (delete from stage s using official_bodies b where b.source = $1 and b.key = s.key
				and b.fingerprint = s.fingerprint and b.vanished_at is null returning b.id)
			insert into official_seen select id from same`,
			[source]
		);
		outcome.unchanged = same.rowCount ?? 0;
		// What SIRENE says of a place stands in its other file.
		const kept = bodyColumns.filter(
			(column) =>
				column !== 'key' &&
				!(source === 'sirene' && seatColumns.includes(column as never) && column !== 'active' && column !== 'siret')
		);
		const changed = await client.query<{ ended: boolean }>(
			`with changed as (select s.*, b.id, b.active as lived from stage s join official_bodies b on b.source = $1 and b.key = s.key)
			update official_bodies b set ${kept.map((column) => `${column} = c.${column}`).join(', ')}, fingerprint = c.fingerprint,
				import_id = $2, changed_at = clock_timestamp(), vanished_at = null
			from changed c where b.id = c.id returning c.lived and not c.active as ended`,
			[source, one.id]
		);
		outcome.changed = changed.rowCount ?? 0;
		outcome.ended = changed.rows.filter(({ ended }) => ended).length;
		if (outcome.changed)
			await client.query('delete from stage s using official_bodies b where b.source = $1 and b.key = s.key', [source]);
		outcome.elsewhere += await count('delete from stage where elsewhere');
	}
	const left = (await client.query<{ n: number }>('select count(*)::int as n from stage')).rows[0]!.n;
	const own = bodyColumns.filter(
		(column) => source !== 'sirene' || !['commune_code', 'commune_name', 'postcode', 'street'].includes(column)
	);
	const place = source === 'sirene' ? ', commune_code, commune_name, postcode, street' : '';
	outcome.added = await count(
		`insert into official_bodies (source, ${own.join(', ')}${place}, fingerprint, import_id, changed_at)
			select $1, ${own.map((column) => `s.${column}`).join(', ')}${place.replaceAll(', ', ', t.')}, s.fingerprint, $2, clock_timestamp()
			from stage s ${place ? 'left join official_seats t on t.siren = s.key' : ''} order by n
			on conflict on constraint official_body_is_one_of_its_source do nothing`,
		[source, one.id]
	);
	outcome.repeated += left - outcome.added;
	return outcome;
}

const departmentSql = (alias: string): string =>
	`case when ${alias}.commune_code ~ '^9[78]' then left(${alias}.commune_code, 3) else left(${alias}.commune_code, 2) end`;

async function writeSeats(
	one: Import,
	outcome: Outcome,
	count: (sql: string, values?: unknown[]) => Promise<number>
): Promise<Outcome> {
	outcome.repeated = await count('delete from stage s using stage t where t.siren = s.siren and t.n < s.n');
	outcome.repeated += await count('delete from stage s using official_seats t where t.siren = s.siren and t.import_id = $1', [
		one.id
	]);
	// Of the country, the seats of the units that are held; of a territory, all of it, since the units are chosen by them.
	const scoped = one.departments.length > 0 || one.communes.length > 0;
	outcome.elsewhere = await count(
		`delete from stage s where ${scoped ? 'elsewhere and' : ''}
			not exists (select from official_bodies b where b.source = 'sirene' and b.key = s.siren)`
	);
	outcome.unchanged = await count(
		'delete from stage s using official_seats t where t.siren = s.siren and t.fingerprint = s.fingerprint'
	);
	await count(
		`update official_bodies b set commune_code = s.commune_code, commune_name = s.commune_name, postcode = s.postcode,
			street = s.street, siret = s.siret, changed_at = clock_timestamp()
		from stage s where b.source = 'sirene' and b.key = s.siren`
	);
	const columns = [...seatColumns, 'fingerprint'];
	outcome.changed = await count(
		`update official_seats t set ${columns.map((column) => `${column} = s.${column}`).join(', ')}, import_id = $1 from stage s where t.siren = s.siren`,
		[one.id]
	);
	outcome.added = await count(
		`insert into official_seats (${columns.join(', ')}, import_id) select ${columns.join(', ')}, $1 from stage on conflict do nothing`,
		[one.id]
	);
	return outcome;
}

/** What follows the last row: those that are no longer listed, who is who in the other registers, the indexes that waited. */
async function end(client: pg.Client, one: Import, cut: boolean): Promise<void> {
	await buildIndexes(client, one.id);
	await client.query('begin');
	const source = sourceOf(one.source);
	const remarks: { code: string; details: Record<string, string | number> }[] = [];
	let vanished = 0;
	if (cut) remarks.push({ code: 'register.remark-cut', details: {} });
	if (!one.first && !cut && one.source !== 'sirene-seats') {
		const scope = `b.source = $1 and ($2 or b.commune_code = any ($4) or (b.source = 'bce' and b.postcode = any ($4)) or ${departmentSql('b')} = any ($3))`;
		const lacking = `b.vanished_at is null and b.import_id <> $5 and not exists (select from official_seen o where o.body_id = b.id)`;
		const everywhere = !one.departments.length && !one.communes.length;
		const values = [source, everywhere, one.departments, one.communes, one.id];
		// A file of one department says nothing of the others: where it lacks more than half, it is a part.
		const gone = await client.query(
			`with departments as (
				select coalesce(${departmentSql('b')}, '') as department, count(*) filter (where ${lacking}) as lacking, count(*) as held
				from official_bodies b where b.vanished_at is null and ${scope} group by 1)
			update official_bodies b set vanished_at = clock_timestamp(), changed_at = clock_timestamp()
			from departments d where ${scope} and ${lacking} and d.department = coalesce(${departmentSql('b')}, '') and d.lacking * 2 <= d.held`,
			values
		);
		vanished = gone.rowCount ?? 0;
		const { rows } = await client.query<{ n: number }>(
			`select count(*)::int as n from official_bodies b where ${scope} and ${lacking}`,
			values
		);
		if (rows[0]!.n) remarks.push({ code: 'register.remark-part', details: { n: rows[0]!.n } });
	}
	const { rows: others } = await client.query('select from official_bodies where source <> $1 limit 1', [source]);
	if (others.length) await link(client);
	await client.query('truncate official_seen');
	await client.query(
		'update official_imports set finished_at = now(), seen_at = now(), bodies_vanished = $2, remarks = $3 where id = $1',
		[one.id, vanished, JSON.stringify(remarks)]
	);
	await client.query('commit');
	await client.query('analyze official_bodies');
}

/**
 * Who is who, by the numbers that registers publish of one another. A record is shown under that of the association register; the
 * link that no number says any more is ended, and kept.
 */
async function link(client: pg.Client): Promise<void> {
	await client.query('create temp table said (body_id bigint, other_id bigint, by_number text) on commit drop');
	await client.query(
		`insert into said
		select i.id, w.id, 'former' from official_bodies i join official_bodies w on w.source = 'rna-waldec' and w.key = i.rna
			where i.source = 'rna-import' and i.rna is not null
		union
		select s.id, r.id, 'rna' from official_bodies s join official_bodies r on r.source = 'rna-waldec' and r.key = s.rna
			where s.source = 'sirene' and s.rna is not null
		union
		select s.id, r.id, 'siren' from official_bodies r join official_bodies s on s.source = 'sirene' and s.key = r.siren
			where r.source in ('rna-waldec', 'rna-import') and r.siren is not null`
	);
	await client.query('analyze said');
	await client.query(
		`update official_links l set until = clock_timestamp() where until is null and not exists
			(select from said s where (s.body_id, s.other_id, s.by_number) = (l.body_id, l.other_id, l.by_number))`
	);
	await client.query(
		`insert into official_links (body_id, other_id, by_number, since) select body_id, other_id, by_number, clock_timestamp() from said s
		where not exists (select from official_links l where l.until is null
			and (s.body_id, s.other_id, s.by_number) = (l.body_id, l.other_id, l.by_number))`
	);
	// Under the living one, then the one that declared something last.
	await client.query(
		`with shown as (
			select distinct on (l.body_id) l.body_id, coalesce(next.other_id, o.id) as other_id
			from official_links l join official_bodies o on o.id = l.other_id
			left join official_links next on next.body_id = o.id and next.by_number = 'former' and next.until is null
			where l.until is null order by l.body_id, o.source desc, o.active desc, o.declared_on desc nulls last, o.id)
		update official_bodies b set same_as = shown.other_id, changed_at = clock_timestamp() from shown
		where b.id = shown.body_id and b.same_as is distinct from shown.other_id`
	);
	await client.query(
		`update official_bodies b set same_as = null, changed_at = clock_timestamp() where same_as is not null
			and not exists (select from official_links l where l.body_id = b.id and l.until is null)`
	);
}
