import { Refused } from '#platform/errors.ts';
import { type Identifier, identifierKinds, type IdentifierKind, readIdentifier } from '../../rules/identifiers.ts';
import type { Kind } from '../../rules/mandates.ts';
import { nameKey } from '../../rules/names.ts';
import { clean, control, isEmail, isNothing, readPostcode, readWebsite } from './cells.ts';
import { type Field, fieldsOf, readingOrder } from './columns.ts';
import { mendDecimals } from './decimals.ts';
import { decode, type Encoding } from './encoding.ts';
import { kindSaid } from './kinds.ts';
import { type Line, mostRows, readTable, type Separator } from './table.ts';

export const mostBytes = 20_000_000;
export const longestCell = 10_000;
export const longestName = 300;
export const mostThemes = 20;
const mostUnverified = 10;

/** Something to say of a line: a code that names a message, and what fills it in. */
export type Remark = { code: string; details: Record<string, string | number> };

/** A number that cannot be trusted, as it was written, and why: its register, when the column says it, and the code of the reason. */
export type Unverified = { kind: IdentifierKind | ''; written: string; code: string };

/**
 * How the columns of a file are read: whether a line says what they are, the field of each, and the order in which they are read,
 * that of the file when it is left out. Columns of one field are joined in that order.
 */
export type Mapping = { header: boolean; fields: (Field | null)[]; order?: number[] };

/** One line that names an organisation. `told` says what could not be kept as it was written; `raw` has it. */
export type Row = {
	line: number;
	name: string;
	otherNames: string[];
	sigle: string;
	street: string;
	postcode: string;
	commune: string;
	communeCode: string;
	country: string;
	purpose: string;
	themes: string[];
	website: string;
	email: string;
	/** What a column says that it is; empty when none says it, or nothing that we know. */
	kind: Kind | '';
	identifiers: Identifier[];
	unverified: Unverified[];
	told: Remark[];
	raw: string[];
};

/** A line that names nobody, or whose cells can't be trusted, with the reason. */
export type Rejected = Remark & { line: number; raw: string[] };

/** A list as it was understood. Every line is somewhere: lines = rows + rejected + empty + preamble + 1 if there is a header. */
export type ReadList = {
	format: 'csv' | 'json' | 'text';
	encoding: Encoding;
	separator: Separator | null;
	header: boolean;
	columns: { header: string; field: Field | null }[];
	ignored: string[];
	rows: Row[];
	rejected: Rejected[];
	empty: number;
	preamble: number;
	lines: number;
	told: Remark[];
};

type Reader = { row: Row; house: string; numbers: Set<string> };

function tell(row: Row, code: string, details: Remark['details'] = {}): void {
	row.told.push({ code: `organisations.${code}`, details });
}

function addIdentifier({ row, numbers }: Reader, kind: IdentifierKind | undefined, text: string, header: string): void {
	try {
		const identifier = readIdentifier(kind, text);
		const known = `${identifier.kind}:${identifier.value}`;
		if (numbers.has(known)) return;
		numbers.add(known);
		row.identifiers.push(identifier);
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		// A column « id » may hold the file's own numbers: only what a tool has rounded, or what is as long as a SIRET, is worth a word there.
		if (kind === undefined && error.code !== 'organisations.identifier-rounded' && !/^\D*(?:\d[\s.]*){13,}$/.test(text)) return;
		row.told.push({ code: error.code, details: { ...error.details, column: header, value: text.slice(0, 60) } });
		if (row.unverified.length < mostUnverified)
			row.unverified.push({ kind: kind ?? '', written: text.slice(0, 200), code: error.code });
	}
}

function addEmail(row: Row, text: string): void {
	const parts = text
		.replace(/^mailto:/i, '')
		.split(/[\s;,/]+/)
		.filter(Boolean);
	for (const part of parts.slice(0, 5)) {
		if (!isEmail(part)) tell(row, 'import-email', { value: part.slice(0, 100) });
		else if (row.email && row.email.toLowerCase() !== part.toLowerCase()) tell(row, 'import-second-email', { value: part });
		else row.email ||= part;
	}
	if (parts.length > 5) tell(row, 'import-email', { value: parts.slice(5).join(' ').slice(0, 100) });
}

function addThemes(row: Row, text: string): void {
	for (const theme of text.split(/[;|]/).map((part) => part.trim())) {
		if (!theme || row.themes.includes(theme)) continue;
		if (row.themes.length === mostThemes) {
			tell(row, 'import-too-many-themes', { most: mostThemes, value: theme.slice(0, 100) });
			return;
		}
		row.themes.push(theme);
	}
}

