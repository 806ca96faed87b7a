import { hash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Refused } from '#platform/errors.ts';
import { word } from '#platform/say.ts';
import { placeKey } from '#modules/territories/rules.ts';
import {
	joinParts,
	neededTables,
	partReader,
	tableOf,
	tables,
	type Communes,
	type Joined,
	type Part,
	type PartRow,
	type Table
} from '../rules/bce.ts';
import { readLetters } from '../rules/letters.ts';
import { bodyColumns } from '../rules/published.ts';
import type { Row } from '../rules/rows.ts';
import { headOf, refused, rowsOf, uncut, type Rejected } from './cutting.server.ts';
import type { Text } from './opening.server.ts';

/*
 * The Banque-Carrefour is read in two movements. The rows of its tables that say something of a body of ours are laid in
 * `official_parts`, step by step like any import; then the bodies are joined, thousands at a time, in the order of their keys. Both
 * say how far they are in the import's own row: cut anywhere, it goes on.
 */

/** Rows that are laid in one transaction, of which most say nothing of what is kept. */
const step = 50_000;
/** Bodies that are joined in one transaction. */
const page = 5000;
/** To join takes about a fifth of the whole: so much of the bar is left for it. */
const joining = 0.25;

export type Laid = {
	rows: string[];
	codes: string[];
	rejected: Rejected[];
	read: number;
	other: number;
	joined: number;
	bytes: number;
};

/** What a reading of the tables is given: which texts there are, and how many rows were laid before. */
export type Tables = { found: Map<Table, Text>; total: number };

/** The tables among the texts of what was brought; what lacks one that is needed, or only says changes, is refused. */
export async function tablesOf(texts: readonly Text[]): Promise<Tables> {
	const found = new Map<Table, Text>();
	for (const text of texts) {
		const table = tableOf((await headOf(text)).headers);
		if (table === 'update' || /_(?:insert|delete)\.csv$/i.test(text.name)) throw new Refused('register.bce-update');
		if (table) found.set(table, text);
	}
	const missing = neededTables.filter((table) => !found.has(table));
	if (missing.length) throw new Refused('register.bce-tables-missing', { names: missing.map((one) => `${one}.csv`).join(', ') });
	const sizes = [...found.values()].reduce((sum, { size }) => sum + size, 0);
	return { found, total: Math.ceil(sizes * (1 + joining)) };
}

/** A set of numbers of enterprises, as bits: their first eight figures say which, whatever how many they are. */
class Enterprises {
	#bits = new Uint8Array(20_000_000 / 8);
	add(key: string): void {
		const at = Number(key.slice(0, 8));
		if (at < 20_000_000) this.#bits[at >> 3]! |= 1 << (at & 7);
	}
	has(key: string): boolean {
		const at = Number(key.slice(0, 8));
		return at < 20_000_000 && (this.#bits[at >> 3]! & (1 << (at & 7))) !== 0;
	}
}

const escaped = (value: string | null): string =>
	value === null ? '\\N' : value.replaceAll('\\', '\\\\').replaceAll('\t', ' ').replaceAll('\n', ' ');
const list = (said: readonly (string | null)[]): string =>
	`{${said.map((one) => (one === null ? 'NULL' : `"${one.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;

/** The labels of legal forms that were read so far. */
async function labelsOf(client: pg.Client): Promise<Map<string, string>> {
	const { rows } = await client.query<{ code: string; label: string }>(
		`select code, label from official_codes where list = 'bce-form'`
	);
	return new Map(rows.map(({ code, label }) => [code, label]));
}

const listOf: Record<string, string> = {
	JuridicalForm: 'bce-form',
	Nace2003: 'nace-2003',
	Nace2008: 'nace-2008',
	Nace2025: 'nace-2025'
};

/** Reads the tables into steps that are ready to be laid; rows that were laid before are passed over. */
export class TablesReader {
	readonly #client: pg.Client;
	readonly #tables: Tables;
	readonly #skip: number;
	readonly #kept = new Enterprises();
	/** A table ends in the middle of a row. */
	cut = false;

	constructor(client: pg.Client, found: Tables, skip: number) {
		this.#client = client;
		this.#tables = found;
		this.#skip = skip;
	}

