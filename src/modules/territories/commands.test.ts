import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../tests/world.ts';
import { drawArea, endArea, importTerritories } from './commands.server.ts';
import { codesOf, searchCommunes } from './queries.server.ts';
import { findArea, listAreas, placeMeant, proposeAreas, searchAreas } from './queries/areas.server.ts';
import { centresOf } from './queries/places.server.ts';
import { departmentOfQuarter } from './rules/files.ts';
import { kilometres } from './rules/points.ts';

const { as, seenBy } = await testWorld();
const csv = (text: string | Uint8Array<ArrayBuffer>, name = 'fichier.csv') => new File([text], name);
const first = (words: string) => as('nadia')(async ({ db }) => (await searchAreas(db, words))[0]?.key);

test.each([
	['saint-nazaire', 'com-44184'],
	['st nazaire gard', 'com-30288'],
	['loire atlantique', 'dep-44'],
	['44', 'dep-44'],
	['2A', 'dep-2a'],
	['974', 'dep-974'],
	['paris', 'com-75056'],
	['paris 20', 'com-75120'],
	['carene', 'epci-244400644'],
	['bretagne', 'reg-53'],
	['la réunion', 'dep-974'],
	['44184', 'com-44184'],
	['région Bretagne', 'reg-53'],
	['departement 44', 'dep-44'],
	['le Gard', 'dep-30'],
	['département du Gard', 'dep-30'],
	['à Montpellier', 'com-34172'],
	['près de Saint-Nazaire', 'com-44184'],
	['dans la ville du Havre', 'com-76351'],
	['communauté de communes Erdre et Gesvres', 'epci-244400503'],
	['Ville-d’Avray', 'com-92077'],
	['xyz', undefined],
	['région xyz', undefined],
	['', undefined],
	['%', undefined]
])('« %s » is %s', async (words, key) => {
	expect(await first(words)).toBe(key);
});

test('old codes lead to today’s, and a place is found by every code that it had', () => {
	// Angers 49007; Évry became Évry-Courcouronnes; Paris holds its arrondissements
	expect(codesOf(['91228'])).toContain('91182');
	expect(codesOf(['91182'])).toContain('91228');
	expect(codesOf(['75056'])).toContain('75120');
	expect(codesOf(['75120'])).not.toContain('75056');
});

test.each([
	['74011', 'com-74010', 'Annecy-le-Vieux'],
	['91182', 'com-91228', null]
])('the code of a former commune, typed, leads to today’s: %s', async (words, key, part) => {
	expect(await first(words)).toBe(key);
	expect(searchCommunes(words, 1)[0]?.formerName).toBe(part);
});

test.each([
	['Monpellier', 'com-34172'],
	['saint nazere', 'com-44184'],
	['Ste Foy les Lion', 'com-69202'],
	['près de Rennnes', 'com-35238'],
	['Loire-Atlantiqe', 'dep-44'],
	['La Baulle', 'com-44055']
])('nothing is called « %s »: the likeliest that is written almost so, and this is said', async (words, key) => {
	await as('nadia')(async ({ db }) => {
		expect(await searchAreas(db, words)).toEqual([]);
		expect(await placeMeant(db, words, null)).toMatchObject({ area: { key }, nearly: true, said: words });
		expect((await proposeAreas(db, words, 3))[0]?.key).toBe(key);
	});
});

test.each(['Zzyzx', 'xql', '🎭', 'a'.repeat(5000), '', '\\'])('« %s » is near to nothing', async (words) => {
	await as('nadia')(async ({ db }) => {
		expect(await placeMeant(db, words, 10)).toMatchObject({ area: null, codes: [], nearly: false });
	});
});

test('a drawn territory never guesses: what is written wrong is said', async () => {
	await as('claire')(async (context) => {
		await expect(drawArea(context, { id: newId(), name: 'Chez nous', communes: 'Monpellier' })).rejects.toMatchObject({
			code: 'territories.communes-unknown'
		});
	});
});

