import { headerWords } from './columns.ts';
import type { Line } from './table.ts';

/** Columns of quantities, by the words of their headers. */
const quantity =
	/\b(?:montants?|amount|bedrag|sommes?|prix|couts?|budget|euros?|eur|taux|pourcentage|percent(?:age)?|latitude|longitude|lat|lon|lng|surface|superficie|valeur)\b/;
const place = /\b(?:latitude|longitude|lat|lon|lng)\b/;
const whole = /^\s*-?\d{1,3}(?:[\s\u00a0\u202f.]?\d{3})*\s*$/;

/** Whether two cells are the two halves of one number, cut at its comma. */
const halves = (header: string, a = '', b = ''): boolean =>
	whole.test(a) && (place.test(header) ? /^\d{1,15}\s*$/ : /^\d{1,2}\s*[€%]?\s*$/).test(b);

/**
 * Mends the lines that the comma of a decimal cut (« 58 400,00 » without quotes, between commas). Only where most lines of the file
 * are cut at the same column of quantities, and where joining its halves gives a line its number of cells: no other line is touched.
 */
export function mendDecimals(lines: readonly Line[], headers: readonly string[]): { lines: readonly Line[]; mended: number } {
	const words = headers.map((header) => headerWords(header.slice(0, 200)));
	const filled = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
	const long = filled.filter(({ cells }) => cells.length > headers.length);
	if (long.length * 2 <= filled.length) return { lines, mended: 0 };
	const cut: number[] = [];
	for (const [at, header] of words.entries()) {
		if (!quantity.test(header)) continue;
		// Each number that was cut before moves the next ones by a cell.
		const seen = long.filter(({ cells }) => halves(header, cells[at + cut.length], cells[at + cut.length + 1]));
		if (seen.length * 2 > long.length) cut.push(at);
	}
	if (!cut.length) return { lines, mended: 0 };
	let mended = 0;
	const joined = lines.map((line) => {
		if (line.cells.length <= headers.length) return line;
		const cells = [...line.cells];
		for (const at of cut)
			if (cells.length > headers.length && halves(words[at]!, cells[at], cells[at + 1]))
				cells.splice(at, 2, `${cells[at]},${cells[at + 1]}`);
		if (cells.length !== headers.length) return line;
		mended++;
		return { ...line, cells };
	});
	return { lines: joined, mended };
}
