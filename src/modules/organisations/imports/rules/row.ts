import { Refused } from '#platform/errors.ts';
import { type Identifier, type IdentifierKind, readIdentifier } from '../../rules/identifiers.ts';
import type { Kind } from '../../rules/mandates.ts';
import { nameKey } from '../../rules/names.ts';
import { clean, control, isEmail, isNothing, readPhone, readPostcode, readWebsite } from './cells.ts';
import { type Field, fieldOf, headerWords } from './columns.ts';
import { countryOf } from '../../rules/countries.ts';
import { kindSaid } from './kinds.ts';
import type { Line, Table } from './table.ts';

const longestCell = 10_000;
const longestName = 300;
/** What is kept of the names, themes, publics or networks of one organisation. */
export const most = { otherNames: 10, themes: 20, audiences: 20, networks: 20 } as const;
const longestSigle = 40;
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
	audiences: string[];
	networks: string[];
	employees: number | null;
	volunteers: number | null;
	website: string;
	email: string;
	phone: string;
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

/** A number of a column: a SIREN where a SIRET is announced is what it is. Refused when it is none. */
function readNumber(kind: IdentifierKind | undefined, text: string): Identifier {
	try {
		return readIdentifier(kind, text);
	} catch (error) {
		if (kind === 'siret' && text.replace(/\D/g, '').length === 9) return readIdentifier('siren', text);
		throw error;
	}
}