test('an old code in an address leads to today’s commune', async () => {
	await as('nadia')(async ({ db }) => {
		expect(await findArea(db, 'com-91182')).toMatchObject({
			key: 'com-91228',
			codes: expect.arrayContaining(['91228', '91182'])
		});
		expect((await placeMeant(db, 'com-01340', null)).area?.key).toBe('com-01015');
	});
});

test('what is near is near', async () => {
	await as('nadia')(async ({ db }) => {
		const { codes } = await placeMeant(db, 'com-44184', 20);
		expect(codes).toContain('44132');
		expect(codes).not.toContain('44109');
		const wider = (await placeMeant(db, 'com-44184', 100)).codes;
		expect(codes.every((code) => wider.includes(code))).toBe(true);
		expect(wider).toContain('44109');
		expect((await centresOf(db)).get('97411')).toMatchObject({ lat: expect.closeTo(-20.9, 0) });
	});
	expect(kilometres({ lat: 48.86, lon: 2.34 }, { lat: 45.76, lon: 4.84 })).toBeCloseTo(392, -1);
});

describe('a territory is drawn by its communes', () => {
	const input = () => ({ id: newId(), name: 'L’estuaire', communes: 'Saint-Nazaire 44, Pornichet\nParis 20e : Belleville' });

	test('once, by a house or an administrator, and everyone finds by it', async () => {
		await as('claire')(async (context) => {
			const said = input();
			const { key } = await drawArea(context, said);
			await drawArea(context, said);
			const areas = await listAreas(context.db, 'custom');
			expect(areas.map(({ name, members }) => [name, members])).toEqual([['L’estuaire', 3]]);
			expect(areas[0]!.parts).toEqual([{ code: '75120', part: 'Belleville' }]);
			expect(await findArea(seenBy(context, 'nadia').db, key)).toMatchObject({
				codes: expect.arrayContaining(['44184', '44132', '75120'])
			});
			expect((await searchAreas(context.db, 'estuaire')).map(({ key: one }) => one)).toContain(key);
			await endArea(context, { key });
			expect(await findArea(context.db, key)).toBeNull();
			await expect(endArea(context, { key })).rejects.toThrow(NotFound);
		});
	});

	test('by nobody else, and never by an unknown name', async () => {
		for (const who of ['nadia', 'samir', stranger] as const)
			await expect(as(who)((context) => drawArea(context, input()))).rejects.toThrow(Forbidden);
		await expect(as('claire')((context) => drawArea(context, { ...input(), communes: 'Zzyzx' }))).rejects.toThrow(Refused);
	});

	test('parts add up, a former commune and a quarter are parts, and a commune taken whole is whole', async () => {
		await as('agathe')(async (context) => {
			await importTerritories(context, {
				kind: 'priority_quarter',
				file: csv('code_qp;nom_qp;code_insee\nQP044001;Ville Ouest;44184\n')
			});
			expect((await searchAreas(context.db, 'qp044001'))[0]?.key).toBe('qp-qp044001');
			const communes =
				'Paris 20e : Belleville\nParis 20e : Ménilmontant\nArbignieu\nVille Ouest [qp-qp044001]\nPornichet : la gare\nPornichet';
			const { key } = await drawArea(context, { ...input(), communes });
			expect((await findArea(context.db, key))!.parts).toEqual([
				{ code: '01015', part: 'Arbignieu' },
				{ code: '44184', part: 'Ville Ouest' },
				{ code: '75120', part: 'Belleville, Ménilmontant' }
			]);
		});
	});

	test('a commune abroad is taken by its name and its postcodes', async () => {
		await as('agathe')(async (context) => {
			await importTerritories(context, { kind: 'foreign_commune', file: csv('NIS;Nom;codes_postaux\n62063;Liège;4000 4020\n') });
			const { key } = await drawArea(context, { ...input(), communes: 'Pornichet\nLiège [ext-62063]' });
			expect(await findArea(context.db, key)).toMatchObject({
				codes: ['44132', 'ext-62063'],
				abroad: { names: ['liege'], postcodes: ['4000', '4020'] }
			});
			await importTerritories(context, { kind: 'foreign_commune', file: csv('NIS;Nom\n55022;La Louvière\n') });
			const named = await drawArea(context, { ...input(), communes: 'Pornichet\nLa Louvière [ext-55022]' });
			expect(await findArea(context.db, named.key)).toMatchObject({ abroad: { names: ['la louviere'], postcodes: [] } });
		});
	});

	test('an intercommunal body brings all its communes', async () => {
		await as('agathe')(async (context) => {
			const { key } = await drawArea(context, { ...input(), communes: 'CARENE' });
			expect((await findArea(context.db, key))!.codes).toEqual(expect.arrayContaining(['44184', '44132', '44210']));
		});
	});
});