function addCell(reader: Reader, field: Field, text: string, header: string): void {
	const { row } = reader;
	switch (field) {
		case 'name':
			if (row.name !== text) row.name = `${row.name} ${text}`.trim();
			break;
		case 'otherNames':
			row.otherNames.push(text);
			break;
		case 'themes':
			addThemes(row, text);
			break;
		case 'street':
			if (text !== '_') row.street = `${row.street} ${text}`.trim();
			break;
		case 'houseNumber':
			reader.house = text;
			break;
		case 'postcode':
			row.postcode ||= readPostcode(text);
			break;
		case 'website': {
			const website = readWebsite(text);
			if (!website) tell(row, 'import-website', { value: text.slice(0, 100) });
			else row.website ||= website;
			break;
		}
		case 'email':
			addEmail(row, text);
			break;
		case 'purpose':
			row.purpose = row.purpose ? `${row.purpose}\n${text}` : text;
			break;
		case 'sigle':
		case 'commune':
		case 'communeCode':
		case 'country':
			row[field] ||= text;
			break;
		case 'kind':
			row.kind ||= kindSaid(text) ?? '';
			break;
		case 'register':
			addIdentifier(reader, undefined, text, header);
			break;
		default:
			addIdentifier(reader, field, text, header);
	}
}

function emptyRow(line: number, raw: string[]): Row {
	return {
		line,
		name: '',
		otherNames: [],
		sigle: '',
		street: '',
		postcode: '',
		commune: '',
		communeCode: '',
		country: '',
		purpose: '',
		themes: [],
		website: '',
		email: '',
		kind: '',
		identifiers: [],
		unverified: [],
		told: [],
		raw
	};
}

/** Reads one line by its columns, in the order that is given. */
export function readRow(
	{ line, cells }: Line,
	columns: ReadList['columns'],
	order: readonly number[],
	format: ReadList['format']
): Row | Rejected {
	const reject = (code: string, details: Remark['details'] = {}): Rejected => ({
		line,
		code: `organisations.${code}`,
		details,
		raw: cells.slice(0, 250).map((cell) => cell.slice(0, longestCell))
	});
	const long = cells.findIndex((cell) => cell.length > longestCell);
	if (long >= 0) return reject('import-cell-too-long', { column: columns[long]?.header ?? long + 1, most: longestCell });
	// One cell too many: from some place on, each stands under the wrong header.
	if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
		return reject('import-row-too-long', { cells: cells.length, expected: columns.length });
	const row = emptyRow(line, cells);
	const reader: Reader = { row, house: '', numbers: new Set() };
	for (const place of order) {
		const { header, field } = columns[place]!;
		const text = clean(cells[place] ?? '');
		if (field && text && !isNothing(text)) addCell(reader, field, text, header);
	}
	const [other] = row.otherNames;
	if (!row.name && other) {
		row.name = row.otherNames.shift()!;
		tell(row, 'import-name-from-other', { value: other.slice(0, 100) });
	}
	if (!row.name) return reject('import-no-name');
	if (row.name.length > longestName) return reject('import-name-too-long', { most: longestName, written: row.name.length });
	if (nameKey(row.sigle) === nameKey(row.name)) row.sigle = '';
	if (reader.house) row.street = `${row.street} ${reader.house}`.trim();
	// « 34000 Montpellier » in one cell.
	const together = row.postcode ? null : /^(?:F-)?(\d{5}|\d{4})[\s,-]+(\p{L}.*)$/u.exec(row.commune);
	if (together) [row.postcode, row.commune] = [together[1] ?? '', together[2] ?? ''];
	if (format === 'csv' && cells.length < columns.length)
		tell(row, 'import-row-short', { cells: cells.length, expected: columns.length });
	const written = cells.join('');
	if (written.includes('\ufffd')) tell(row, 'import-lost-letters');
	if (written.search(control) >= 0) tell(row, 'import-control-signs');
	return row;
}

function isRegister(cell: string): boolean {
	try {
		readIdentifier(undefined, cell);
		return true;
	} catch {
		return false;
	}
}