	async *steps(): AsyncGenerator<Laid, void> {
		const known = await this.#client.query<{ key: string }>(`select key from official_parts where part = 'enterprise'`);
		for (const { key } of known.rows) this.#kept.add(key);
		let bytes = 0;
		let passed = 0;
		let laid = empty();
		for (const table of tables) {
			const text = this.#tables.found.get(table);
			if (!text) continue;
			// What the labels of forms say is needed once their table was read, and committed.
			if (laid.codes.length) {
				yield { ...laid, bytes };
				laid = empty();
			}
			const head = await headOf(text);
			const reading = await this.#begin(table, text.name, head.headers);
			for await (const { rows, letters, cut } of rowsOf(text, head)) {
				bytes += letters;
				for (const row of rows) {
					if (passed++ < this.#skip) continue;
					laid.read++;
					this.#take(laid, row, reading);
				}
				if (cut) this.cut = true;
				if (laid.read < step) continue;
				yield { ...laid, bytes };
				laid = empty();
			}
		}
		yield { ...laid, bytes };
	}

	async #begin(table: Table, file: string, headers: readonly string[]): Promise<Reading> {
		if (table === 'code') {
			const at = ['Category', 'Code', 'Language', 'Description'].map((column) => headers.indexOf(column));
			return { table, file, read: null, at };
		}
		if (table === 'meta' || table === 'branch') return { table, file, read: null, at: [] };
		const labels = table === 'enterprise' ? await labelsOf(this.#client) : new Map<string, string>();
		return { table, file, read: partReader(table, headers, { labels, keeps: (key) => this.#kept.has(key) }), at: [] };
	}

	#take(laid: Laid, row: Row, { table, file, read, at }: Reading): void {
		if ('reason' in row) {
			laid.rejected.push(uncut(row, file));
			return;
		}
		if (table === 'code') {
			const [category, code, language, label] = at.map((place) => readLetters(row.cells[place] ?? '').trim());
			const kept = listOf[category!];
			// French first: what came in another language gives way to it.
			if (kept && code && label && (language === 'FR' || language === 'NL' || language === 'DE'))
				laid.codes.push([kept, code, language, label.slice(0, 300)].map(escaped).join('\t') + '\n');
			laid.joined++;
			return;
		}
		if (!read) {
			laid.other++;
			return;
		}
		const fate = read(row.cells);
		if (fate.is === 'other') laid.other++;
		else if (fate.is === 'rejected') laid.rejected.push(refused(row, fate, file));
		else {
			if (table === 'enterprise') this.#kept.add(fate.key);
			else laid.joined++;
			laid.rows.push(`${fate.key}\t${table}\t${row.line}\t${escaped(list(fate.said))}\n`);
		}
	}
}

type Reading = { table: Table; file: string; read: ((cells: readonly string[]) => PartRow) | null; at: number[] };
const empty = (): Laid => ({ rows: [], codes: [], rejected: [], read: 0, other: 0, joined: 0, bytes: 0 });

/** Writes one step, inside the transaction of whoever asks. */
export async function lay(client: pg.Client, laid: Laid): Promise<void> {
	if (laid.rows.length) await copy(client, 'official_parts (key, part, line, said)', laid.rows);
	if (!laid.codes.length) return;
	await client.query(
		'create temp table if not exists said_codes (list text, code text, language text, label text) on commit drop'
	);
	await copy(client, 'said_codes', laid.codes);
	await client.query(
		`insert into official_codes (list, code, label, source, read_at)
			select distinct on (list, code) list, code, label, 'bce', clock_timestamp() from said_codes
			order by list, code, array_position(array['FR', 'NL', 'DE'], language)
		on conflict (list, code) do update set label = excluded.label, source = excluded.source, read_at = excluded.read_at`
	);
}

async function copy(client: pg.Client, into: string, rows: string[]): Promise<void> {
	const stream = client.query(copyFrom(`copy ${into} from stdin`));
	const done = finished(stream);
	stream.end(rows.join(''));
	await done;
}

/** The communes of Belgium that an administrator brought, found by a postcode and a name in either language. */
async function belgianCommunes(client: pg.Client): Promise<Communes> {
	const { rows } = await client.query<{ code: string; name: string; name_key: string; postcodes: string[] }>(
		`select code, name, trim(name_key) as name_key, postcodes from areas where kind = 'foreign_commune' and ended_at is null`
	);
	const byPostcode = new Map<string, typeof rows>();
	const byName = new Map<string, typeof rows>();
	const put = (into: Map<string, typeof rows>, under: string, row: (typeof rows)[number]) => {
		const there = into.get(under);
		if (there) there.push(row);
		else into.set(under, [row]);
	};
	for (const row of rows) {
		put(byName, row.name_key, row);
		for (const postcode of row.postcodes) put(byPostcode, postcode, row);
	}
	return (postcode, names) => {
		const keys = names.flatMap((name) => (name ? [placeKey(name).trim()] : []));
		const there = postcode ? (byPostcode.get(postcode) ?? []) : [];
		const named = there.filter((row) => keys.includes(row.name_key));
		const found =
			named[0] ??
			(there.length === 1 ? there[0] : undefined) ??
			keys.flatMap((key) => (byName.get(key)?.length === 1 ? byName.get(key)! : []))[0];
		return found ? { key: `ext-${found.code}`, name: found.name } : null;
	};
}

/** What is joined at a time: lines for the staging table of imports, and what could not be. */
export type Page = {
	until: string;
	staged: string[];
	rejected: Rejected[];
	repeated: number;
	elsewhere: number;
	unverified: number;
	establishments: string[];
	keys: string[];
};

/** Joins the bodies whose key comes after `after`, a page at a time. */
export async function* pagesOf(
	client: pg.Client,
	{
		after,
		wanted,
		first,
		file
	}: { after: string; wanted: { communes: ReadonlySet<string> } | null; first: boolean; file: string }
): AsyncGenerator<Page, void> {
	const labels = await labelsOf(client);
	const communes = await belgianCommunes(client);
	for (let from = after; ;) {
		const { rows } = await client.query<{ key: string; parts: [Part, (string | null)[], number][] }>(
			`select key, jsonb_agg(jsonb_build_array(part, said, line) order by part, line) as parts from official_parts
			where key in (select key from official_parts where key > $1 and part = 'enterprise' group by key order by key limit ${page})
			group by key order by key`,
			[from]
		);
		if (!rows.length) return;
		from = rows.at(-1)!.key;
		const joined: Page = {
			until: from,
			staged: [],
			rejected: [],
			repeated: 0,
			elsewhere: 0,
			unverified: 0,
			establishments: [],
			keys: []
		};
		for (const { key, parts } of rows) {
			const own = parts.filter(([part]) => part === 'enterprise');
			joined.repeated += own.length - 1;
			const body = joinParts(
				key,
				parts.map(([part, said]) => [part, said] as const),
				{ labels, communes }
			);
			if (!body) {
				joined.rejected.push({ line: own[0]![2], why: word('register_why_name'), raw: key, file });
				continue;
			}
			stage(joined, body, wanted, first);
		}
		yield joined;
	}
}

function stage(joined: Page, body: Joined, wanted: { communes: ReadonlySet<string> } | null, first: boolean): void {
	const { record, postcode, commune, establishments } = body;
	const elsewhere = wanted !== null && !wanted.communes.has(postcode ?? '') && !wanted.communes.has(commune ?? '');
	if (elsewhere && first) {
		joined.elsewhere++;
		return;
	}
	// What is unknown is written as nothing, as every import does.
	const values = bodyColumns.map((column) => (record as Record<string, string | null>)[column] ?? '');
	const said = values.join('\t').replaceAll('\\', '\\\\');
	// An establishment that opens or closes is a change of its body.
	const places = establishments.map(({ number, since }) => `${number}${since}`).join();
	const fingerprint = Number.parseInt(hash('sha1', said + places).slice(0, 13), 16);
	if (record.unverified) joined.unverified++;
	joined.staged.push(`${joined.staged.length}\t${elsewhere ? 't' : 'f'}\t${said}\t${fingerprint}\n`);
	joined.keys.push(record.key);
	for (const { number, since } of establishments) joined.establishments.push(`${number}\t${record.key}\t${since ?? '\\N'}\n`);
}

/** The establishments of the bodies of a page, as the register gives them today. */
export async function writeEstablishments(client: pg.Client, joined: Page, importId: number): Promise<void> {
	await client.query('create temp table if not exists said_places (number text, key text, started_on date) on commit drop');
	if (joined.establishments.length) await copy(client, 'said_places (number, key, started_on)', joined.establishments);
	await client.query(
		`delete from official_establishments e where e.key = any ($1) and not exists (select from said_places s where s.number = e.number)`,
		[joined.keys]
	);
	await client.query(
		`insert into official_establishments (number, key, started_on, import_id)
			select distinct on (s.number) s.number, s.key, s.started_on, $1 from said_places s
			where exists (select from official_bodies b where b.source = 'bce' and b.key = s.key) order by s.number
		on conflict (number) do update set key = excluded.key, started_on = excluded.started_on, import_id = excluded.import_id
			where (official_establishments.key, official_establishments.started_on) is distinct from (excluded.key, excluded.started_on)`,
		[importId]
	);
}
