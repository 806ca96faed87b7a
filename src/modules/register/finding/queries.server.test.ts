import { beforeAll, expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import { testWorld } from '../../../../tests/world.ts';
import { indexRecords } from './commands.server.ts';
import { mostRead, searchRegister, type Wanted } from './queries.server.ts';

const { db, as, world } = await testWorld();
const now = new Date('2026-11-22T09:00:00Z');
type Record = {
	name: string;
	short?: string;
	purpose?: string;
	commune?: [code: string, name: string];
	dead?: boolean;
	/** It declared something lately. */
	alive?: boolean;
	kind?: string;
	source?: string;
};
const nazaire: [string, string] = ['44184', 'Saint-Nazaire'];
const known: Record[] = [
	{ name: 'MAISON DES ASSOCIATIONS', commune: nazaire, purpose: 'accueillir et accompagner' },
	{ name: 'MAISON DES ASSOCIATIONS', commune: ['44109', 'Nantes'] },
	{ name: 'MAISON DES JEUNES ET DE LA CULTURE JEAN MACÉ', commune: nazaire },
	{ name: 'M.J.C. BOULEVARD', commune: ['44109', 'Nantes'] },
	{ name: 'FOYER DES JEUNES ET D’ÉDUCATION POPULAIRE', short: 'FJEP', commune: ['34172', 'Montpellier'] },
	{ name: 'LES AMIS DU LAVOIR', commune: ['34172', 'Montpellier'], purpose: 'sauvegarder le patrimoine et la pétanque' },
	{ name: 'PÉTANQUE CLUB', commune: ['34172', 'Montpellier'] },
	{ name: 'AMICALE DES ANCIENS DU CLUB DE PÉTANQUE', commune: ['34172', 'Montpellier'], alive: true },
	{ name: 'LA BOULE QUI ROULE', commune: ['34172', 'Montpellier'], purpose: 'pratique de la pétanque', dead: true },
	{ name: 'PÉTANQUE ANCIENNE', commune: ['34172', 'Montpellier'], dead: true },
	{ name: 'CERCLE DE LA LYS', commune: ['ext-54007', 'Mouscron'], source: 'bce' },
	{ name: 'CLUB DU TROISIÈME ÂGE BOUTON D’OR', commune: ['44015', 'Blain'] },
	{ name: 'CENTRE SOCIAL ET CULTUREL DES GENÊTS', short: 'CSCG', commune: ['44015', 'Blain'] },
	{ name: 'Jeunesse de Thouaré', commune: ['44204', 'Thouaré-sur-Loire'], kind: 'foundation' }
];

beforeAll(async () => {
	await db
		.insertInto('officialBodies')
		.values(
			known.map(({ name, short, purpose, commune, dead, alive, kind, source }, i) => ({
				source: source ?? 'rna-waldec',
				key: `W44100000${i}`,
				name,
				shortName: short ?? null,
				purpose: purpose ?? null,
				kind: kind ?? 'association',
				communeCode: commune?.[0] ?? null,
				communeName: commune?.[1] ?? null,
				active: !dead,
				declaredOn: alive ? '2025-03-01' : null,
				fingerprint: i,
				importId: 1,
				changedAt: now
			}))
		)
		.execute();
	expect(await indexRecords(db, now)).toBe(known.length);
});

const ask = (words: string, more: Partial<Wanted> = {}, page = 1) =>
	as('nadia')((context) => searchRegister(context, { words, codes: null, kind: null, ...more }, page));
const text = (pieces: { text: string }[]) => pieces.map((one) => one.text).join('');
const first = async (words: string, more: Partial<Wanted> = {}) => {
	const [one] = (await ask(words, more)).records;
	return one && `${text(one.title)}|${text(one.place)}`;
};

test.each([
	['maison des asso st nazaire', 'MAISON DES ASSOCIATIONS|Saint-Nazaire'],
	['Maison des associations de Nantes', 'MAISON DES ASSOCIATIONS|Nantes'],
	['mjc jean mace', 'MAISON DES JEUNES ET DE LA CULTURE JEAN MACÉ|Saint-Nazaire'],
	['maison des jeunes et de la culture boulevard', 'M.J.C. BOULEVARD|Nantes'],
	['mjc boulevard', 'M.J.C. BOULEVARD|Nantes'],
	['m.j.c. boulevard', 'M.J.C. BOULEVARD|Nantes'],
	['fjep', 'FOYER DES JEUNES ET D’ÉDUCATION POPULAIRE, FJEP|Montpellier'],
	['amis du lavior', 'LES AMIS DU LAVOIR|Montpellier'],
	['les amis des lavoirs', 'LES AMIS DU LAVOIR|Montpellier'],
	['petanque', 'AMICALE DES ANCIENS DU CLUB DE PÉTANQUE|Montpellier'],
	['sauvegarder lavoir', 'LES AMIS DU LAVOIR|Montpellier'],
	['amis du lavoir zyxwvu', 'LES AMIS DU LAVOIR|Montpellier'],
	['association lavoir', 'LES AMIS DU LAVOIR|Montpellier'],
	['club du lavoir', 'LES AMIS DU LAVOIR|Montpellier'],
	['club du 3e âge', 'CLUB DU TROISIÈME ÂGE BOUTON D’OR|Blain'],
	['3ÈME AGE', 'CLUB DU TROISIÈME ÂGE BOUTON D’OR|Blain'],
	['csc', 'CENTRE SOCIAL ET CULTUREL DES GENÊTS, CSCG|Blain'],
	['thouar', 'Jeunesse de Thouaré|Thouaré-sur-Loire'],
	['zyxwvu', undefined],
	['%', undefined],
	["l' & | ! ( ) : * <-> \\ '", undefined]
])('%s', async (words, expected) => {
	expect(await first(words)).toBe(expected);
});

test('names before purposes, those without signs of life last, and what matched is marked', async () => {
	const { records, count } = await ask('petanque');
	expect(records.map(({ title, life }) => [text(title), life])).toEqual([
		['AMICALE DES ANCIENS DU CLUB DE PÉTANQUE', 'living'],
		['PÉTANQUE CLUB', 'silent'],
		['LES AMIS DU LAVOIR', 'silent'],
		['PÉTANQUE ANCIENNE', 'ended'],
		['LA BOULE QUI ROULE', 'ended']
	]);
	expect(count).toBe(5);
	expect(records[2]!.text.filter(({ marked }) => marked).map((one) => one.text)).toEqual(['pétanque']);
});

test('a legal word that the name lacks is no word that nothing answers', async () => {
	expect(await ask('asso des amis du lavoir')).toMatchObject({ nearly: false, left: [], count: 1 });
	expect(await ask('comité du lavoir')).toMatchObject({ nearly: false, left: [], count: 1 });
});

test('what stands at the Belgian register is active', async () => {
	expect((await ask('cercle lys')).records.map(({ life }) => life)).toEqual(['living']);
});

test('plurals are no mistakes, and a short form is marked where its words stand', async () => {
	expect(await ask('maisons des association')).toMatchObject({ nearly: false, count: 2 });
	// no name holds « CSC » itself
	expect(await ask('csc')).toMatchObject({ nearly: false, count: 1 });
	const marked = async (words: string) =>
		(await ask(words)).records[0]!.title.filter((piece) => piece.marked).map((piece) => piece.text);
	expect(await marked('mjc boulevard')).toEqual(['M.J.C.', 'BOULEVARD']);
	expect(await marked('mjc macé')).toEqual(['MAISON', 'JEUNES', 'CULTURE', 'MACÉ']);
});

test('a place and a kind narrow, with words or without', async () => {
	expect(await first('maison', { codes: ['44109'] })).toBe('MAISON DES ASSOCIATIONS|Nantes');
	expect((await ask('', { codes: ['44109'] })).count).toBe(2);
	expect((await ask('', { codes: ['44204'], kind: 'foundation' })).count).toBe(1);
	expect((await ask('', { codes: ['44204'], kind: 'association' })).count).toBe(0);
	expect((await ask('')).count).toBe(0);
});

test('what is already an organisation of the directory is not shown twice', async () => {
	const { id } = await db.selectFrom('officialBodies').select('id').where('shortName', '=', 'FJEP').executeTakeFirstOrThrow();
	const row = {
		id: '019bbbbb-0000-7000-8000-000000000001',
		organisationId: world.structures.nadia,
		bodyId: id,
		how: 'person',
		since: now
	};
	await db.insertInto('organisationOfficialRecords').values(row).execute();
	expect((await ask('fjep')).count).toBe(0);
	await db.updateTable('organisationOfficialRecords').set({ until: now }).execute();
	expect((await ask('fjep')).count).toBe(1);
});

test('a stranger learns nothing from the registers', async () => {
	const open = await as('nadia')((context) =>
		searchRegister({ ...context, actor: stranger }, { words: 'maison', codes: ['44184'], kind: null }, 1)
	);
	expect(open).toMatchObject({ records: [], count: 0, left: [] });
});

test('what changed is read anew, what is shown elsewhere is left out, and nothing is read twice', async () => {
	const later = new Date('2026-11-23T09:00:00Z');
	expect(await indexRecords(db, later)).toBe(0);
	await db
		.updateTable('officialBodies')
		.set({ name: 'LA BOULE CARRÉE', changedAt: later })
		.where('name', '=', 'LA BOULE QUI ROULE')
		.execute();
	const club = await db.selectFrom('officialBodies').select('id').where('name', '=', 'PÉTANQUE CLUB').executeTakeFirstOrThrow();
	await db
		.updateTable('officialBodies')
		.set({ sameAs: club.id, changedAt: later })
		.where('name', '=', 'PÉTANQUE ANCIENNE')
		.execute();
	expect(await indexRecords(db, later)).toBe(1);
	expect(await first('boule carree')).toBe('LA BOULE CARRÉE|Montpellier');
	expect((await ask('petanque ancienne')).records.map(({ title }) => text(title))).not.toContain('PÉTANQUE ANCIENNE');
});

test('of too many, one is asked where, those that live are all kept, and that there are more is said', async () => {
	const most = mostRead('harmonie');
	const add = async (from: number, n: number, declaredOn: string | null) => {
		const changedAt = new Date(Date.UTC(2026, 10, 24, 0, 0, from));
		await db
			.insertInto('officialBodies')
			.values(
				Array.from({ length: n }, (_, i) => ({
					source: 'rna-import',
					key: `0${from + i}`,
					name: `Harmonie ${from + i}`,
					kind: 'association',
					communeCode: i % 3 ? '44184' : '34172',
					active: true,
					declaredOn,
					fingerprint: i,
					importId: 1,
					changedAt
				}))
			)
			.execute();
		await indexRecords(db, now);
	};
	await add(0, most, null);
	expect(await ask('harmonie', {}, 99_999)).toMatchObject({ count: most, beyond: false, towns: null, page: most / 20 });
	await add(most, most, null);
	expect((await ask('harmonie')).towns?.map(({ code }) => code)).toEqual(['44184', '34172']);
	expect((await ask('harmonie', { codes: ['34172'] })).towns).toBeNull();
	await add(2 * most, 30, '2025-03-01');
	const all = await ask('harmonie');
	expect(all).toMatchObject({ count: most, beyond: true });
	expect(all.records.map(({ life }) => life)).toEqual(Array.from({ length: 20 }, () => 'living'));
	expect((await ask('harmonie', {}, 2)).records.map(({ life }) => life)).toEqual([
		...Array.from({ length: 10 }, () => 'living'),
		...Array.from({ length: 10 }, () => 'silent')
	]);
	// those of a place alone are in order: more of them are read
	expect(await ask('', { codes: ['44184', '34172'] }, 3)).toMatchObject({ beyond: false, towns: null, page: 3 });
}, 30_000);
