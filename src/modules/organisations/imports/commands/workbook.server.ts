import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { Refused } from '#platform/errors.ts';
import { mostColumns, mostRows } from '../rules/table.ts';

/** Bytes of XML that a workbook may unfold into: a list of ours never comes near. */
const mostXml = 100_000_000;

/** The rows of a workbook's sheet, written as a CSV whose lines have the numbers of its rows. */
export type Sheet = { csv: Uint8Array; name: string; sheets: number };

/** What stands in a file of XML: a tag that opens, one that closes, or text. Enough for what spreadsheets write, and nothing is resolved. */
const pieces =
	/<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|<[!?][^>]*>|([^<]+)/g;

type Piece = { text: string } | { opens: string; attributes: string } | { closes: string };

function* piecesOf(xml: string): Generator<Piece> {
	for (const [, raw, slash, name, attributes, alone, text] of xml.matchAll(pieces)) {
		if (raw !== undefined) yield { text: raw };
		else if (text !== undefined) yield { text: plain(text) };
		else if (name === undefined) continue;
		else if (slash) yield { closes: name };
		else {
			yield { opens: name, attributes: attributes ?? '' };
			if (alone) yield { closes: name };
		}
	}
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text without the signs that stand for signs; « _x000D_ » is how spreadsheets write those that XML does not take. */
const plain = (text: string): string =>
	text
		.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
			const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : null;
			return code === null ? (entities[name] ?? whole) : code <= 0x10ffff ? String.fromCodePoint(code) : '';
		})
		.replace(/_x([\dA-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const attribute = (attributes: string, name: string): string | null => {
	const found = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
	return found ? plain(found[1] ?? found[2] ?? '') : null;
};

/** The texts that cells share, in their order; how they are to be pronounced is left out. */
function sharedTexts(xml: string): string[] {
	const texts: string[] = [];
	let text: string | null = null;
	let silent = 0;
	let read = false;
	for (const piece of piecesOf(xml)) {
		if ('opens' in piece) {
			if (piece.opens === 'si') text = '';
			if (piece.opens === 'rPh') silent++;
			read = piece.opens === 't' && !silent;
		} else if ('closes' in piece) {
			if (piece.closes === 'rPh') silent--;
			if (piece.closes === 't') read = false;
			if (piece.closes === 'si') texts.push(text ?? '');
		} else if (read && text !== null) text += piece.text;
	}
	return texts;
}

/** « 8.3012345600017E13 » is how a file writes 83012345600017: all its figures are there. */
function written(value: string): string {
	const number = Number(value);
	return /e/i.test(value) && Number.isSafeInteger(number) ? String(number) : value.replace('.', ',');
}

const columnOf = (reference: string): number =>
	[...reference.replace(/\d+$/, '')].reduce((column, letter) => column * 26 + letter.toUpperCase().charCodeAt(0) - 64, 0) - 1;

/** The cells of a sheet, as they show. What a formula gave is taken, the formula is not. */
function rowsOf(xml: string, texts: readonly string[]): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	let kind = '';
	let value = '';
	let inside = '';
	let silent = 0;
	for (const piece of piecesOf(xml)) {
		if ('opens' in piece) {
			if (piece.opens === 'row') {
				const place = Number(attribute(piece.attributes, 'r') ?? rows.length + 1);
				if (!(place <= 4 * mostRows)) throw new Refused('organisations.import-too-many-rows', { most: mostRows });
				while (rows.length < place - 1) rows.push([]);
				row = [];
			} else if (piece.opens === 'c') {
				const reference = attribute(piece.attributes, 'r');
				at = reference ? columnOf(reference) : row.length;
				kind = attribute(piece.attributes, 't') ?? 'n';
				value = '';
			} else if (piece.opens === 'rPh') silent++;
			inside = piece.opens;
		} else if ('closes' in piece) {
			if (piece.closes === 'rPh') silent--;
			if (piece.closes === 'c' && value !== '' && at >= 0 && at <= mostColumns) {
				while (row.length < at) row.push('');
				row[at] = kind === 's' ? (texts[Number(value)] ?? '') : kind === 'n' ? written(value) : kind === 'e' ? '' : value;
			}
			if (piece.closes === 'row') {
				rows.push(row);
				if (rows.length > 4 * mostRows) throw new Refused('organisations.import-too-many-rows', { most: mostRows });
			}
			inside = '';
		} else if ((inside === 'v' || inside === 't') && !silent) value += piece.text;
	}
	return rows;
}

/** The text of one file of a zip, never longer than what is left to unfold. */
async function unfold(zip: yauzl.ZipFile, entry: yauzl.Entry, budget: { left: number }): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of (await zip.openReadStreamPromise(entry)) as Readable as AsyncIterable<Buffer>) {
		budget.left -= chunk.length;
		if (budget.left < 0) throw new Refused('organisations.import-workbook-bomb', { most: mostXml / 1_000_000 });
		chunks.push(chunk);
	}
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/^\ufeff/, '');
}

/** The first sheet of a workbook that holds a list, as a CSV. Refused when it is no .xlsx, is broken, or unfolds without end. */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet> {
	try {
		return await readZip(bytes);
	} catch (problem) {
		throw problem instanceof Refused ? problem : new Refused('organisations.import-workbook-broken');
	}
}

async function readZip(bytes: Uint8Array): Promise<Sheet> {
	const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
	const entries = new Map<string, yauzl.Entry>();
	for await (const entry of zip.eachEntry()) {
		entries.set(entry.fileName.replace(/^\//, ''), entry);
		if (entries.size > 5000) throw new Refused('organisations.import-workbook-broken');
	}
	if (!entries.has('xl/workbook.xml')) throw new Refused('organisations.import-spreadsheet');
	const budget = { left: mostXml };
	const text = async (name: string) => (entries.has(name) ? unfold(zip, entries.get(name)!, budget) : '');
	const targets = new Map<string, string>();
	for (const piece of piecesOf(await text('xl/_rels/workbook.xml.rels')))
		if ('opens' in piece && piece.opens === 'Relationship')
			targets.set(attribute(piece.attributes, 'Id') ?? '', attribute(piece.attributes, 'Target') ?? '');
	const sheets: { name: string; file: string }[] = [];
	for (const piece of piecesOf(await text('xl/workbook.xml')))
		if ('opens' in piece && piece.opens === 'sheet' && !/hidden/i.test(attribute(piece.attributes, 'state') ?? '')) {
			const target = targets.get(/:id\s*=\s*["']([^"']*)/.exec(piece.attributes)?.[1] ?? '') ?? '';
			const file = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
			if (entries.has(file)) sheets.push({ name: attribute(piece.attributes, 'name') ?? '', file });
		}
	const texts = sharedTexts(await text('xl/sharedStrings.xml'));
	const filled = (rows: string[][]) => rows.filter((row) => row.some((cell) => cell.trim() !== '')).length;
	for (const { name, file } of sheets) {
		const rows = rowsOf(await text(file), texts);
		// A sheet of explanations before the list has a line or none.
		if (filled(rows) < 2 && file !== sheets.at(-1)?.file) continue;
		return { csv: new TextEncoder().encode(asCsv(rows)), name, sheets: sheets.length };
	}
	throw new Refused('organisations.import-empty');
}

/** Rows as a CSV, every one as long as the longest, so that nothing looks cut. */
function asCsv(rows: readonly string[][]): string {
	const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
	const cell = (value: string) => `"${value.replace(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`;
	return rows
		.map((row) => (row.length ? Array.from({ length: width }, (_, place) => cell(row[place] ?? '')).join(';') : ''))
		.map((line) => `${line}\n`)
		.join('');
}
