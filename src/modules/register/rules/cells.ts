import { readIdentifier, type IdentifierKind } from '#modules/organisations/rules/identifiers.ts';
import { Refused } from '#platform/errors.ts';
import { readLetters } from './letters.ts';

/* What one cell of a register says, whichever register it is. */

const blank = /[\s\u0000-\u001f\u007f]+/g; // oxlint-disable-line no-control-regex
/** What a text that is on one line already does not hold: most are, and looking costs less than writing them anew. */
const odd = /[^ -~¡-ÿ]| {2}/;
const onOneLine = (said: string): string => (odd.test(said) ? said.replace(blank, ' ') : said).trim();

/** A text of a register: in its own letters, on one line, no longer than it needs; null when it says nothing. */
export function text(cell: string | undefined, most = 500): string | null {
	if (!cell) return null;
	const said = onOneLine(readLetters(cell));
	return said === '' || said === '_' ? null : said.slice(0, most).toWellFormed();
}

export const word = (cell: string | undefined, most = 40): string | null => {
	const said = cell && onOneLine(cell);
	return said ? said.slice(0, most) : null;
};

/** Most days, which are taken as they are written. */
const usualDay =
	/^(?!1900-01-01)[12]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)/;

/** A day as registers write it; 0001-01-01, 1900-01-01 and what is no day are unknown. */
export function day(cell: string | undefined): string | null {
	const said = cell?.slice(0, 10);
	if (!said || said.length < 10) return null;
	if (usualDay.test(said)) return said;
	if (said.startsWith('0001') || said === '1900-01-01') return null;
	const parts = said.split(/[/-]/);
	const [year, month, date] = parts[0]!.length === 4 ? parts : parts.toReversed();
	if (!/^\d{4}$/.test(year ?? '') || !/^\d\d$/.test(month ?? '') || !/^\d\d$/.test(date ?? '')) return null;
	const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
	if (Number(year) < 1000 || Number(month) < 1 || Number(month) > 12 || Number(date) < 1 || Number(date) > last) return null;
	return `${year}-${month}-${date}`;
}

function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let place = digits.length - 1, double = false; place >= 0; place--, double = !double) {
		const digit = (digits.charCodeAt(place) - 48) * (double ? 2 : 1);
		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 === 0;
}

/** A number that passes its own arithmetic; otherwise it goes, as it is written, to those that are unverified. */
export function number(kind: IdentifierKind, cell: string | undefined, unverified: Record<string, string>): string | null {
	const said = cell?.trim();
	if (!said) return null;
	if (kind === 'siret' && /^\d{14}$/.test(said) && !said.endsWith('0000') && passesLuhn(said) && passesLuhn(said.slice(0, 9)))
		return said;
	if (kind === 'rna' && /^W\d{9}$/.test(said)) return said;
	try {
		return readIdentifier(kind, said).value;
	} catch (problem) {
		if (!(problem instanceof Refused)) throw problem;
		unverified[kind] = onOneLine(readLetters(said)).slice(0, 60).toWellFormed();
		return null;
	}
}

/** Whether these columns are among the headers, whatever the case in which they are written. */
export function hasColumns(headers: readonly string[], columns: readonly string[]): boolean {
	const known = new Set(headers.map((header) => header.toLowerCase()));
	return columns.every((column) => known.has(column.toLowerCase()));
}

export const array = (list: (string | null)[]): string | null => {
	const said = [...new Set(list.filter((one) => one !== null))];
	return said.length ? `{${said.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}` : null;
};

export type Cell = (cells: readonly string[], column: string) => string | undefined;

/** Finds the cell of a column, whatever the case in which the header is written. */
export const cellIn = (headers: readonly string[]): Cell => {
	const known = new Map(headers.map((header, at) => [header.toLowerCase(), at]));
	const places: Partial<Record<string, number>> = {};
	return (cells, column) => cells[(places[column] ??= known.get(column.toLowerCase()) ?? -1)];
};

export const json = (unverified: Record<string, string>): string | null =>
	Object.keys(unverified).length ? JSON.stringify(unverified) : null;

/** A header as tables of any publisher are compared by it: without case, accents or signs. */
export const keyOf = (header: string): string =>
	header
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');

/** The number of a cell where its arithmetic holds; otherwise what is written there, which is never used. */
export function numberIn(cell: string): { siren?: string; rna?: string; unverified?: string } {
	if (!/\d/.test(cell)) return {};
	try {
		const { kind, value } = readIdentifier(/^W/i.test(cell) ? 'rna' : /^[\d\s.]{8,11}$/.test(cell) ? 'siren' : 'siret', cell);
		return kind === 'rna' ? { rna: value } : { siren: value.slice(0, 9) };
	} catch (problem) {
		if (!(problem instanceof Refused)) throw problem;
		return { unverified: cell.slice(0, 60) };
	}
}
