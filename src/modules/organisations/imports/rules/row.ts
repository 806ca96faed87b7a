import { Refused } from '#platform/errors.ts';
import { type Identifier, type IdentifierKind, readIdentifier } from '../../rules/identifiers.ts';
import type { Kind } from '../../rules/mandates.ts';
import { nameKey } from '../../rules/names.ts';
import { clean, control, isEmail, isNothing, readPostcode, readWebsite } from './cells.ts';
import type { Field } from './columns.ts';
import { kindSaid } from './kinds.ts';
import type { Line, Table } from './table.ts';

export const longestCell = 10_000;
export const longestName = 300;
export const mostThemes = 20;
const mostUnverified = 10;

/** Something to say of a line: a code that names a message, and what fills it in. */
export type Remark = { code: string; details: Record<string, string | number> };

/** A number that cannot be trusted, as it was written, and why: its register, when the column says it, and the code of the reason. */
export type Unverified = { kind: IdentifierKind | ''; written: string; code: string };

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

/** A column of a list: its header, and the field that it is read as. */
export type ReadColumn = { header: string; field: Field | null };

/** A line that names nobody, or whose cells can't be trusted, with the reason. */
export type Rejected = Remark & { line: number; raw: string[] };

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
	columns: readonly ReadColumn[],
	order: readonly number[],
	format: Table['format']
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
