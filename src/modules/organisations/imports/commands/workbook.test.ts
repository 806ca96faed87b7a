import { expect, test } from 'vitest';
import { zipped } from '../../../../../bench/zipped.ts';
import { readWorkbook } from './workbook.server.ts';

const book = (files: Record<string, Iterable<Buffer> | string>) =>
	Buffer.concat([
		...zipped(Object.entries(files).map(([name, held]) => [name, typeof held === 'string' ? [Buffer.from(held)] : held]))
	]);
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const workbook =
	'<workbook xmlns:r="x"><sheets><sheet name="Lisez-moi" r:id="a"/><sheet name="Liste &amp; suite" r:id="b"/></sheets></workbook>';
const relations = ['a', 'b'].map((id) => `<Relationship Id="${id}" Type="${office}/worksheet" Target="worksheets/${id}.xml"/>`);
const frame = {
	'xl/workbook.xml': workbook,
	'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}
		<Relationship Id="s" Type="${office}/styles" Target="styles.xml"/>
		<Relationship Id="t" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
	'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
	'xl/worksheets/a.xml': '<worksheet><sheetData/></worksheet>',
	'xl/worksheets/b.xml': '<worksheet><sheetData/></worksheet>'
};
const row = (r: number, cells: string) => `<row r="${r}">${cells}</row>`;
const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

test('the first sheet that holds a list: shared texts, inline ones, results of formulas, days, rows in their place', async () => {
	const { csv, name, sheets } = await readWorkbook(
		book({
			...frame,
			'xl/sharedStrings.xml': '<sst><si><t>Nom</t></si><si><r><t>Les </t></r><r><t>Amis</t></r><rPh><t>x</t></rPh></si></sst>',
			'xl/worksheets/a.xml': sheet(row(1, '<c r="A1" t="inlineStr"><is><t>Mode d’emploi</t></is></c>')),
			'xl/worksheets/b.xml': sheet(
				row(
					1,
					'<c r="A1" t="s"><v>0</v></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>SIRET</v></c><c r="D1" t="str"><v>Née</v></c>'
				) +
					row(
						3,
						'<c r="A3" t="s"><v>1</v></c><c r="B3"/><c r="C3"><f>1+1</f><v>8.3012345600017E13</v></c><c r="D3" s="1"><v>45413</v></c>'
					) +
					row(4, '<c r="A4" t="e"><v>#REF!</v></c><c r="C4"><v>8.30E+13</v></c><c r="D4" t="b"><v>1</v></c>')
			)
		})
	);
	expect([name, sheets]).toEqual(['Liste & suite', 2]);
	expect(new TextDecoder().decode(csv).split('\n')).toEqual([
		'"Nom";"";"SIRET";"Née"',
		'',
		'"Les Amis";"";"83012345600017";"2024-05-01"',
		'"";"";"83000000000000";"oui"',
		''
	]);
});

test('explanations of several lines before the list are passed over', async () => {
	const text = (cell: string, said: string) => `<c r="${cell}" t="inlineStr"><is><t>${said}</t></is></c>`;
	const { name } = await readWorkbook(
		book({
			...frame,
			'xl/worksheets/a.xml': sheet(row(1, text('A1', 'Annuaire')) + row(2, text('A2', 'Tenu par la mairie'))),
			'xl/worksheets/b.xml': sheet(
				row(1, text('A1', 'Nom') + text('B1', 'Ville')) + row(2, text('A2', 'Le Club') + text('B2', 'Dax'))
			)
		})
	);
	expect(name).toBe('Liste & suite');
});

test.each<[string, () => Buffer, string]>([
	['a zip of lists', () => book({ 'a.csv': 'Nom\nLe Club\n' }), 'zip'],
	['a text document', () => book({ 'word/document.xml': '<w/>' }), 'document'],
	['another zip', () => book({ 'a.bin': 'x' }), 'spreadsheet'],
	['an empty workbook', () => book({ ...frame, 'xl/worksheets/b.xml': sheet('') }), 'empty'],
	['no zip', () => Buffer.from('PK\u0003\u0004 and no more'), 'workbook-broken'],
	[
		'a bomb',
		() => book({ ...frame, 'xl/worksheets/a.xml': Array.from({ length: 110 }, () => Buffer.alloc(1_000_000, 32)) }),
		'workbook-bomb'
	]
])('%s is refused in words', { timeout: 60_000 }, async (_, bytes, code) => {
	const refused = await readWorkbook(bytes()).then(
		({ csv }) => (csv.length ? 'read' : 'organisations.import-empty'),
		(problem: { code: string }) => problem.code
	);
	expect(refused).toBe(`organisations.import-${code}`);
});
