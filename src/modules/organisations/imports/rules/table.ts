import { CsvError, parse } from 'csv-parse/sync';
import { Refused } from '#platform/errors.ts';
import { fieldOf } from './columns.ts';

export const mostRows = 50_000;
export const mostColumns = 200;

export const separators = [';', '\t', ',', '|'] as const;
export type Separator = (typeof separators)[number];

/** A line of a list: where it stood, and its cells as they were written. */
export type Line = { line: number; cells: string[] };

/** A list before anything is understood of it. `names` is null when no line says what the columns are. */
export type Table = {
	format: 'csv' | 'json' | 'text';
	separator: Separator | null;
	names: string[] | null;
	/** Lines above the header: a title, a date. */
	preamble: number;
	lines: Line[];
	/** Quotes did not pair up and were read as plain signs. */
	quotesBroken: boolean;
};

/** The first lines, cut at one separator outside quotes. */
function sampleOf(text: string, separator: string): string[][] {
	const sample = text
		.slice(0, 60_000)
		.split(/\r\n|\n|\r/)
		.filter((line) => line.trim() !== '')
		.slice(0, 60);
	return sample.map((line) => {
		const cells: string[] = [];
		let cell = '';
		let quoted = false;
		for (const sign of line) {
			if (sign === '"') quoted = !quoted;
			else if (sign === separator && !quoted) {
				cells.push(cell);
				cell = '';
			} else cell += sign;
		}
		return [...cells, cell];
	});
}

/** Whether a line says what its columns are, in words that we know. */
function isHeader(cells: readonly string[]): boolean {
	const fields = cells.map(fieldOf).filter((field) => field !== null);
	return fields.includes('name') || new Set(fields).size >= 2;
}

/** Whether a line gives the name of a column and that of another: no title does, however many cells it fills. */
const isSureHeader = (cells: readonly string[]): boolean => {
	const fields = cells.map(fieldOf).filter((field) => field !== null);
	return fields.includes('name') && new Set(fields).size >= 2;
};

/** Where the header is: the first line with anything on it, or below a title that fills fewer cells. */
export function findHeader(lines: readonly Line[], separator: Separator | null): number {
	const filled = lines.slice(0, 10).map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
	const first = filled.findIndex((count) => count > 0);
	const at = lines.slice(0, 10).findIndex(({ cells }) => isHeader(cells));
	if (at <= first) return at;
	const wide = filled[at] ?? 0;
	const sure = isSureHeader(lines[at]!.cells);
	return separator !== null && filled.slice(0, at).every((count) => (sure ? count < wide : count * 2 <= wide)) ? at : -1;
}

/** The separator that makes columns with known headers, or else that cuts nearly every line at the same number of places. */
function findSeparator(text: string): Separator | null {
	let best: Separator | null = null;
	let bestScore = 0;
	for (const separator of separators) {
		const sample = sampleOf(text, separator);
		const header = sample.slice(0, 5).find((cells) => cells.length > 1 && isHeader(cells));
		const width = (header ?? sample[0] ?? []).length;
		if (width < 2) continue;
		const alike = sample.filter((cells) => cells.length === width).length / sample.length;
		const known = header ? header.map(fieldOf).filter((field) => field !== null).length : 0;
		if (!known && (alike < 0.8 || sample.length < 2)) continue;
		const score = known * 10 + alike * 5 + Math.min(width, 20) / 10;
		if (score > bestScore) [best, bestScore] = [separator, score];
	}
	return best;
}

/** Refuses a line of too many cells before it is cut: cutting it is what would cost. */
function refuseWideLines(text: string, separator: string): void {
	let wide = 0;
	for (const sign of text) {
		if (sign === '\n' || sign === '\r') wide = 0;
		else if (sign === separator && ++wide > 20_000)
			throw new Refused('organisations.import-too-many-columns', { most: mostColumns });
	}
}

function cut(text: string, separator: Separator | null, quotes: boolean, strictly = false): Line[] {
	const lines: Line[] = [];
	let before = 0;
	let written = 0;
	parse(text, {
		// A sign that no text holds stands for « no separator ».
		delimiter: separator ?? '\u0001',
		quote: quotes ? '"' : null,
		record_delimiter: ['\r\n', '\n', '\r'],
		relax_column_count: true,
		relax_quotes: !strictly,
		on_record: (cells: string[], { lines: read }: { lines: number }) => {
			lines.push({ line: before + 1, cells });
			before = read;
			if (cells.some((cell) => cell.trim() !== '')) written++;
			// Ten more for a title and a header.
			if (written > mostRows + 10 || lines.length > 4 * mostRows)
				throw new Refused('organisations.import-too-many-rows', { most: mostRows });
			return null;
		}
	});
	return lines;
}

