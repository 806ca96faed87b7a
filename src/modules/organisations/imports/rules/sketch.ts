import { Refused } from '#platform/errors.ts';
import { clean, isEmail } from './cells.ts';
import { decode, type Encoding } from './encoding.ts';
import { mostBytes, type Mapping } from './list.ts';
import { hasShortPostcodes, readRow, type Rejected, type Remark, type Row } from './row.ts';
import { readingOrder, type Field } from './columns.ts';
import { mendDecimals } from './decimals.ts';
import { findHeader, headerOf, isJson, mostColumns, readTable, type Line, type Separator, type Table } from './table.ts';

/** The beginning of a list, kept with it so that its columns can be shown and matched before it is read. */
export type Sketch = {
	format: Table['format'];
	encoding: Encoding;
	separator: Separator | null;
	/** The keys of a JSON list, which need no header. */
	keys: string[] | null;
	/** The first lines that hold something, a header and a title above it among them. */
	lines: Line[];
	/** Whether one of them seems to say what the columns are. */
	header: boolean;
	told: Remark[];
};

/** Signs: as much of a file as its beginning is looked for in. */
const beginning = 400_000;
const mostLines = 40;
const longestSample = 400;

/** The bytes that a list begins with, up to the end of a line. */
function beginningOf(bytes: Uint8Array): Uint8Array {
	if (bytes.length <= beginning) return bytes;
	const end = bytes.lastIndexOf(0x0a, beginning);
	// A line that is longer than all this is shown by how it begins. In UTF-16, the end of a line is two bytes.
	return end < 0 || bytes.indexOf(0x0a) === end
		? bytes.subarray(0, beginning)
		: bytes.subarray(0, bytes[end + 1] === 0 ? end + 2 : end + 1);
}

const isPlain = (cell: string): boolean =>
	cell.length <= 60 && /\p{L}/u.test(cell) && !isEmail(cell) && !/^(?:https?:\/\/|www\.)/i.test(cell);
const isFigure = (cell: string): boolean => /\d/.test(cell) || isEmail(cell) || /^(?:https?:\/\/|www\.)/i.test(cell);

/** Whether a first line in words that we don't know heads its columns: it is all words, and some column below is not. */
function looksLikeHeader(lines: readonly Line[]): boolean {
	const [first, ...below] = lines.map(({ cells }) => cells.map(clean));
	if (!first || below.length === 0 || first.length < 2) return false;
	if (!first.every(isPlain) || new Set(first).size < first.length || first.some((cell) => /\d{3}/.test(cell))) return false;
	return first.some((cell, place) => {
		const held = below.map((cells) => cells[place] ?? '').filter(Boolean);
		return !isFigure(cell) && held.length > 0 && held.filter(isFigure).length >= held.length * 0.8;
	});
}

/** The beginning of a list: what its columns are matched by. Refused when it is no list. */
export function sketchOf(bytes: Uint8Array, filename = ''): Sketch {
	if (bytes.length > mostBytes) throw new Refused('organisations.import-too-heavy', { most: mostBytes / 1_000_000 });
	const first = decode(beginningOf(bytes));
	if (!/[^\s;,|"]/.test(first.text)) throw new Refused('organisations.import-empty');
	const whole = isJson(first.text, filename) && bytes.length > beginning ? decode(bytes) : first;
	const table = readTable(whole.text, filename, false);
	const written = table.lines.filter(({ cells }) => cells.some((cell) => clean(cell) !== '')).slice(0, mostLines);
	const header = table.names === null && (findHeader(written, table.separator) >= 0 || looksLikeHeader(written));
	if (!written.length || (header && written.length === 1)) throw new Refused('organisations.import-header-only');
	const told: Remark[] = [];
	if (first.twice) told.push({ code: 'organisations.import-twice-encoded', details: { n: first.twice } });
	if (table.quotesBroken) told.push({ code: 'organisations.import-quotes', details: {} });
	return {
		format: table.format,
		encoding: whole.encoding,
		separator: table.separator,
		keys: table.names,
		lines: written.map(({ line, cells }) => ({
			line,
			cells: cells.slice(0, mostColumns + 50).map((cell) => cell.slice(0, longestSample))
		})),
		header,
		told
	};
}

/** The columns of a sketch and the lines below them, with or without a header as somebody says. */
export function columnsOf(sketch: Sketch, header: boolean): { headers: string[]; lines: readonly Line[] } {
	if (sketch.keys) return { headers: sketch.keys, lines: sketch.lines };
	const { at, names } = headerOf(sketch.lines, sketch.separator, header);
	const lines = sketch.lines.slice(at + 1);
	const headers = names ?? Array.from({ length: Math.max(1, ...lines.map(({ cells }) => cells.length)) }, () => '');
	if (headers.length > mostColumns) throw new Refused('organisations.import-too-many-columns', { most: mostColumns });
	return { headers, lines: sketch.separator === ',' ? mendDecimals(lines, headers).lines : lines };
}

const mostShown = 8;

/** The first lines of a list, read as a mapping says. */
export function preview(sketch: Sketch, mapping: Mapping): (Row | Rejected)[] {
	const { headers, lines } = columnsOf(sketch, mapping.header);
	const columns = headers.map((header, place) => ({ header, field: mapping.fields[place] ?? null }));
	const usual = readingOrder(headers);
	const order = [...new Set([...(mapping.order ?? []).filter((place) => place in columns), ...usual])];
	const how = { format: sketch.format, short: hasShortPostcodes(lines, columns) };
	return lines.slice(0, mostShown).map((line) => readRow(line, columns, order, how));
}

/** Refuses a mapping by which no column gives the name: no line could be read. */
export function refuseNameless(headers: readonly string[], fields: readonly (Field | null)[]): void {
	if (fields.includes('name')) return;
	const named = headers.filter(Boolean).slice(0, 12).join(', ').slice(0, 300);
	throw named
		? new Refused('organisations.import-no-names', { columns: named }, 'field')
		: new Refused('organisations.import-no-header', {}, 'field');
}
