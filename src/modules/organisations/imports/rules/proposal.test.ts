import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { sharedFolder } from '../../../../../tests/shared.ts';
import type { Field } from './columns.ts';
import { gather } from './gather.ts';
import { readList, type Mapping, type ReadList } from './list.ts';
import { propose, recall, signatureOf, toRemember } from './proposal.ts';
import { columnsOf, preview, sketchOf } from './sketch.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const proposed = (bytes: Uint8Array | string, name = '', header?: boolean) => {
	const sketch = sketchOf(typeof bytes === 'string' ? utf8(bytes) : bytes, name);
	return { sketch, ...propose(sketch, null, header) };
};
const fields = (text: string, header?: boolean) => proposed(text, '', header).columns.map(({ field }) => field);
const rest = (list: ReadList) =>
	list.rows.length + list.rejected.length + list.empty + list.preamble + (list.header && list.format !== 'json' ? 1 : 0);

describe('a column is proposed by the words of its header, else by its values', () => {
	test.each<[string, string, (Field | null)[]]>([
		['French', 'Nom de l’association;Code postal;Courriel\nLe Club;34000;a@b.fr\n', ['name', 'postcode', 'email']],
		['Dutch', 'Naam;Gemeente;Ondernemingsnummer\nDe Club;Gent;0206.492.907\n', ['name', 'commune', 'bce']],
		['English', 'Name;Town;Website\nThe Club;Leeds;www.club.org\n', ['name', 'commune', 'website']],
		['an e-mail under another word', 'Nom;Contact\nLe Club;a@b.fr\nLes As;c@d.fr\n', ['name', 'email']],
		['a SIRET under another word', 'Nom;Réf\nLe Club;775 672 272 00017\n', ['name', 'siret']],
		['a RNA number under another word', 'Nom;Réf\nLe Club;W751085568\n', ['name', 'rna']],
		['a Belgian number under another word', 'Nom;Réf\nLe Club;0206.492.907\n', ['name', 'bce']],
		[
			'the giver’s own number, the same all along, is nobody else’s',
			`Nom;Réf\n${Array.from({ length: 6 }, (_, n) => `Club ${n};775 672 272 00017`).join('\n')}\n`,
			['name', null]
		],
		['unknown words, without a name', 'Alpha;Bravo\nLe Club;a@b.fr\nLes As;c@d.fr\n', [null, 'email']],
		['no header', 'Le Club;34070;a@b.fr\nLes As;34000;c@d.fr\n', ['name', 'postcode', 'email']]
	])('%s', (_, text, expected) => {
		expect(fields(text)).toEqual(expected);
	});

	test('coordinates in one or two columns and dates are seen, and left aside', () => {
		const { columns } = proposed(
			'Nom,X,Y,Point,Création\nLe Club,"3,8826","43,6185","43.6185, 3.8826",12/05/2001\nLes As,"3,8925","43,5980","43.5980, 3.8925",2003-01-02\n'
		);
		expect(columns.map(({ holds }) => holds)).toEqual([null, 'coordinates', 'coordinates', 'coordinates', 'date']);
	});

	test('somebody’s word on the header wins: it is then a structure, or it is not', () => {
		const text = 'Alpha;Bravo\nLe Club;Sète\n';
		expect(proposed(text, '', true).columns.map(({ header }) => header)).toEqual(['Alpha', 'Bravo']);
		expect(proposed(text, '', false).columns.map(({ header }) => header)).toEqual(['', '']);
		const read = (header: boolean) => readList(utf8(text), '', { header, fields: ['name', 'commune'] });
		expect(read(true).rows.map(({ name }) => name)).toEqual(['Le Club']);
		expect(read(false).rows.map(({ name }) => name)).toEqual(['Alpha', 'Le Club']);
	});
});

