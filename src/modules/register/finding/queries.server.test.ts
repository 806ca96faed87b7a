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
	kind?: string;
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
	{ name: 'LA BOULE QUI ROULE', commune: ['34172', 'Montpellier'], purpose: 'pratique de la pétanque', dead: true },
	{ name: 'PÉTANQUE ANCIENNE', commune: ['34172', 'Montpellier'], dead: true },
	{ name: 'Jeunesse de Thouaré', commune: ['44204', 'Thouaré-sur-Loire'], kind: 'foundation' }
];

beforeAll(async () => {
	await db
		.insertInto('officialBodies')
		.values(
			known.map(({ name, short, purpose, commune, dead, kind }, i) => ({
				source: 'rna-waldec',
				key: `W44100000${i}`,
				name,
				shortName: short ?? null,
				purpose: purpose ?? null,
				kind: kind ?? 'association',
				communeCode: commune?.[0] ?? null,
				communeName: commune?.[1] ?? null,
				active: !dead,
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
	['petanque', 'PÉTANQUE CLUB|Montpellier'],
	['sauvegarder lavoir', 'LES AMIS DU LAVOIR|Montpellier'],
	['amis du lavoir zyxwvu', 'LES AMIS DU LAVOIR|Montpellier'],
	['thouar', 'Jeunesse de Thouaré|Thouaré-sur-Loire'],
	['zyxwvu', undefined],
	['%', undefined],
	["l' & | ! ( ) : * <-> \\ '", undefined]
])('%s', async (words, expected) => {
	expect(await first(words)).toBe(expected);
});

test('names before purposes, those without signs of life last, and what matched is marked', async () => {
	const { records, count } = await ask('petanque');
	expect(records.map(({ title, living }) => [text(title), living])).toEqual([
		['PÉTANQUE CLUB', true],
		['LES AMIS DU LAVOIR', true],
		['PÉTANQUE ANCIENNE', false],
		['LA BOULE QUI ROULE', false]
	]);
	expect(count).toBe(4);
	expect(records[1]!.text.filter(({ marked }) => marked).map((one) => one.text)).toEqual(['pétanque']);
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

test('beyond a thousand, it is said, and the last page is the last', async () => {
	await db
		.insertInto('officialBodies')
		.values(
			Array.from({ length: mostRead + 50 }, (_, i) => ({
				source: 'bce',
				key: `0${i}`,
				name: `Harmonie ${i}`,
				kind: 'association',
				active: true,
				fingerprint: i,
				importId: 1,
				changedAt: new Date('2026-11-24T09:00:00Z')
			}))
		)
		.execute();
	await indexRecords(db, now);
	const found = await ask('harmonie', {}, 99_999);
	expect(found).toMatchObject({ crowd: { count: mostRead + 50, beyond: false }, count: mostRead, page: 50, pages: 50 });
	expect(found.records).toHaveLength(20);
});