/** How many lines have as many cells as most have. */
function regular(lines: readonly Line[]): number {
	const counts = new Map<number, number>();
	for (const { cells } of lines) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
	counts.delete(1);
	return Math.max(0, ...counts.values());
}

/** Whether each quote of a file opens or closes a cell, and some cell is in quotes on one line: then it means its quotes. */
function meansItsQuotes(text: string, separator: Separator | null): boolean {
	const edge = separator === null ? '' : `|\\${separator === '\t' ? 't' : separator}`;
	if (!new RegExp(`(?:^${edge})"[^"\\r\\n]*(?:""[^"\\r\\n]*)*"(?:$${edge})`, 'm').test(text)) return false;
	try {
		cut(text, separator, true, true);
		return true;
	} catch (error) {
		if (error instanceof CsvError) return false;
		throw error;
	}
}

/** Cut with quotes; without, when they don't pair up, or when a stray pair of them would swallow whole lines. */
function cutWithQuotes(text: string, separator: Separator | null): { lines: Line[]; quotesBroken: boolean } {
	let quoted: Line[];
	try {
		quoted = cut(text, separator, true);
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		return { lines: cut(text, separator, false), quotesBroken: true };
	}
	const swallowed = quoted.some(({ cells }) =>
		cells.some((cell) => /[\r\n]/.test(cell) && (separator === null || cell.includes(separator)))
	);
	if (!swallowed || meansItsQuotes(text, separator)) return { lines: quoted, quotesBroken: false };
	const plain = cut(text, separator, false);
	const better = separator === null ? plain.length > quoted.length : regular(plain) > regular(quoted);
	return better ? { lines: plain, quotesBroken: true } : { lines: quoted, quotesBroken: false };
}

const isFilled = ({ cells }: Line): boolean => cells.some((cell) => cell.trim() !== '');

/** Where the header is when somebody has said whether there is one: where we see it, else the first line with anything on it. */
function headerAt(lines: readonly Line[], separator: Separator | null, said: boolean | undefined): number {
	if (said === false) return -1;
	const seen = findHeader(lines, separator);
	return seen >= 0 || !said ? seen : lines.findIndex(isFilled);
}

/**
 * The header of a list: its names, and the last of its lines. A second line that says more completes it (« Nom | Adresse | » above
 * « | Rue | CP | Ville »), as merged cells leave it.
 */
export function headerOf(
	lines: readonly Line[],
	separator: Separator | null,
	said: boolean | undefined
): { at: number; names: string[] | null } {
	const at = headerAt(lines, separator, said);
	if (at < 0) return { at, names: null };
	const above = lines[at]!.cells.map((cell) => cell.trim());
	const next = lines.findIndex((line, place) => place > at && isFilled(line));
	const below = lines[next]?.cells.map((cell) => cell.trim()) ?? [];
	const both = Array.from({ length: Math.max(above.length, below.length) }, (_, place) => below[place] || above[place] || '');
	const known = (cells: readonly string[]) => new Set(cells.map(fieldOf).filter((field) => field !== null)).size;
	const named = above.findIndex((cell) => fieldOf(cell) === 'name');
	const completes =
		known(below) >= 2 &&
		known(both) > known(above) &&
		!below.some((cell) => /\d{2}|@/.test(cell)) &&
		(!below[named] || fieldOf(below[named]) === 'name');
	return completes ? { at: next, names: both } : { at, names: above };
}

/** What was quoted whole, line by line (« "Nom;Ville" »), as a tool does that took each line for one cell; null when it was not. */
function unquoted(text: string): string | null {
	const lines = text.split(/\r\n|\n|\r/);
	const whole = /^"((?:[^"]|"")*)"\s*$/;
	if (!lines.every((line, place) => place === 0 || line.trim() === '' || whole.test(line))) return null;
	const bare = lines.map((line) => (whole.exec(line)?.[1] ?? line).replaceAll('""', '"'));
	const separator = findSeparator(bare.join('\n'));
	const [first] = separator ? sampleOf(bare.join('\n'), separator) : [];
	return first && isSureHeader(first) ? bare.join('\n') : null;
}

