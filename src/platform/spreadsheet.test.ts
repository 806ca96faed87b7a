import { fromBuffer } from 'yauzl';
import { expect, test } from 'vitest';
import { sendTable, xlsx, type Cell } from './spreadsheet.ts';

/** What an .xlsx holds, file by file. */
const unzipped = (bytes: Buffer): Promise<Map<string, string>> =>
	new Promise((resolve, reject) => {
		const files = new Map<string, string>();
		fromBuffer(bytes, { lazyEntries: true }, (problem, zip) => {
			if (problem) return reject(problem);
			zip.on('end', () => resolve(files)).on('error', reject);
			zip.on('entry', (entry) =>
				zip.openReadStream(entry, (unread, stream) => {
					if (unread) return reject(unread);
					const parts: Buffer[] = [];
					stream.on('data', (part: Buffer) => parts.push(part));
					stream.on('end', () => {
						files.set(entry.fileName, Buffer.concat(parts).toString('utf8'));
						zip.readEntry();
					});
				})
			);
			zip.readEntry();
		});
	});

const table = (rows: Cell[][]) => ({ name: 'Avril [2026] : tout/rien', heads: ['A', 'B'], rows });

async function read(rows: Cell[][]) {
	const files = await unzipped(await xlsx(table(rows)));
	const texts = [...files.get('xl/sharedStrings.xml')!.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text);
	return { sheet: files.get('xl/worksheets/sheet1.xml')!, texts, workbook: files.get('xl/workbook.xml')! };
}

test('a day is a day, a number a number, a text a text', async () => {
	const { sheet, texts } = await read([[{ day: '2026-11-22' }, 12.5]]);
	// Days are counted from 1900: 46348 is the 22nd of November 2026.
	expect(sheet).toMatch(/<c r="A2" s="\d+"><v>46348<\/v>/);
	expect(sheet).toMatch(/<c r="B2"><v>12.5<\/v>/);
	expect(texts).toEqual(['A', 'B']);
});

test.each(['=1+1', '+33 1 23', '-12+A1', '@SUM(A1)', " =cmd|'/c calc'!A0", '=HYPERLINK("http://ici")'])(
	'%j stays what somebody wrote',
	async (text) => {
		const { sheet, texts } = await read([[text, null]]);
		expect(sheet).not.toContain('<f>');
		expect(sheet).toMatch(/<c r="A2" s="\d+" t="s">/);
		expect(texts[2]).toBe(text);
	}
);

test('what would break a file does not', async () => {
	const { texts, sheet, workbook } = await read([
		['constructor', '__proto__'],
		['a\u0000b & <c>', '_x0041_'],
		[{ day: '20026-01-01' }, { day: '1850-01-01' }],
		[Number.NaN, 'x'.repeat(40_000)]
	]);
	expect(texts.slice(2, 8)).toEqual([
		'constructor ',
		'__proto__ ',
		'ab &amp; &lt;c&gt;',
		'_x005F_x0041_',
		'20026-01-01',
		'1850-01-01'
	]);
	expect(texts[8]!.length).toBeLessThan(32_768);
	expect(sheet).not.toMatch(/NaN|undefined|object/);
	expect(workbook).toContain('name="Avril  2026    tout rien"');
});

test('the same table goes as CSV, with commas in its numbers', async () => {
	const csv = await sendTable(
		table([
			[{ day: '2026-11-22' }, 12.5],
			['=1', null]
		]),
		'csv',
		'avril'
	);
	expect(await csv.text()).toBe("A;B\r\n2026-11-22;12,5\r\n'=1;\r\n");
	expect(csv.headers.get('content-disposition')).toBe('attachment; filename="avril.csv"');
	const sheet = await sendTable(table([]), 'xlsx', 'avril');
	expect(sheet.headers.get('content-disposition')).toBe('attachment; filename="avril.xlsx"');
	expect(
		Buffer.from(await sheet.arrayBuffer())
			.subarray(0, 2)
			.toString()
	).toBe('PK');
});