test('columns of one field are joined in their order: two parts of a name, parts of a street', () => {
	const list = readList(utf8('A;B;C;D\nLes Amis;du Lac;3;rue Haute\n'), '', {
		header: true,
		fields: ['name', 'name', 'houseNumber', 'street']
	});
	expect(list.rows[0]).toMatchObject({ name: 'Les Amis du Lac', street: 'rue Haute 3' });
	const cut = readList(utf8('nom;adrs_libvoie;adrs_typevoie;adrs_numvoie\nLe Club;Haute;rue;3\n'));
	expect(cut.rows[0]).toMatchObject({ street: '3 rue Haute' });
});

describe('what was matched is known again by the headers', () => {
	const headers = ['Alpha', 'Bravo', 'Charlie', ''];
	const mapping: Mapping = { header: true, fields: ['name', 'name', 'commune', null] };

	test('in whatever order, case and accents they stand', () => {
		expect(signatureOf(['BRAVO', 'Álpha', '', 'charlie'])).toBe(signatureOf(headers));
		expect(signatureOf(['Alpha', 'Bravo', 'Charlie'])).not.toBe(signatureOf(headers));
		expect(signatureOf(['', ''])).toBeNull();
		const again = recall(['Charlie', 'Bravo', '', 'Alpha'], toRemember(headers, mapping));
		expect(again.fields).toEqual(['commune', 'name', null, 'name']);
		// « Alpha » was read before « Bravo », and is again.
		expect(again.order).toEqual([3, 1, 0, 2]);
	});

	test('two columns of one header stay two', () => {
		const twins = toRemember(['Nom', 'Nom'], { header: true, fields: ['name', 'otherNames'] });
		expect(recall(['Nom', 'Nom'], twins).fields).toEqual(['name', 'otherNames']);
	});
});

const cell = fc.constantFrom('Le Club', 'Les As', '', '34000', 'Sète', 'a@b.fr', '8,30E+13', 'rue Haute', 'W751085568', '-');
const table = fc
	.record({ width: fc.integer({ min: 2, max: 6 }), height: fc.integer({ min: 1, max: 12 }) })
	.chain(({ width, height }) =>
		fc.record({
			rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
			fields: fc
				.array(fc.constantFrom<Field | null>('name', 'street', 'postcode', 'commune', 'email', 'themes', 'register', null), {
					minLength: width,
					maxLength: width
				})
				.map((some): (Field | null)[] => (some.includes('name') ? some : ['name', ...some.slice(1)])),
			order: fc.shuffledSubarray(
				Array.from({ length: width }, (_, place) => place),
				{ minLength: width }
			)
		})
	);
const written = (rows: string[][]) => utf8(rows.map((cells) => cells.map((one) => `"${one}"`).join(';')).join('\n') + '\n');
const titles = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Écho', 'Foxtrot'];

test('columns in another order give the same organisations, once they are known', () => {
	fc.assert(
		fc.property(table, ({ rows, fields: said, order }) => {
			const headers = titles.slice(0, said.length);
			const known = toRemember(headers, { header: true, fields: said });
			const moved = order.map((place) => headers[place]!);
			const read = (head: string[], body: string[][]) => {
				try {
					const list = readList(written([head, ...body]), '', recall(head, known));
					return gather(list.rows).map(({ told, ...entry }) => ({ ...entry, told: told.length }));
				} catch (refused) {
					return (refused as { code: string }).code;
				}
			};
			const moving = rows.map((cells) => order.map((place) => cells[place]!));
			expect(read(moved, moving)).toEqual(read(headers, rows));
		}),
		{ numRuns: 200 }
	);
});

test('whatever the mapping, no line is lost: read, rejected, empty or above', () => {
	fc.assert(
		fc.property(table, fc.boolean(), ({ rows, fields: said }, header) => {
			// Empty lines under the titles are a header alone: refused, and tested with what is refused.
			fc.pre(!header || rows.some((cells) => cells.some((cell) => cell.trim() !== '')));
			const bytes = written([titles.slice(0, said.length), ...rows]);
			const list = readList(bytes, '', { header, fields: said });
			expect(rest(list)).toBe(list.lines);
			expect(list.lines).toBe(rows.length + 1);
			expect(gather(list.rows).flatMap(({ lines }) => lines)).toHaveLength(list.rows.length);
		}),
		{ numRuns: 200 }
	);
});

