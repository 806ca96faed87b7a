import type pg from 'pg';
import { partReader, tables, type PartRow, type Table } from '../../rules/bce.ts';
import { readLetters } from '../../rules/letters.ts';
import type { Row } from '../../rules/rows.ts';
import { headOf, refused, rowsOf, uncut, type Rejected } from '../cutting.server.ts';
import type { Text } from '../opening.server.ts';
import { copyInto } from '../storing.server.ts';

/** Rows that are laid in one transaction, of which most say nothing of what is kept. */
const step = 50_000;
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
export async function labelsOf(client: pg.Client): Promise<Map<string, string>> {
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
	if (laid.rows.length) await copyInto(client, 'official_parts (key, part, line, said)', laid.rows);
	if (!laid.codes.length) return;
	await client.query(
		'create temp table if not exists said_codes (list text, code text, language text, label text) on commit drop'
	);
	await copyInto(client, 'said_codes', laid.codes);
	await client.query(
		`insert into official_codes (list, code, label, source, read_at)
			select distinct on (list, code) list, code, label, 'bce', clock_timestamp() from said_codes
			order by list, code, array_position(array['FR', 'NL', 'DE'], language)
		on conflict (list, code) do update set label = excluded.label, source = excluded.source, read_at = excluded.read_at`
	);
}
