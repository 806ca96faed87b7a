import { readLetters } from './letters.ts';
import { cellsOf, separatorOf } from './rows.ts';

/** The tables of codes that an administrator may bring, and what a code of each looks like once it is written in one way. */
const shapes = {
	'rna-object': /^\d{6}$/,
	'sirene-form': /^\d{4}$/,
	naf: /^\d{2}\.\d{2}[A-Z]$/,
	'nace-2008': /^\d{5,7}$/,
	'nace-2025': /^\d{5,7}$/
} as const;
export type BroughtList = keyof typeof shapes;
export const broughtLists = Object.keys(shapes) as [BroughtList, ...BroughtList[]];

/** A code in its one way: what a spreadsheet did to it is undone where that is sure; null when it is none of this list. */
function codeOf(list: BroughtList, written: string): string | null {
	let code = written.trim().toUpperCase();
	if (list === 'naf') code = code.replace(/^(\d{2})(\d{2}[A-Z])$/, '$1.$2');
	// A spreadsheet drops the first zeros of a number.
	else code = code.replaceAll('.', '').padStart(list === 'rna-object' ? 6 : list === 'sirene-form' ? 4 : 5, '0');
	return shapes[list].test(code) ? code : null;
}

/**
 * What a table of codes says, its bytes read as letters: in each row, the first cell that is a code of the list, and the longest of
 * the other cells, which are its words. Rows without them are counted: titles are among them.
 */
export function readCodes(list: BroughtList, bytes: string): { codes: { code: string; label: string }[]; refused: number } {
	const lines = bytes
		.replace(/^\u00ef\u00bb\u00bf/, '')
		.split(/\r\n?|\n/)
		.filter((line) => line.trim() !== '');
	const separator = separatorOf(lines[0] ?? '');
	const found = new Map<string, string>();
	let refused = 0;
	for (const line of lines.slice(0, 50_000)) {
		const cells = cellsOf(line, separator);
		const said = typeof cells === 'string' ? [] : cells.map((cell) => readLetters(cell).replace(/\s+/g, ' ').trim());
		const at = said.findIndex((cell) => /\d/.test(cell) && codeOf(list, cell) !== null);
		const label = said.filter((_, i) => i !== at).toSorted((a, b) => b.length - a.length)[0];
		if (at < 0 || !label) refused++;
		else found.set(codeOf(list, said[at]!)!, label.slice(0, 300));
	}
	return { codes: [...found].map(([code, label]) => ({ code, label })), refused };
}

/** Where the label of a code stands: in which list, under which code. */
export type Coded = { list: string; code: string };

/** How the activity of a record is coded: SIRENE's as it stands, the Banque-Carrefour's under the year of its nomenclature. */
export function activityOf(source: string, activity: string): Coded | null {
	if (source !== 'bce') return { list: 'naf', code: activity };
	const [year, code] = activity.split(':');
	return code ? { list: `nace-${year}`, code } : null;
}
