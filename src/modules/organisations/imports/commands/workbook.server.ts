import readSheets from 'read-excel-file/node';
import yauzl from 'yauzl';
import { Refused } from '#platform/errors.ts';
import { findHeader } from '../rules/table.ts';

/** Bytes that a workbook may unfold into: a list of ours never comes near. */
const mostUnfolded = 100_000_000;
const mostFiles = 5000;

/** The rows of a workbook's sheet, written as a CSV whose lines have the numbers of its rows. */
export type Sheet = { csv: Uint8Array; name: string; sheets: number };

/** The first sheet of a workbook that holds a list, as a CSV. Refused when it is no .xlsx, is broken, or unfolds without end. */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet> {
	try {
		await weigh(bytes);
		const sheets = await readSheets(Buffer.from(bytes), { parseNumber: written });
		const rows = sheets.map(({ data }) => data.map((row) => row.map(shown)));
		const filled = (cells: string[][]) => cells.filter((row) => row.some((cell) => cell.trim() !== '')).length;
		const wide = (cells: string[][]) => cells.some((row) => row.filter((cell) => cell.trim() !== '').length > 1);
		// Sheets of explanations may stand before the list: they have no headers that we know, fill one column, or have a line at most.
		const list =
			[
				rows.findIndex(
					(cells) =>
						findHeader(
							cells.map((row, line) => ({ line, cells: row })),
							';'
						) >= 0
				),
				rows.findIndex((cells) => filled(cells) > 1 && wide(cells)),
				rows.findIndex((cells) => filled(cells) > 1)
			].find((place) => place >= 0) ?? -1;
		const at = list < 0 ? rows.length - 1 : list;
		if (at < 0) throw new Refused('organisations.import-empty');
		return { csv: new TextEncoder().encode(asCsv(rows[at]!)), name: sheets[at]!.sheet, sheets: sheets.length };
	} catch (problem) {
		throw problem instanceof Refused ? problem : new Refused('organisations.import-workbook-broken');
	}
}

/** Refuses another zip than a workbook, and one that would unfold without end, before anything of it is kept. */
async function weigh(bytes: Uint8Array): Promise<void> {
	const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
	const names: string[] = [];
	let unfolded = 0;
	for await (const entry of zip.eachEntry()) {
		if (names.push(entry.fileName) > mostFiles) throw new Refused('organisations.import-workbook-broken');
		for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>) {
			unfolded += chunk.length;
			if (unfolded > mostUnfolded) throw new Refused('organisations.import-workbook-bomb', { most: mostUnfolded / 1_000_000 });
		}
	}
	if (!names.includes('xl/workbook.xml')) throw new Refused(another(names));
}

/** What to say of a zip that is no workbook, by the files in it. */
function another(names: string[]): string {
	if (names.includes('word/document.xml')) return 'organisations.import-document';
	return names.some((name) => /\.(?:csv|tsv|txt|json|geojson|xlsx?|ods|zip|gz|7z)$/i.test(name))
		? 'organisations.import-zip'
		: 'organisations.import-spreadsheet';
}

/** « 8.3012345600017E13 » is how a file writes 83012345600017: all its figures are there. */
function written(value: string): string {
	const number = Number(value);
	return /e/i.test(value) && Number.isSafeInteger(number) ? String(number) : value.replace('.', ',');
}

/** A cell as it shows: what a formula gave, a day, nothing where it went wrong. */
function shown(cell: unknown): string {
	if (cell instanceof Date) return cell.toISOString().slice(0, 10);
	if (typeof cell === 'boolean') return cell ? 'oui' : 'non';
	return String(cell ?? '');
}

/** Rows as a CSV, every one as long as the longest, so that nothing looks cut. */
function asCsv(rows: readonly string[][]): string {
	const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
	const cell = (value: string) => `"${value.replace(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`;
	return rows
		.map((row) => (row.some(Boolean) ? Array.from({ length: width }, (_, place) => cell(row[place] ?? '')).join(';') : ''))
		.map((line) => `${line}\n`)
		.join('');
}