/** What columns hold, read from the cells themselves when no header says so. */
export function guessFields(lines: readonly Line[]): (Field | null)[] {
	const sample = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).slice(0, 50);
	const width = Math.max(1, ...sample.map(({ cells }) => cells.length));
	const most = (place: number, looks: (cell: string) => boolean): boolean => {
		const filled = sample.map(({ cells }) => clean(cells[place] ?? '')).filter(Boolean);
		return filled.length >= sample.length * 0.2 && filled.filter(looks).length >= filled.length * 0.7;
	};
	const fields: (Field | null)[] = Array.from({ length: width }, (_, place) => {
		if (most(place, isEmail)) return 'email';
		if (most(place, (cell) => /^\d{4,5}$/.test(cell))) return 'postcode';
		if (most(place, (cell) => /^(?:https?:\/\/|www\.)\S+$/i.test(cell))) return 'website';
		return most(place, isRegister) ? 'register' : null;
	});
	const worded = (place: number): number => sample.filter(({ cells }) => /\p{L}/u.test(cells[place] ?? '')).length;
	const free = fields.flatMap((field, place) => (field === null && worded(place) > 0 ? [place] : []));
	// The first of the columns that hold words in nearly every line.
	const name = free.find((place) => worded(place) >= 0.9 * Math.max(...free.map(worded)));
	if (name !== undefined) fields[name] = 'name';
	const postcode = fields.indexOf('postcode');
	for (const beside of [postcode + 1, postcode - 1]) {
		if (
			postcode < 0 ||
			fields[beside] !== null ||
			fields.includes('commune') ||
			!most(beside, (cell) => /^[\p{L} ’'-]+$/u.test(cell))
		)
			continue;
		fields[beside] = 'commune';
	}
	return fields;
}

/**
 * A pasted list, or a CSV or JSON file: its encoding, separator and usual headers are recognised, each line becomes a row or comes back with a reason.
 * Refused when it is no list at all, or more than 20 MB, 50,000 lines or 200 columns.
 */
export function readList(bytes: Uint8Array, filename = '', mapping?: Mapping): ReadList {
	if (bytes.length > mostBytes) throw new Refused('organisations.import-too-heavy', { most: mostBytes / 1_000_000 });
	const { text, encoding, twice } = decode(bytes);
	if (text.trim() === '') throw new Refused('organisations.import-empty');
	const table = readTable(text, filename, mapping?.header);
	const width = table.names
		? table.names.length
		: (mapping?.fields.length ?? Math.max(1, ...table.lines.slice(0, 50).map(({ cells }) => cells.length)));
	const fields = mapping?.fields ?? (table.names ? fieldsOf(table.names) : guessFields(table.lines));
	const columns = Array.from({ length: width }, (_, place) => ({
		header: table.names?.[place] ?? '',
		field: fields[place] ?? null
	}));
	if (!fields.includes('name')) {
		if (!table.names) throw new Refused('organisations.import-no-header');
		throw new Refused('organisations.import-no-names', {
			columns: table.names.filter(Boolean).slice(0, 12).join(', ').slice(0, 300)
		});
	}
	const order = orderOf(columns, mapping);
	const { lines, mended } =
		table.separator === ',' ? mendDecimals(table.lines, table.names ?? []) : { lines: table.lines, mended: 0 };
	const rows: Row[] = [];
	const rejected: Rejected[] = [];
	let empty = 0;
	for (const line of lines) {
		if (line.cells.every((cell) => clean(cell) === '')) {
			empty++;
			continue;
		}
		const read = readRow(line, columns, order, table.format);
		if ('code' in read) rejected.push(read);
		else rows.push(read);
	}
	if (rows.length + rejected.length === 0) throw new Refused('organisations.import-header-only');
	if (rows.length + rejected.length > mostRows) throw new Refused('organisations.import-too-many-rows', { most: mostRows });
	return {
		format: table.format,
		encoding,
		separator: table.separator,
		header: table.names !== null,
		columns,
		ignored: columns.filter(({ field, header }) => field === null && header !== '').map(({ header }) => header),
		rows,
		rejected,
		empty,
		preamble: table.preamble,
		lines: rows.length + rejected.length + empty + table.preamble + (table.names !== null && table.format !== 'json' ? 1 : 0),
		told: [
			...(table.quotesBroken ? [{ code: 'organisations.import-quotes', details: {} }] : []),
			...(twice ? [{ code: 'organisations.import-twice-encoded', details: { n: twice } }] : []),
			...(mended ? [{ code: 'organisations.import-decimals', details: { n: mended } }] : []),
			...(looksCut(text, lines, width, table.format) ? [{ code: 'organisations.import-cut', details: {} }] : [])
		]
	};
}

/** The order in which columns are read: each once, whatever was remembered. */
function orderOf(columns: ReadList['columns'], mapping: Mapping | undefined): number[] {
	const usual = readingOrder(columns.map(({ header }) => header));
	return [...new Set([...(mapping?.order ?? []).filter((place) => place in columns), ...usual])];
}

/** Whether a file stops in the middle of a line: the last one lacks cells, and its end. */
function looksCut(text: string, lines: readonly Line[], width: number, format: ReadList['format']): boolean {
	const last = lines.at(-1);
	return format === 'csv' && last !== undefined && last.cells.length < width && !/[\r\n]\s*$/.test(text);
}

/** The registers whose numbers belong to one organisation only, so that a number is a key. */
export const keyKinds: readonly IdentifierKind[] = identifierKinds.filter((kind) => kind !== 'prefecture');