describe('however a file is written, it says the same', () => {
	const text = 'Nom;Ville;Coût\nThéâtre d’été;Nîmes;12,50\nL’Œuvre;Sète;3,00\n';
	const twice = Buffer.from(text, 'utf8').toString('latin1');
	test.each<[string, Uint8Array]>([
		['UTF-8', utf8(text)],
		['UTF-8 with its mark', utf8(`\ufeff${text}`)],
		['UTF-16 LE', iconv.encode(`\ufeff${text}`, 'utf-16le')],
		['UTF-16 BE', iconv.encode(`\ufeff${text}`, 'utf-16be')],
		['UTF-16 without its mark', iconv.encode(text, 'utf-16le')],
		['Windows-1252', iconv.encode(text, 'windows-1252')],
		['encoded twice', utf8(twice)],
		['encoded twice by Windows', utf8(iconv.decode(Buffer.from(text, 'utf8'), 'windows-1252'))],
		['mixed ends of line', utf8(text.replace('\n', '\r\n').replace(/\n$/, '\r'))],
		['tabs', utf8(text.replaceAll(';', '\t'))],
		['commas and quotes', utf8(text.replace(/[^;\n]+/g, '"$&"').replaceAll(';', ','))],
		['bare decimal commas', utf8(text.replaceAll(';', ','))]
	])('%s', (_, bytes) => {
		const { sketch, mapping } = proposed(bytes);
		const list = readList(bytes, '', mapping);
		const said = list.rows.map(({ name, commune }) => [name, commune]);
		expect(said).toEqual([
			['Théâtre d’été', 'Nîmes'],
			['L’Œuvre', 'Sète']
		]);
		expect(preview(sketch, mapping).map((row) => ('name' in row ? [row.name, row.commune] : row))).toEqual(said);
		expect(rest(list)).toBe(list.lines);
	});

	test('Latin-1, which has no « œ » nor curly apostrophe', () => {
		const list = readList(iconv.encode("Nom;Ville\nThéâtre d'été;Nîmes\n", 'latin1'));
		expect(list.rows[0]?.name).toBe("Théâtre d'été");
	});

	test('letters that only look encoded twice stay as they are', () => {
		expect(readList(utf8('Nom;Ville\n«ALIZÉ»;SÃO\n')).rows[0]).toMatchObject({ name: '«ALIZÉ»', commune: 'SÃO' });
	});
});

describe('defects', () => {
	test('a comma of a decimal is mended only where the whole file is cut there, and never a comma of a text', () => {
		const good = readList(utf8('Nom,Montant,Objet\nA1,10,x\nB2,20,y\nC3,1000,12,z\n'));
		expect(good.rejected).toMatchObject([{ line: 4, code: 'organisations.import-row-too-long' }]);
		const cut = readList(utf8('Nom,Montant,Objet\nA1,58 400,00,x\nB2,20,50,y\nC3,30,10,un, deux\nD4,7,z\n'));
		expect(cut.rows.map(({ name }) => name)).toEqual(['A1', 'B2', 'D4']);
		expect(cut.rejected).toMatchObject([{ line: 4, code: 'organisations.import-row-too-long' }]);
		expect(cut.told).toMatchObject([{ code: 'organisations.import-decimals', details: { n: 2 } }]);
	});

	test('a file cut in the middle says so, and keeps what it has', () => {
		const list = readList(utf8('Nom;Ville;Objet\nLe Club;Sète;x\nLes As;Nî'));
		expect(list.rows.map(({ name }) => name)).toEqual(['Le Club', 'Les As']);
		expect(list.told.map(({ code }) => code)).toContain('organisations.import-cut');
		expect(readList(utf8('Nom;Ville;Objet\nLe Club;Sète;x\nLes As;Nî;y')).told).toEqual([]);
	});

	test.each([
		['SIRET', '8,30E+13', 'rounded'],
		['SIRET', '83012345600000', 'rounded'],
		['SIREN', '452474563', 'check'],
		['RNA', '751085568', 'rna-w'],
		['BCE', '0206.492.908', 'check'],
		['idBeneficiaire', '8,14E+13', 'rounded']
	])('%s %s is kept as it is written, and is never a key', (header, value, why) => {
		const [row] = readList(utf8(`Nom;${header}\nLe Club;${value}\n`)).rows;
		expect(row).toMatchObject({ identifiers: [], unverified: [{ written: value, code: `organisations.identifier-${why}` }] });
		const [entry] = gather([row!]);
		expect(entry!.unverified).toHaveLength(1);
		expect(entry!.keys).toEqual(['name:club||']);
	});

	test('formulas stay texts', () => {
		expect(readList(utf8('Nom;Ville\n=HYPERLINK("http://x");+33\n')).rows[0]).toMatchObject({
			name: '=HYPERLINK("http://x")',
			commune: '+33'
		});
	});

	test('ten thousand broken lines are ten thousand lines with a reason', () => {
		const list = readList(utf8(`Nom;Ville\n${';Sète\n'.repeat(10_000)}Le Club;Sète\n`));
		expect(list.rejected).toHaveLength(10_000);
		expect(rest(list)).toBe(list.lines);
	});
});

