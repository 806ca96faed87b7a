import { Refused } from '#platform/errors.ts';
import { word } from '#platform/say.ts';
import { readLetters } from '../rules/letters.ts';
import { headersIn, Rows, separatorOf, type Row } from '../rules/rows.ts';
import type { Text } from './opening.server.ts';

/** What a text begins with: its columns, the sign that stands between them, and how many letters and lines that takes. */
export type Head = { headers: string[]; separator: string; length: number; lines: number };

/** How far a first line is looked for. */
const longestHead = 100_000;

/** Empty lines, and the line by which a spreadsheet is told the separator. */
const before = /^(?:[ \t]*\n|sep=.\n)+/i;

/** Reads the first line of a text that says something, and no more of it. */
export async function headOf(text: Text): Promise<Head> {
	let read = '';
	for await (const piece of text.pieces()) {
		read += piece;
		if (read.replace(before, '').includes('\n') || read.length > longestHead) break;
	}
	const passed = before.exec(read)?.[0] ?? '';
	const line = read.slice(passed.length).split('\n', 1)[0]!;
	if (line.includes('\0')) throw new Refused('register.no-text', { name: text.name });
	return {
		headers: headersIn(line),
		separator: separatorOf(line),
		length: Math.min(read.length, passed.length + line.length + 1),
		lines: passed.split('\n').length
	};
}

/** A text that is a table, and its head. */
export type Table = { text: Text; head: Head };

/** The tables among texts, with their heads; beside them, what has no columns (a licence, a notice) is passed over and named. */
export async function tablesAmong(texts: readonly Text[]): Promise<{ tables: Table[]; passedOver: string[] }> {
	const all: Table[] = [];
	for (const text of texts) all.push({ text, head: await headOf(text) });
	const tables = all.filter(({ head }) => head.headers.length > 2);
	if (!tables.length) return { tables: all, passedOver: [] };
	return { tables, passedOver: all.filter((one) => !tables.includes(one)).map(({ text }) => text.name) };
}

/** The rows of one piece of a text, to be read before the next is asked for; and how many letters were read. */
export type Cut = {
	rows: Iterable<Row>;
	letters: number;
	/** The text ends in the middle of a row. */
	cut: boolean;
};

/** Cuts what follows the head of a text into rows. `mend` may put together again a row that has more cells than columns. */
export async function* rowsOf(
	text: Text,
	{ headers, separator, length, lines }: Head,
	mend: ((cells: readonly string[]) => string[] | null) | null = null
): AsyncGenerator<Cut, void> {
	const rows = new Rows({ separator, width: headers.length, line: lines + 1, mend });
	let head = length;
	let ended = true;
	for await (const piece of text.pieces()) {
		const after = Math.min(head, piece.length);
		head -= after;
		ended = piece.endsWith('\n');
		yield { rows: rows.read(after ? piece.slice(after) : piece), letters: piece.length, cut: false };
	}
	const last = [...rows.read('', true)];
	yield { rows: last, letters: 0, cut: !ended && last.some((row) => 'reason' in row) };
}

/** The first rows of a text that could be cut: what its columns hold may tell more than their headers. */
export async function sampleOf(text: Text, head: Head): Promise<string[][]> {
	const found: string[][] = [];
	for await (const { rows } of rowsOf(text, head)) {
		for (const row of rows) {
			if ('cells' in row) found.push(row.cells.map(readLetters));
			if (found.length === 50) return found;
		}
	}
	return found;
}

/** A row that is not kept: where it stood, why, and what it said. */
export type Rejected = { line: number; why: string; raw: string; file: string };

/** How a row that could not be cut into cells is told. */
export const uncut = (row: Extract<Row, { reason: string }>, file: string): Rejected => ({
	line: row.line,
	why: word(`register_why_${row.reason}`, { found: row.found }),
	raw: readLetters(row.raw),
	file
});

/** How a row whose cells say something that can't be is told. */
export const refused = (
	row: Extract<Row, { cells: string[] }>,
	{ reason, said }: { reason: string; said: string },
	file: string
): Rejected => ({
	line: row.line,
	why: word(`register_why_${reason}`, { said }),
	raw: readLetters(row.cells.join(';').slice(0, 500)),
	file
});
