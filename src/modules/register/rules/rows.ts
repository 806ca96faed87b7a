import { readLetters } from './letters.ts';

/** A row of a file: its cells, or why they could not be told apart. `line` is its first line, from 1; `raw` is what stood there. */
export type Row =
	{ line: number; cells: string[] } | { line: number; raw: string; reason: 'quotes' | 'columns' | 'too-long'; found: number };

/** What one line may hold, in letters, before it is no line at all; and over how many lines one row may run. */
const longest = 200_000;
const mostLines = 40;

/** The separator of a header: of the usual four, the one that stands there most. */
export function separatorOf(header: string): string {
	const counted = [';', ',', '\t', '|'].map((sign) => [header.split(sign).length, sign] as const);
	return counted.toSorted(([a], [b]) => b - a)[0]![1];
}

/** The cells of a line; 'open' when it ends between quotes, 'quotes' when something follows a closing one. */
export function cellsOf(line: string, separator: string): string[] | 'open' | 'quotes' {
	if (!line.includes('"')) return line.split(separator);
	const cells: string[] = [];
	for (let at = 0; ;) {
		let end: number;
		if (line.charCodeAt(at) === 34) {
			let close = line.indexOf('"', at + 1);
			let doubled = false;
			while (close >= 0 && line.charCodeAt(close + 1) === 34) {
				doubled = true;
				close = line.indexOf('"', close + 2);
			}
			if (close < 0) return 'open';
			const cell = line.slice(at + 1, close);
			cells.push(doubled ? cell.replaceAll('""', '"') : cell);
			end = close + 1;
			if (end < line.length && line[end] !== separator) return 'quotes';
			if (end >= line.length) return cells;
		} else {
			end = line.indexOf(separator, at);
			if (end < 0) {
				cells.push(line.slice(at));
				return cells;
			}
			cells.push(line.slice(at, end));
		}
		at = end + 1;
	}
}

/** The cells of a line whose quotes were not doubled: one that no separator follows is part of what is said. */
function looseCells(line: string, separator: string): string[] | null {
	const cells: string[] = [];
	for (let at = 0; at <= line.length;) {
		const quoted = line[at] === '"';
		const mark = quoted ? `"${separator}` : separator;
		let end = line.indexOf(mark, quoted ? at + 1 : at);
		if (end < 0 && quoted && (line.length < at + 2 || !line.endsWith('"'))) return null;
		if (end < 0) end = quoted ? line.length - 1 : line.length;
		cells.push(line.slice(quoted ? at + 1 : at, end).replaceAll('""', '"'));
		at = end + mark.length;
	}
	return cells;
}

/** The headers that a text begins with. */
export function headersIn(text: string): string[] {
	const line = text.replace(/^\ufeff|^\u00ef\u00bb\u00bf/, '').split(/\r?\n/, 1)[0]!;
	const cells = cellsOf(line, separatorOf(line));
	return typeof cells === 'string' ? [] : cells.map((cell) => readLetters(cell).trim());
}

/**
 * Cuts a text that comes by pieces into rows. A quote that nobody closed spoils its own line and no other: a row that runs over
 * several lines is taken as one only when all its cells are there.
 */
export class Rows {
	#rest = '';
	#line = 1;
	#skipping = false;
	#separator: string;
	#width: number;
	/** How many cells without a column end each row, as the first row has them. */
	#beyond: number | null = null;

	#mend: ((cells: readonly string[]) => string[] | null) | null;

	/** `mend` may put together again a row that has more cells than columns. */
	constructor({
		separator,
		width,
		line,
		mend = null
	}: {
		separator: string;
		width: number;
		line: number;
		mend?: ((cells: readonly string[]) => string[] | null) | null;
	}) {
		this.#separator = separator;
		this.#width = width;
		this.#line = line;
		this.#mend = mend;
	}

	/** The rows that are whole; at the end, what is left. One at a time: those of a whole piece are never held together. */
	*read(piece: string, last = false): Generator<Row, void> {
		const text = this.#rest + piece;
		let at = 0;
		for (;;) {
			let end = text.indexOf('\n', at);
			if (end < 0 && !last) {
				if (text.length - at > longest) {
					if (!this.#skipping) yield { line: this.#line, raw: text.slice(at, at + 500), reason: 'too-long', found: 1 };
					this.#skipping = true;
					at = text.length;
				}
				break;
			}
			if (end < 0) end = text.length;
			if (at >= text.length) break;
			if (this.#skipping) {
				this.#skipping = false;
				at = this.#next(end);
				continue;
			}
			const line = text.slice(at, end);
			const cells = cellsOf(line, this.#separator);
			if (cells === 'open') {
				const over = this.#overLines(text, at, end, last);
				if (over === 'more') break;
				if (over) {
					yield { line: this.#line, cells: over.cells };
					this.#line += over.lines - 1;
					at = this.#next(over.end);
					continue;
				}
			}
			const loose = cells === 'quotes' ? looseCells(line, this.#separator) : null;
			if (loose?.length === this.#width) yield { line: this.#line, cells: loose };
			else if (cells === 'open' || cells === 'quotes')
				yield { line: this.#line, raw: line.slice(0, 500), reason: 'quotes', found: 0 };
			else if (cells.length === this.#width) {
				this.#beyond ??= 0;
				yield { line: this.#line, cells };
			} else {
				const mended = cells.length > this.#width ? (this.#mend?.(cells) ?? this.#within(cells)) : null;
				if (mended) yield { line: this.#line, cells: mended };
				else if (line.trim() !== '') yield { line: this.#line, raw: line.slice(0, 500), reason: 'columns', found: cells.length };
			}
			at = this.#next(end);
		}
		this.#rest = text.slice(at);
	}

	/** Some files end each row with separators that their first line lacks: where the first row does, and nothing stands after them. */
	#within(cells: string[]): string[] | null {
		const beyond = cells.length - this.#width;
		const bare = cells.slice(this.#width).every((cell) => cell.trim() === '');
		this.#beyond ??= bare ? beyond : 0;
		return bare && beyond === this.#beyond ? cells.slice(0, this.#width) : null;
	}

	#next(end: number): number {
		this.#line++;
		return end + 1;
	}

	#overLines(
		text: string,
		at: number,
		from: number,
		last: boolean
	): { cells: string[]; lines: number; end: number } | 'more' | null {
		let end = from;
		for (let lines = 2; lines <= mostLines; lines++) {
			if (end >= text.length) return last ? null : 'more';
			const next = text.indexOf('\n', end + 1);
			if (next < 0 && !last) return text.length - at > longest ? null : 'more';
			end = next < 0 ? text.length : next;
			if (end - at > longest) return null;
			const cells = cellsOf(text.slice(at, end), this.#separator);
			if (cells === 'open') continue;
			if (cells === 'quotes') return null;
			const whole = cells.length > this.#width ? this.#within(cells) : cells;
			return whole?.length === this.#width ? { cells: whole, lines, end } : null;
		}
		return null;
	}
}