describe('an administrator brings files', () => {
	test('centres: with commas, without the first 0, and bad lines are said', async () => {
		await as('agathe')(async (context) => {
			const before = (await centresOf(context.db)).get('01004');
			const result = await importTerritories(context, {
				kind: 'centres',
				file: csv('Code INSEE;Latitude;Longitude\r\n1004;10,5;20,25\r\nrien;x;y\r\n99999;1;1\r\n')
			});
			expect(result).toEqual({ rows: 1, refused: 2, lines: [3, 4], gone: 0 });
			expect((await centresOf(context.db)).get('01004')).toEqual({ lat: 10.5, lon: 20.25 });
			expect(before).not.toEqual({ lat: 10.5, lon: 20.25 });
		});
	});

	test('living areas, in Latin-1, and a newer file takes the place of the older', async () => {
		await as('agathe')(async (context) => {
			const bring = (text: string) =>
				importTerritories(context, { kind: 'living_area', file: csv(new Uint8Array(Buffer.from(text, 'latin1'))) });
			const first = await bring(
				'CODGEO,BV2022,LIBBV2022\n44184,44184,Saint-Nazaire littoral\n44132,44184,Saint-Nazaire littoral\n49007,49007,Angers é\n'
			);
			expect(first.gone).toBe(0);
			expect((await searchAreas(context.db, 'littoral')).map(({ key }) => key)).toContain('bv-44184');
			expect((await findArea(context.db, 'bv-44184'))!.codes).toEqual(expect.arrayContaining(['44184', '44132']));
			expect((await bring('CODGEO,BV2022,LIBBV2022\n49007,49007,Angers\n')).gone).toBe(1);
			expect(await findArea(context.db, 'bv-44184')).toBeNull();
		});
	});

	test('Belgian communes are found by their name or a postcode', async () => {
		await as('agathe')(async (context) => {
			await importTerritories(context, {
				kind: 'foreign_commune',
				file: csv(
					'NIS\tNom\tCodes postaux\tlat\tlon\n62063\tLiège\t4000 4020\t50.63\t5.57\n21015\tSchaerbeek\t1030\t50.87\t4.38\n'
				)
			});
			expect((await searchAreas(context.db, '1030'))[0]?.key).toBe('ext-21015');
			expect((await searchAreas(context.db, '4020'))[0]?.key).toBe('ext-62063');
			expect((await searchAreas(context.db, 'liege'))[0]?.key).toBe('ext-62063');
			expect((await searchAreas(context.db, 'le liège'))[0]?.key).toBe('com-37127');
			expect((await searchAreas(context.db, 'liege')).map(({ key }) => key)).toContain('com-37127');
			expect(await findArea(context.db, 'ext-62063')).toMatchObject({
				abroad: { names: ['liege'], postcodes: ['4000', '4020'] }
			});
			expect((await placeMeant(context.db, 'ext-62063', 50)).from).toEqual({
				lat: expect.closeTo(50.63, 2),
				lon: expect.closeTo(5.57, 2)
			});
		});
	});

	test('a commune abroad is known by its name in each language, with its mistakes, and is around those that are near', async () => {
		await as('agathe')(async (context) => {
			const { db } = context;
			const result = await importTerritories(context, {
				kind: 'foreign_commune',
				file: csv(
					'Code NIS;Nom_FR;Nom_NL;Nom_DE;Codes postaux;lat;lon\n' +
						'62063;Liège;Luik;Lüttich;4000;50,63;5,57\n62063;Bressoux;;;4020;;\n' +
						'21015;Schaerbeek;Schaarbeek;;1030;50,87;4,38\n21009;Ixelles;Elsene;;1050;50,82;4,37\n' +
						'11002;;Antwerpen;;2000;;\n'
				)
			});
			expect(result).toMatchObject({ rows: 5, refused: 0 });
			for (const [words, key] of [
				['Luik', 'ext-62063'],
				['LÜTTICH', 'ext-62063'],
				['bressoux', 'ext-62063'],
				['schaarbeek', 'ext-21015'],
				['Elsene', 'ext-21009'],
				['antwerpen', 'ext-11002']
			] as const)
				expect((await searchAreas(db, words))[0]?.key, words).toBe(key);
			expect(await placeMeant(db, 'Schaarbek', null)).toMatchObject({ area: { key: 'ext-21015' }, nearly: true });
			const around = await placeMeant(db, 'Schaarbeek', 10);
			expect(around.codes).toEqual(['ext-21015', 'ext-21009']);
			expect(around.abroad!.names).toEqual(expect.arrayContaining(['schaarbeek', 'ixelles', 'elsene']));
			// across the border, both ways
			expect((await placeMeant(db, 'ext-62063', 150)).codes).toEqual(expect.arrayContaining(['ext-21015', '08105']));
			expect((await placeMeant(db, 'Charleville-Mézières', 150)).codes).toContain('ext-62063');
			// nobody said where Antwerpen is
			expect(await placeMeant(db, 'ext-11002', 20)).toMatchObject({ from: null, codes: ['ext-11002'] });
			await importTerritories(context, { kind: 'foreign_commune', file: csv('NIS;Nom\n62063;Liège\n') });
			expect(await searchAreas(db, 'Luik')).toEqual([]);
		});
	});

	test.each([
		['', 'territories.columns-missing'],
		['a;b\n1;2', 'territories.columns-missing'],
		['code_insee;lat;lon\n', 'territories.nothing-read'],
		['code_insee;lat;lon\n44184;999;999', 'territories.nothing-read'],
		['code_insee;lat;lon\n"44184', 'territories.file-unreadable']
	])('%j is refused in words, and nothing is changed', async (text, code) => {
		await as('agathe')(async (context) => {
			await expect(importTerritories(context, { kind: 'centres', file: csv(text) })).rejects.toMatchObject({ code });
		});
	});

	test('nobody else does', async () => {
		for (const who of ['nadia', 'claire', stranger] as const)
			await expect(as(who)((context) => importTerritories(context, { kind: 'centres', file: csv('x') }))).rejects.toThrow(
				Forbidden
			);
	});

	const published = path.join(process.env.ENSEMBLIER_SHARED ?? '../shared', 'data/ship/geo/occitanie_qp.csv');
	test('priority quarters as they are published', async (it) => {
		let bytes: Uint8Array<ArrayBuffer>;
		try {
			bytes = new Uint8Array(readFileSync(published));
		} catch {
			return it.skip('the folder of real files is absent');
		}
		await as('agathe')(async (context) => {
			const { rows, refused } = await importTerritories(context, { kind: 'priority_quarter', file: csv(bytes) });
			expect(rows).toBeGreaterThan(80);
			expect(refused).toBeLessThan(rows / 10);
			expect((await findArea(context.db, 'qp-qp009002'))!.codes).toContain('09122');
		});
	});
});

test.each([
	['QP009002', '09'],
	['QP02A001', '2A'],
	['QN04410M', '44'],
	['QP974012', '974'],
	['x', null]
])('%s is of %s', (code, department) => {
	expect(departmentOfQuarter(code)).toBe(department);
});
