import { word } from '#platform/say.ts';
import { readLetters } from '../rules/letters.ts';
import { headersIn, Rows, separatorOf, type Row } from '../rules/rows.ts';
import type { Text } from './opening.server.ts';

/** What a text begins with: its columns, the sign that stands between them, and how many letters that takes. */
export type Head = { headers: string[]; separator: string; length: number };

/** How far a first line is looked for. */
const longestHead = 100_000;

/** Reads the first line of a text, and no more of it. */
export async function headOf(text: Text): Promise<Head> {
	let read = '';
	for await (const piece of text.pieces()) {
		read += piece;
		if (read.includes('\n') || read.length > longestHead) break;
	}
	const line = read.split('\n', 1)[0]!;
	return { headers: headersIn(line), separator: separatorOf(line), length: Math.min(read.length, line.length + 1) };
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
	{ headers, separator, length }: Head,
	mend: ((cells: readonly string[]) => string[] | null) | null = null
): AsyncGenerator<Cut, void> {
	const rows = new Rows({ separator, width: headers.length, line: 2, mend });
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
	why: word(`register_why_${row.reason.replace('-', '_')}`, { found: row.found }),
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
