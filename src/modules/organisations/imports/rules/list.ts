import { Refused } from '#platform/errors.ts';
import { clean } from './cells.ts';
import { type Field, fieldsOf, readingOrder } from './columns.ts';
import { mendDecimals } from './decimals.ts';
import { decode, type Encoding } from './encoding.ts';
import { guessFields } from './guess.ts';
import { hasShortPostcodes, readRow, type ReadColumn, type Rejected, type Remark, type Row } from './row.ts';
import { type Line, mostRows, readTable, type Separator, type Table } from './table.ts';

export const mostBytes = 20_000_000;

/**
 * How the columns of a file are read: whether a line says what they are, the field of each, and the order in which they are read,
 * that of the file when it is left out. Columns of one field are joined in that order.
 */
export type Mapping = { header: boolean; fields: (Field | null)[]; order?: number[] };

/** A list as it was understood. Every line is somewhere: lines = rows + rejected + empty + preamble + 1 if there is a header. */
export type ReadList = {
	format: Table['format'];
	encoding: Encoding;
	separator: Separator | null;
	header: boolean;
	columns: ReadColumn[];
	ignored: string[];
	rows: Row[];
	rejected: Rejected[];
	empty: number;
	preamble: number;
	lines: number;
	told: Remark[];
};

/**
 * A pasted list, or a CSV or JSON file: its encoding, separator and usual headers are recognised, each line becomes a row or comes back with a reason.
 * Refused when it is no list at all, or more than 20 MB, 50,000 lines or 200 columns.
 */
export function readList(bytes: Uint8Array, filename = '', mapping?: Mapping): ReadList {
	if (bytes.length > mostBytes) throw new Refused('organisations.import-too-heavy', { most: mostBytes / 1_000_000 });
	const { text, encoding, twice } = decode(bytes);
	if (!/[^\s;,|"]/.test(text)) throw new Refused('organisations.import-empty');
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
	const short = hasShortPostcodes(lines, columns);
	const rows: Row[] = [];
	const rejected: Rejected[] = [];
	let empty = 0;
	for (const line of lines) {
		if (line.cells.every((cell) => clean(cell) === '')) {
			empty++;
			continue;
		}
		const read = readRow(line, columns, order, { format: table.format, short });
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
function orderOf(columns: readonly ReadColumn[], mapping: Mapping | undefined): number[] {
	const usual = readingOrder(columns.map(({ header }) => header));
	return [...new Set([...(mapping?.order ?? []).filter((place) => place in columns), ...usual])];
}

/** Whether a file stops in the middle of a line: the last one lacks cells, and its end. */
function looksCut(text: string, lines: readonly Line[], width: number, format: ReadList['format']): boolean {
	const last = lines.at(-1);
	return format === 'csv' && last !== undefined && last.cells.length < width && !/[\r\n]\s*$/.test(text);
}
