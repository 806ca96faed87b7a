// Tables that people open in a spreadsheet: what others wrote must never become a formula there.

/** A cell that a spreadsheet could run is preceded by an apostrophe; a plain number is left alone. */
export const harmless = (cell: string): string =>
	/^[\s\u00a0]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) && !/^-?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell;

/** Rows as CSV: semicolons, which French spreadsheets expect, CRLF, and the mark that says UTF-8. */
export function csv(rows: readonly (readonly string[])[]): string {
	const written = (cell: string) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
	return '\ufeff' + rows.map((row) => row.map((cell) => written(harmless(cell))).join(';') + '\r\n').join('');
}