const shared = sharedFolder();
const file = (name: string) => readFileSync(path.join(shared ?? '', 'data/dev', name));
describe.skipIf(!shared)('real files (skipped when their folder is absent)', () => {
	test.each([
		['associations/montpellier_2011_tiers.csv', 843],
		['belgique/bruxelles_subsides_2022_a.json', 337],
		['scdl/exemple_valide.csv', null],
		['scdl/exemple_invalide_erreurs_cellules.csv', null],
		['subventions/toulouse_2022.csv', 396],
		['subventions/85-Vendee__201903_Publication_donnees_Open_data_Subventions_Conventions.csv', 47],
		['subventions/2026_region-bretagne_canonique.csv', 4482],
		['subventions/loire-atlantique_2008-2018.csv', 18_148]
	])('%s: every line is somewhere, and the preview reads as the whole does', { timeout: 60_000 }, (name, lines) => {
		const bytes = file(name);
		const { sketch, mapping, columns } = proposed(bytes, path.basename(name));
		expect(mapping.fields).toContain('name');
		const list = readList(bytes, path.basename(name), mapping);
		expect(rest(list)).toBe(list.lines);
		if (lines !== null) expect(list.rows.length + list.rejected.length).toBe(lines);
		const first = preview(sketch, mapping).flatMap((row) => ('name' in row ? [row.name] : []));
		const rows = new Map(list.rows.map((row) => [row.name, row]));
		expect(first.filter((one) => !rows.has(one))).toEqual([]);
		// Whoever gives is not who receives: nobody's number is everybody's.
		for (const { header, field } of columns) if (/attribuant|donor/i.test(header)) expect(field, header).toBeNull();
	});

	test('Toulouse: 386 rounded numbers are said and kept, none is a key', () => {
		const bytes = file('subventions/toulouse_2022.csv');
		const list = readList(bytes, '', proposed(bytes).mapping);
		expect(list.rows.filter(({ unverified }) => unverified.length)).toHaveLength(386);
		expect(gather(list.rows).flatMap(({ keys }) => keys.filter((key) => !key.startsWith('name:')))).toEqual([]);
	});

	test('Vendée: lines that only their decimal cut are read, with the right amount’s neighbours', () => {
		const bytes = file('subventions/85-Vendee__201901_Publication_donnees_Open_data_Subventions_Conventions.csv');
		const list = readList(bytes, '', proposed(bytes).mapping);
		expect(list.rows).toHaveLength(4);
		expect(list.rejected).toHaveLength(2);
		expect(list.told.map(({ code }) => code)).toContain('organisations.import-decimals');
		const { headers } = columnsOf(sketchOf(bytes), true);
		const at = headers.indexOf('montant');
		for (const { raw } of list.rows) expect(raw[at]).toMatch(/^\d[\d\s\u00a0]*,\d\d$/);
	});
});