function readLines(given: string, said: boolean | undefined): Table {
	const text = (findSeparator(given) === null && unquoted(given)) || given;
	const separator = findSeparator(text);
	if (separator) refuseWideLines(text, separator);
	const { lines, quotesBroken } = cutWithQuotes(text, separator);
	const { at, names } = headerOf(lines, separator, said);
	if ((names ?? lines[0]?.cells ?? []).length > mostColumns)
		throw new Refused('organisations.import-too-many-columns', { most: mostColumns });
	return {
		format: separator ? 'csv' : 'text',
		separator,
		names,
		preamble: Math.max(0, at),
		lines: lines.slice(at + 1),
		quotesBroken
	};
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function isObject(value: Json | undefined): value is { [key: string]: Json } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list in an answer: itself, or the longest list of things within it (`results`, `records`, `features`…). */
function findList(value: Json, depth = 0): Json[] | null {
	if (Array.isArray(value)) return value;
	if (!isObject(value) || depth > 3) return null;
	const lists = Object.values(value)
		.map((inner) => findList(inner, depth + 1))
		.filter((list) => list !== null);
	return lists.reduce<Json[] | null>((best, list) => (list.length > (best?.length ?? -1) ? list : best), null);
}

function cellOf(value: Json | undefined): string {
	if (value === null || value === undefined) return '';
	if (Array.isArray(value)) return value.map(cellOf).filter(Boolean).join(' ; ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What one thing of a list says: its own fields, those that open data portals wrap (`fields`, `properties`), one level of nested ones. */
function fieldsOfItem(item: { [key: string]: Json }): Map<string, string> {
	const wrapped =
		[item.fields, item.properties, isObject(item.record) ? item.record.fields : undefined].find((inner) => isObject(inner)) ??
		item;
	const found = new Map<string, string>();
	for (const [key, value] of Object.entries(wrapped as { [key: string]: Json })) {
		if (isObject(value)) for (const [inner, deep] of Object.entries(value)) found.set(`${key} ${inner}`, cellOf(deep));
		else found.set(key, cellOf(value));
	}
	return found;
}

function brokenAt(text: string, error: unknown): Refused {
	const place = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
	return new Refused('organisations.import-json-broken', {
		line: text.slice(0, place ? Number(place) : text.length).split('\n').length
	});
}

function readJson(text: string, said: boolean | undefined): Table {
	let parsed: Json;
	try {
		parsed = JSON.parse(text) as Json;
	} catch (error) {
		const lines = text.split(/\r?\n/).filter((line) => line.trim());
		// One object a line, as some exports write them.
		if (lines.length < 2 || !lines.every((line) => line.startsWith('{') && line.trimEnd().endsWith('}')))
			throw brokenAt(text, error);
		try {
			parsed = lines.map((line) => JSON.parse(line) as Json);
		} catch {
			throw brokenAt(text, error);
		}
	}
	const list = findList(parsed);
	if (!list) throw new Refused('organisations.import-json-shape');
	if (list.length > mostRows) throw new Refused('organisations.import-too-many-rows', { most: mostRows });
	const base = { format: 'json', separator: null, preamble: 0, quotesBroken: false } as const;
	if (list.length && list.every((item) => Array.isArray(item))) {
		const lines = list.map((item, place) => ({ line: place + 1, cells: (item as Json[]).map(cellOf) }));
		const header = lines[0] && (said ?? isHeader(lines[0].cells)) ? lines[0].cells : null;
		return { ...base, names: header, lines: header ? lines.slice(1) : lines };
	}
	if (list.length && list.every((item) => typeof item === 'string'))
		return { ...base, names: null, lines: list.map((item, place) => ({ line: place + 1, cells: [item as string] })) };
	const items = list.map((item) => (isObject(item) ? fieldsOfItem(item) : null));
	const names = [...new Set(items.flatMap((item) => (item ? [...item.keys()] : [])))];
	if (names.length > mostColumns) throw new Refused('organisations.import-too-many-columns', { most: mostColumns });
	// What is not an object has no name: it comes back as a line of its own.
	return {
		...base,
		names,
		lines: items.map((item, place) => ({
			line: place + 1,
			cells: item ? names.map((name) => item.get(name) ?? '') : ['', ...names.slice(1).map(() => ''), cellOf(list[place])]
		}))
	};
}

/** Whether a text is JSON, by its name and how it begins. */
export function isJson(text: string, filename: string): boolean {
	const start = text.slice(0, 2000).trimStart();
	return /\.(?:geo)?json$/i.test(filename) ? /^[[{]/.test(start) : /^(?:\[\s*[[{"\]]|\{\s*["}])/.test(start);
}

/** Cuts a list into lines and cells, whatever it is written in. `said` tells whether its first line is a header; we look when nobody says. */
export function readTable(text: string, filename: string, said?: boolean): Table {
	const start = text.slice(0, 2000).trimStart();
	if (/^BEGIN:VCARD/i.test(start)) throw new Refused('organisations.import-cards');
	if (/^(?:<!doctype|<html|<head|<body|<\?xml|<table|<svg)/i.test(start)) throw new Refused('organisations.import-web-page');
	if (!isJson(text, filename)) return readLines(text, said);
	try {
		return readJson(text, said);
	} catch (error) {
		// Things within things without end.
		if (error instanceof RangeError) throw new Refused('organisations.import-json-shape');
		throw error;
	}
}
