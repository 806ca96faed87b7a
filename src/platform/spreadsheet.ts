import writeXlsxFile, { type CellObject } from 'write-excel-file/node';
import { csv } from './csv.ts';

// A table that people open in a spreadsheet: an .xlsx with days and numbers that can be sorted and added, and the same as CSV.

/** What stands in a cell: a text, a number, a day written « 2026-11-22 », or nothing. */
export type Cell = string | number | { day: string } | null;
export type Table = { name: string; heads: readonly string[]; rows: readonly (readonly Cell[])[] };

export const formats = ['xlsx', 'csv'] as const;
export type Format = (typeof formats)[number];

/** A quantity as the database gives it, « 12.50 », as a number to add up; nothing when there is none. */
export const quantity = (written: string | null): Cell => (written === null ? null : Number(written));

const longest = 32_767;
const widest = 60;

// A spreadsheet counts days from 1900 to 9999; any other is written as a text. It reads « _x0041_ » as a letter, and its writer
// keeps texts in a plain object, where those that every object has would be lost.
function written(cell: Cell): CellObject | null {
	if (cell === null || cell === '') return null;
	if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell, type: Number } : null;
	if (typeof cell === 'string') {
		const plain = cell.slice(0, longest - 8).replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
		const value = plain in {} ? `${plain} ` : plain;
		return /^\s*[=+\-@]/.test(value) ? { value, type: String, format: '@' } : { value, type: String };
	}
	const at = new Date(`${cell.day}T00:00:00Z`);
	const known = /^\d{4}-/.test(cell.day) && !Number.isNaN(at.getTime()) && cell.day >= '1900-03-01';
	return known ? { value: at, type: Date, format: 'dd/mm/yyyy' } : written(cell.day);
}

const plain = (cell: Cell): string =>
	cell === null ? '' : typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell).replace('.', ',') : cell.day;

/** A table as an .xlsx: headings that stay in sight, typed cells. A text is a text, whatever it begins with. */
export function xlsx({ name, heads, rows }: Table): Promise<Buffer> {
	const width = (column: number) =>
		Math.min(widest, rows.reduce((most, row) => Math.max(most, plain(row[column] ?? null).length), heads[column]!.length) + 2);
	return writeXlsxFile(
		[
			heads.map((head): CellObject => ({ value: head, type: String, fontWeight: 'bold' })),
			...rows.map((row) => row.map(written))
		],
		{
			sheet:
				name
					.replace(/[[\]/\\:*?']+/g, ' ')
					.trim()
					.slice(0, 31) || '1',
			columns: heads.map((_, column) => ({ width: width(column) })),
			stickyRowsCount: 1,
			orientation: 'landscape'
		}
	).toBuffer();
}

/** The answer that sends a table, in the format that was asked for. `file` is its name, without what says the format. */
export async function sendTable(table: Table, format: Format, file: string): Promise<Response> {
	const body =
		format === 'xlsx' ? new Uint8Array(await xlsx(table)) : csv([table.heads, ...table.rows.map((row) => row.map(plain))]);
	return new Response(body, {
		headers: {
			'content-type':
				format === 'xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${file}.${format}"`,
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-store'
		}
	});
}
