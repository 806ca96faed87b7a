/** A cell that no spreadsheet takes for a formula (OWASP, « CSV injection »), quoted so that nothing in it ends it. */
function cell(text: string): string {
	const plain = text.replace(/\0/g, '');
	const safe = /^[=+\-@\t\r\n|%]/.test(plain.trimStart()) || /^[\t\r\n]/.test(plain) ? `'${plain}` : plain;
	return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows as a CSV that spreadsheets open in French: a mark of its encoding, semicolons, everything quoted. */
export const safeCsv = (rows: readonly (readonly (string | number)[])[]): string =>
	`\ufeff${rows.map((row) => row.map((one) => (typeof one === 'number' ? String(one) : cell(one))).join(';')).join('\r\n')}\r\n`;
