import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rows, type Row } from './rows.ts';

const cut = (pieces: readonly string[], width = 3): Row[] => {
	const rows = new Rows({ separator: ';', width, line: 1 });
	return [...pieces.flatMap((piece) => [...rows.read(piece)]), ...rows.read('', true)];
};
const text = fc
	.array(fc.constantFrom('a', 'bc', ';', ';', '"', '""', '\n', '\n', 'é'), { maxLength: 80 })
	.map((parts) => parts.join(''));

test('wherever a text is cut into pieces, its rows are the same', () => {
	fc.assert(
		fc.property(text, fc.array(fc.nat(200), { maxLength: 8 }), (whole, cuts) => {
			const places = [0, ...cuts.map((place) => Math.min(place, whole.length)).toSorted((a, b) => a - b), whole.length];
			const pieces = places.slice(1).map((end, i) => whole.slice(places[i], end));
			expect(cut(pieces)).toEqual(cut([whole]));
		}),
		{ numRuns: 2000 }
	);
});

test('each line that is not blank is in one row: taken or said, never lost', () => {
	fc.assert(
		fc.property(text, (whole) => {
			const lines = whole.split('\n');
			let next = 1;
			for (const row of cut([whole])) {
				expect(row.line).toBeGreaterThanOrEqual(next);
				expect(lines.slice(next - 1, row.line - 1).every((line) => line.trim() === '')).toBe(true);
				// A row over several lines holds the ends of lines that it runs over.
				next = row.line + 1 + ('cells' in row ? row.cells.join('').split('\n').length - 1 : 0);
			}
			expect(lines.slice(next - 1).every((line) => line.trim() === '')).toBe(true);
		}),
		{ numRuns: 2000 }
	);
});

test('a quote that nobody closed spoils its own line and no other', () => {
	const rows = cut(['a;b;c\n', 'a;"b;c\n', '"over\ntwo";b;c\n', 'x;y\n', 'a;b;c']);
	expect(rows.map((row) => ('cells' in row ? row.cells : `${row.line} ${row.reason}`))).toEqual([
		['a', 'b', 'c'],
		'2 quotes',
		['over\ntwo', 'b', 'c'],
		'5 columns',
		['a', 'b', 'c']
	]);
});

test('quotes that were not doubled are part of what is said, where all the columns are there', () => {
	const cells = (line: string) => cut([line]).map((row) => ('cells' in row ? row.cells : row.reason))[0];
	expect(cells('"1";"Les "Amis" du lac";"c"')).toEqual(['1', 'Les "Amis" du lac', 'c']);
	expect(cells('"1";"Les "Amis du lac";')).toEqual(['1', 'Les "Amis du lac', '']);
	expect(cells('"1";a;"Les "Amis"')).toEqual(['1', 'a', 'Les "Amis']);
	expect(cells('"1";"a"b";"c";"d"')).toBe('quotes');
});

test('separators at the end of each row are no cells; where only some rows have them, a row that has them is said', () => {
	const widths = (whole: string) => cut([whole]).map((row) => ('cells' in row ? row.cells.length : row.reason));
	expect(widths('a;b;c;;\nd;e;f;;\nd;e;f;x;\nd;e;f;\n"g\nh";i;j;;\n')).toEqual([3, 3, 'columns', 'columns', 3]);
	expect(widths('a;b;c\nd;e;f;\n')).toEqual([3, 'columns']);
});