function addIdentifier({ row, numbers }: Reader, kind: IdentifierKind | undefined, written: string, header: string): void {
	// « 83012345600017.0 » is how some tools write a whole number.
	const text = written.replace(/(?<=^\d{8,})[.,]0$/, '');
	if (/^[\s0.,]*$/.test(text)) return;
	try {
		const identifier = readNumber(kind, text);
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

/** Adds words that a cell gives one after the other: « Sport ; Culture | Loisirs ». */
function addWords(row: Row, field: 'themes' | 'audiences' | 'networks', text: string): void {
	for (const word of text.split(/[;|]/).map((part) => part.trim())) {
		if (!word || row[field].includes(word)) continue;
		if (row[field].length === most[field])
			return tell(row, 'import-too-many', { field, most: most[field], value: word.slice(0, 100) });
		row[field].push(word);
	}
}

/** Keeps the first thing that columns of one field say; another that says otherwise is told. */
function addOne(row: Row, field: 'sigle' | 'commune' | 'communeCode' | 'country' | 'postcode' | 'website', text: string): void {
	if (text && row[field] && nameKey(row[field]) !== nameKey(text))
		tell(row, 'import-differs', { field, value: text.slice(0, 200) });
	row[field] ||= text;
}

/** « 04 67 00 00 00 / 06 00 00 00 00 »: the first is kept, the others are told. */
function addPhone(row: Row, text: string): void {
	if (/^[\s0.]*$/.test(text)) return;
	const parts = readPhone(text) ? [text] : text.split(/\s*(?:[;,|/]|\bou\b|\bet\b|\s-\s)\s*/i);
	const numbers = parts.flatMap((part) => beginningPhone(part) ?? []);
	if (!numbers.length) tell(row, 'import-phone', { value: text.slice(0, 100) });
	for (const { phone, zero, whole } of numbers) {
		if (row.phone && row.phone !== phone) tell(row, 'import-second-phone', { value: phone });
		if (row.phone) continue;
		row.phone = phone;
		if (zero) tell(row, 'import-phone-zero', { value: phone });
		if (!whole) tell(row, 'import-phone-part', { value: text.slice(0, 100), phone });
	}
}

/** The number that a text begins with: « 02 40 00 00 01 poste 12 », « 02 40 00 00 01 (le matin) ». */
function beginningPhone(text: string): { phone: string; zero: boolean; whole: boolean } | null {
	const whole = readPhone(text);
	const first = whole ?? readPhone(/^(.*?\d[\d\s.()-]{7,}\d)(?=\s*[\p{L}(])/u.exec(text)?.[1] ?? '');
	return first && { ...first, whole: whole !== null };
}

/** How many people: a whole number, however its thousands are written. */
function addCount(row: Row, field: 'employees' | 'volunteers', text: string): void {
	const figures = text.replace(/[.,]0+$/, '').replace(/(?<=\d)[\s.](?=\d{3}\b)/g, '');
	if (!/^\d{1,6}$/.test(figures)) tell(row, 'import-count', { value: text.slice(0, 60) });
	else row[field] ??= Number(figures);
}

function addCell(reader: Reader, field: Field, text: string, header: string): void {
	const { row } = reader;
	switch (field) {
		case 'name':
			if (row.name !== text) row.name = `${row.name} ${text}`.trim();
			break;
		case 'otherNames':
			addOtherName(row, text);
			break;
		case 'themes':
		case 'audiences':
		case 'networks':
			addWords(row, field, text);
			break;
		case 'employees':
		case 'volunteers':
			addCount(row, field, text);
			break;
		case 'street':
			if (text !== '_') row.street = `${row.street} ${text}`.trim();
			break;
		case 'houseNumber':
			reader.house = text;
			break;
		case 'postcode':
			addOne(row, field, readPostcode(text));
			break;
		case 'website': {
			const website = readWebsite(text);
			if (!website) tell(row, 'import-website', { value: text.slice(0, 100) });
			else addOne(row, field, website);
			break;
		}
		case 'email':
			addEmail(row, text);
			break;
		case 'phone':
			addPhone(row, text);
			break;
		case 'purpose':
			row.purpose = row.purpose ? `${row.purpose}\n${text}` : text;
			break;
		case 'sigle':
		case 'commune':
		case 'communeCode':
			addOne(row, field, text);
			break;
		case 'country':
			if (!countryOf(text)) tell(row, 'import-country', { value: text.slice(0, 100) });
			else addOne(row, field, text);
			break;
		case 'kind': {
			const kind = kindSaid(text);
			if (!kind) tell(row, 'import-kind', { value: text.slice(0, 100) });
			else row.kind ||= kind;
			break;
		}
		case 'register':
			addIdentifier(reader, undefined, text, header);
			break;
		default:
			addIdentifier(reader, field, text, header);
	}
}

function addOtherName(row: Row, name: string): void {
	if (row.otherNames.includes(name)) return;
	if (row.otherNames.length === most.otherNames)
		tell(row, 'import-too-many', { field: 'otherNames', most: most.otherNames, value: name.slice(0, 100) });
	else row.otherNames.push(name);
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
		audiences: [],
		networks: [],
		employees: null,
		volunteers: null,
		website: '',
		email: '',
		phone: '',
		kind: '',
		identifiers: [],
		unverified: [],
		told: [],
		raw
	};
}

/** Whether a line says once more what the columns are: in another language, in the words of a program, or at the top of each printed page. */
function isHeaderAgain(cells: readonly string[], columns: readonly ReadColumn[]): boolean {
	const said = cells.flatMap((cell, place) => (cell.trim() === '' ? [] : [{ cell, column: columns[place] }]));
	return (
		said.length >= 2 &&
		said.every(({ cell, column }) => {
			const field = fieldOf(cell);
			return column && (field === null ? headerWords(cell) === headerWords(column.header) : field === column.field);
		})
	);
}

/** A postcode and a town at the end of an address; « BP 20123 » is none. */
const placeAtEnd =
	/^(.*?)[\s,;–-]*(?<!\d|\b(?:BP|B\.P\.|CS|TSA)\s*)(?:(?:F-)?(\d{5})|(?:B|L|CH)-(\d{4}))[\s,-]+(\p{L}[\p{L} .’'()-]*?)(?: cedex\b.*)?$/iu;
/** The same with a postcode of four figures, as in Belgium. Neither « 8 mai 1945 », « BP 1234 » nor « 1250 route de Lyon » is one. */
const shortPlaceAtEnd =
	/^(.*?)[\s,;–-]*(?<!\d|\b(?:BP|B\.P\.|CS|TSA|bte|boîte|boite|bus|n°|de|du|des|les|en|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s*)([1-9]\d{3})[\s,-]+(?!(?:\p{L}+ )?(?:r\.|rue|route|rte|chemin|ch\.|avenue|av\.|boulevard|bd|place|allée|impasse|quai|cours|voie|pattes)(?:\s|$))(\p{L}[\p{L} .’'()-]*)$/iu;

/** Whether addresses of a list end with postcodes of four figures: more often than with five, and in half of those that end with either. */
export function hasShortPostcodes(lines: readonly Line[], columns: readonly ReadColumn[]): boolean {
	if (columns.some(({ field }) => field === 'bce')) return true;
	const streets = columns.flatMap(({ field }, place) => (field === 'street' ? [place] : []));
	let five = 0;
	let four = 0;
	let written = 0;
	for (const { cells } of lines) {
		const address = clean(
			streets
				.map((place) => cells[place] ?? '')
				.join(' ')
				.slice(0, 500)
		);
		if (!address) continue;
		written++;
		if (placeAtEnd.test(address)) five++;
		else if (shortPlaceAtEnd.test(address)) four++;
	}
	return four > five && four * 2 >= written;
}

/** What foots a table: « Total : 4 050 € », « Source : mairie ». */
const total = /^(?:sous[- ]?)?tota(?:l|ux)(?: g[ée]n[ée]ra(?:l|ux))?(?:\s*[:=(–-].*|\s+\d[\d\s.,€]*)?$/i;
const note = /^(?:sources?|n\.?b\.?|notes?|remarques?|légende|(?:dernière )?mise à jour|nombre (?:total )?d[e’'].*)\s*:/i;

/** Whether a line foots the table and names nobody: a total that stands alone but for amounts, a note alone in its line. */
function footsTable(
	{ name, street, postcode, commune, website, email, phone, identifiers }: Row,
	cells: readonly string[]
): boolean {
	if (street || postcode || commune || website || email || phone || identifiers.length) return false;
	return total.test(name) || (cells.length > 1 && note.test(name) && cells.filter((cell) => clean(cell)).length === 1);
}

/** « 34000 Montpellier », « Montpellier (34000) » in one cell, of the postcode or of the town: each its own. */
function partPlace(row: Row): void {
	const coded = /^(?:(?:F|B|L|CH)-)?(\d{4,5})[\s,–-]+(\p{L}.*)$/iu;
	const town = coded.exec(row.postcode);
	if (town) {
		row.postcode = town[1]!;
		row.commune ||= town[2]!;
	}
	const [, first, after] = coded.exec(row.commune) ?? [];
	const [, before, last] = /^(\p{L}.*?)[\s,–-]+\(?(\d{5})\)?$/u.exec(row.commune) ?? [];
	row.postcode ||= first ?? last ?? '';
	row.commune = after ?? before ?? row.commune;
}

/** Reads one line by its columns, in the order that is given. `short` tells that addresses end with postcodes of four figures. */
export function readRow(
	{ line, cells }: Line,
	columns: readonly ReadColumn[],
	order: readonly number[],
	{ format, short = false }: { format: Table['format']; short?: boolean }
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
	if (isHeaderAgain(cells, columns)) return reject('import-header-again');
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
	if (!row.name.replaceAll('\ufffd', '').trim()) return reject('import-no-name');
	if (row.name.length > longestName) return reject('import-name-too-long', { most: longestName, written: row.name.length });
	if (nameKey(row.sigle) === nameKey(row.name)) row.sigle = '';
	if (row.sigle.length > longestSigle) {
		addOtherName(row, row.sigle);
		row.sigle = '';
	}
	if (reader.house) row.street = `${row.street} ${reader.house}`.trim();
	partPlace(row);
	// « 12 rue du Port, 44000 Nantes » in one cell.
	if (!row.postcode && !row.commune) {
		const [, street, five, coded, town] = placeAtEnd.exec(row.street) ?? [];
		const [, before, four, abroad] = (!town && short && shortPlaceAtEnd.exec(row.street)) || [];
		if (town ?? abroad)
			[row.street, row.postcode, row.commune] = [street ?? before ?? '', five ?? coded ?? four ?? '', town ?? abroad ?? ''];
	}
	if (footsTable(row, cells)) return reject('import-no-structure');
	if (format === 'csv' && cells.length < columns.length)
		tell(row, 'import-row-short', { cells: cells.length, expected: columns.length });
	const written = cells.join('');
	if (written.includes('\ufffd')) tell(row, 'import-lost-letters');
	if (written.search(control) >= 0) tell(row, 'import-control-signs');
	return row;
}
