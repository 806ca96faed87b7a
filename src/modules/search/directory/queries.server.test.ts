import { expect, test } from 'vitest';
import { stranger, type Actor } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sayNeed } from '#modules/needs/commands.server.ts';
import { sayForm } from '#modules/needs/forms.ts';
import { changeProfile, chooseWhatShows } from '#modules/organisations/commands.server.ts';
import { writePostalAddress } from '#modules/organisations/commands/confirming.server.ts';
import { cursorOut, profileForm, searchIn, searchOut, type Asked, type At } from '#modules/organisations/forms.ts';
import { pageSize } from '#modules/organisations/queries/directory.server.ts';
import { drawMap } from '#modules/organisations/queries/map.server.ts';
import { importTerritories } from '#modules/territories/commands.server.ts';
import { indexRecords } from '#modules/register/finding/commands.server.ts';
import type { Name } from '../../../../seeds/world.ts';
import { testWorld } from '../../../../tests/world.ts';
import { csvOf, goGoCartoOf, jsonLdOf, taken } from './documents.server.ts';
import { countSearch, listChoices, listWithout, placeSearch, searchDirectory, understandSearch } from './queries.server.ts';

const { db, world, as, seenBy } = await testWorld();
const { page: _page, after: _after, before: _before, registerPage: _registerPage, ...nothing } = searchIn(new URL('http://x/'));
const start = { page: 1, after: null, before: null, registerPage: 1 };

const ask = async (context: Context, asked: Partial<Asked>, at: Partial<At> = {}) =>
	searchDirectory(context, await understandSearch(context, { ...nothing, ...asked }), { ...start, ...at });
const names = async (context: Context, asked: Partial<Asked>) =>
	(await ask(context, asked)).organisations.map(({ name }) => name).toSorted();
const choices = async (context: Context, asked: Partial<Asked>) =>
	listChoices(context, await understandSearch(context, { ...nothing, ...asked }));
const placed = async (context: Context, asked: Partial<Asked> = {}) =>
	placeSearch(context, await understandSearch(context, { ...nothing, ...asked }));
const asStranger = (context: Context): Context => ({ ...context, actor: stranger });
const text = async (parts: AsyncIterable<string>) => (await Array.fromAsync(parts)).join('');
const filed = (context: Context, asked: Partial<Asked> = {}) => taken((run) => run(context), { ...nothing, ...asked }, 5000);

/** Five structures say where they are and what they do. */
async function settle(context: Context): Promise<void> {
	const said: [keyof typeof world.structures & keyof typeof world.actors, Record<string, string>][] = [
		[
			'nadia',
			{ name: 'L’Atelier du Soleil', commune: 'Paris 20e', themes: 'théâtre, jardin', audiences: 'enfants', shortName: 'A.D.S.' }
		],
		['odile', { name: 'Compagnie des Tréteaux', commune: 'Saint-Nazaire 44', themes: 'Théâtre', networks: 'MJC' }],
		[
			'samir',
			{ name: 'Maison des associations', commune: 'Saint-Nazaire 44', purpose: 'Accueillir celles et ceux qui s’engagent.' }
		],
		['bruno', { name: 'Les Jardins du Canal', commune: 'Pornichet', themes: 'Jardin' }]
	];
	for (const [who, { name, ...more }] of said)
		await changeProfile(
			seenBy(context, who),
			world.structures[who],
			profileForm.parse({
				name,
				kind: 'association',
				email: 'contact@exemple.fr',
				phone: '02 40 00 00 00',
				website: 'exemple.fr',
				...more
			})
		);
}

test.each<[string, Partial<Asked>, string[]]>([
	['a word, whatever its accents', { words: 'treteaux' }, ['Compagnie des Tréteaux']],
	['abbreviations', { words: 'maison des asso st nazaire' }, ['Maison des associations']],
	['a mistake of the fingers', { words: 'maison des asociations nazaire' }, ['Maison des associations']],
	['what it is for', { words: 'engagent' }, ['Maison des associations']],
	['an acronym', { words: 'ads' }, ['L’Atelier du Soleil']],
	['a kind', { kind: 'mda' }, ['Maison des associations de Port-Louet', 'Maison des associations de Valsorbier']],
	['a theme in the plural', { theme: 'jardins' }, ['Les Jardins du Canal', 'L’Atelier du Soleil']],
	['the beginning of a theme', { theme: 'jard' }, ['Les Jardins du Canal', 'L’Atelier du Soleil']],
	['a theme with a mistake', { theme: 'tehatre' }, ['Compagnie des Tréteaux', 'L’Atelier du Soleil']],
	['an audience in the singular, in capitals', { audience: 'ENFANT' }, ['L’Atelier du Soleil']],
	['a network by what it stands for', { network: 'maison des jeunes et de la culture' }, ['Compagnie des Tréteaux']],
	['a theme that nobody says', { theme: 'zyxwvu' }, []],
	['a theme of signs', { theme: "' & | !" }, []],
	['a theme', { theme: 'theatre' }, ['Compagnie des Tréteaux', 'L’Atelier du Soleil']],
	['an audience', { audience: 'Enfants' }, ['L’Atelier du Soleil']],
	['a network', { network: 'mjc' }, ['Compagnie des Tréteaux']],
	['a commune', { place: 'saint-nazaire' }, ['Compagnie des Tréteaux', 'Maison des associations']],
	['a commune by its key', { place: 'com-44184' }, ['Compagnie des Tréteaux', 'Maison des associations']],
	['an intercommunal body', { place: 'carene' }, ['Compagnie des Tréteaux', 'Les Jardins du Canal', 'Maison des associations']],
	['a department by its number', { place: '44' }, ['Compagnie des Tréteaux', 'Les Jardins du Canal', 'Maison des associations']],
	['a region', { place: 'Pays de la Loire' }, ['Compagnie des Tréteaux', 'Les Jardins du Canal', 'Maison des associations']],
	['a distance', { place: 'saint-nazaire', km: 20, theme: 'jardin' }, ['Les Jardins du Canal']],
	['a distance that is too short', { place: 'saint-nazaire', km: 5, theme: 'jardin' }, []],
	['a place that nothing is called', { place: 'zzyzx' }, []],
	['all at once', { words: 'compagnie', theme: 'théâtre', place: '44', kind: 'association' }, ['Compagnie des Tréteaux']]
])('%s', async (_what, asked, expected) => {
	await as('nadia')(async (context) => {
		await settle(context);
		const found = await names(context, asked);
		expect(found).toEqual(expected);
		const { count, organisations } = await ask(context, asked);
		expect(count).toBe(organisations.length);
		expect(await countSearch(context, { ...nothing, ...asked })).toBe(count);
	});
});

test('what matched is marked, and how far it is is said', async () => {
	await as('nadia')(async (context) => {
		await settle(context);
		const [one] = (await ask(context, { words: 'asso st nazaire' })).organisations;
		expect(one!.marked!.title.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['associations']);
		expect(one!.marked!.place.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['Saint', 'Nazaire']);
		const [garden] = (await ask(context, { place: 'saint-nazaire', km: 20, theme: 'jardin' })).organisations;
		expect(garden!.km).toBeGreaterThan(3);
		expect(garden!.km).toBeLessThan(15);
	});
});

test('counts follow the other filters', async () => {
	await as('nadia')(async (context) => {
		await settle(context);
		const facets = await choices(context, { place: '44', theme: 'jardin' });
		expect(facets.themes.map(({ word, count }) => [word.toLowerCase(), count])).toEqual([
			['jardin', 1],
			['théâtre', 1]
		]);
		expect(facets.kinds).toEqual([{ kind: 'association', count: 1 }]);
		// spelled in two ways by one, it is one
		await allow(context, true)
			.updateTable('organisations')
			.set({ themes: ['Jardin', 'jardin', 'JARDIN'] })
			.where('id', '=', world.structures.bruno)
			.execute();
		expect((await choices(context, {})).themes.map(({ word, count }) => [word.toLowerCase(), count])).toEqual([
			['jardin', 2],
			['théâtre', 2]
		]);
	});
});

test('a stranger sees those that chose to be shown to everyone, and nothing by any other way', async () => {
	await as('nadia')(async (context) => {
		await settle(context);
		const open = asStranger(context);
		expect((await ask(open, {})).organisations).toEqual([]);
		for (const asked of [
			{ words: 'treteaux' },
			{ words: 'tretaux' },
			{ theme: 'théâtre' },
			{ theme: 'jardins' },
			{ place: '44' }
		])
			expect(await ask(open, asked)).toMatchObject({ count: 0, organisations: [], meant: null });
		expect((await understandSearch(open, { ...nothing, theme: 'jardins' })).instead).toEqual({});
		expect(await choices(open, {})).toEqual({ kinds: [], themes: [], audiences: [], networks: [], needs: [], offers: [] });
		expect(await placed(open)).toEqual({ towns: [], nowhere: 0, records: null });

		await chooseWhatShows(seenBy(context, 'odile'), world.structures.odile, { shows: ['public', 'website'] });
		await chooseWhatShows(seenBy(context, 'bruno'), world.structures.bruno, { shows: ['email'] });
		expect(await names(open, {})).toEqual(['Compagnie des Tréteaux']);
		const read = (who: Context) => text(csvOf(filed(who)));
		expect(await read(open)).toContain('exemple.fr');
		expect(await read(open)).not.toContain('contact@');
		expect(await read(open)).not.toContain('02 40');
		const inside = (await read(context)).split('\r\n');
		expect(inside.filter((row) => row.includes('contact@')).map((row) => row.split(';')[0])).toEqual(['Les Jardins du Canal']);
	});
});

test('only who manages it chooses what it shows', async () => {
	const may = (actor: Parameters<typeof as>[0]) =>
		as(actor)((context) => chooseWhatShows(context, world.structures.odile, { shows: ['public'] }));
	await expect(may('nadia')).rejects.toThrow(Forbidden);
	await expect(may('agathe')).rejects.toThrow(Forbidden);
	await expect(may(stranger as Actor)).rejects.toThrow(Forbidden);
	await may('odile');
});

test('files hold every organisation once, step after step, and are what they say', async () => {
	await as('nadia')(async (context) => {
		await settle(context);
		const street = { street: '7 rue de la Harpistole', postcode: '44600' };
		await writePostalAddress(seenBy(context, 'odile'), world.structures.odile, street);
		const all = () => filed(context);
		const { count } = await ask(context, {});
		const linked = JSON.parse(await text(jsonLdOf(all())));
		expect(linked['@graph']).toHaveLength(count);
		expect(JSON.stringify(linked)).not.toMatch(/streetAddress|contact@/);
		const { data } = JSON.parse(await text(goGoCartoOf(all())));
		expect(data.find(({ name }: { name: string }) => name === 'Compagnie des Tréteaux')).toMatchObject({
			geo: { latitude: expect.closeTo(47.28, 1), longitude: expect.closeTo(-2.2, 1) },
			address: { addressLocality: 'Saint-Nazaire' },
			categories: ['Association', 'Théâtre']
		});
		expect((await text(csvOf(all()))).trimEnd().split('\r\n')).toHaveLength(count + 1);
		for (const file of [csvOf, jsonLdOf, goGoCartoOf]) expect(await text(file(all())), file.name).not.toMatch(/Harpistole|44600/);
		expect(JSON.stringify(await ask(context, {}))).not.toMatch(/Harpistole/);
		// a file that stops short says so, whatever its form
		const short = () => taken((run) => run(context), nothing, 3);
		expect((await text(csvOf(short()))).trimEnd().split('\r\n').slice(4)).toEqual([
			expect.stringMatching(/^Ce fichier s’arrête à 3 structures/)
		]);
		expect(JSON.parse(await text(jsonLdOf(short()))).description).toMatch(/s’arrête à 3/);
		expect(JSON.parse(await text(goGoCartoOf(short()))).notes[0]).toMatch(/s’arrête à 3/);
		expect(linked.description).toBeUndefined();
	});
});

test('the map shows towns, groups of towns, and says who stands nowhere', async () => {
	await as('nadia')(async (context) => {
		await settle(context);
		const where = await placed(context);
		const whole = drawMap(where, '');
		expect(whole.spots.reduce((sum, { count }) => sum + count, 0) + whole.elsewhere + where.nowhere).toBe(
			(await ask(context, {})).count
		);
		const near = drawMap(where, '11/47.27/-2.28');
		expect(near.spots.filter(({ code }) => code).map(({ code, count }) => [code, count])).toEqual(
			expect.arrayContaining([['44184', 2]])
		);
		expect(drawMap({ towns: [], nowhere: 0 }, 'nonsense').spots).toEqual([]);
	});
});

test.each([
	[
		'compagnie jardin',
		[
			['compagnie', 'jardin', 2],
			['jardin', 'compagnie', 1]
		]
	],
	['compagnie zyxwvu', [['zyxwvu', 'compagnie', 1]]],
	['les zyxwvu de la compagnie', [['zyxwvu', 'les de la compagnie', 1]]],
	['zyxwvu', []],
	['zyxwvu wvutsr', []],
	['un deux trois quatre cinq six sept', []],
	["' & | !", []]
])('nothing answers all of « %s »: what each word left out would find', async (words, expected) => {
	await as('nadia')(async (context) => {
		await settle(context);
		const understood = await understandSearch(context, { ...nothing, words });
		const without = await listWithout(context, understood);
		expect(without.map((one) => [one.left, one.words, one.count])).toEqual(expected);
		expect(await listWithout(asStranger(context), understood)).toEqual([]);
	});
});

test('a structure abroad is found by any name of its commune, stands on the map and in files, and is around', async () => {
	await as('agathe')(async (context) => {
		await settle(context);
		const file = new File(
			['NIS;Nom;Nom_NL;cp;lat;lon\n21015;Schaerbeek;Schaarbeek;1030;50.87;4.38\n21009;Ixelles;Elsene;1050;50.82;4.37\n'],
			'communes.csv'
		);
		await importTerritories(context, { kind: 'foreign_commune', file });
		await changeProfile(
			seenBy(context, 'bruno'),
			world.structures.bruno,
			profileForm.parse({ name: 'Les Jardins du Canal', kind: 'association', commune: 'Schaarbeek', themes: 'Jardin' })
		);
		const found = ['Les Jardins du Canal'];
		expect(await names(context, { place: 'Schaerbeek' })).toEqual(found);
		expect(await names(context, { place: 'elsene', km: 10 })).toEqual(found);
		expect(await names(context, { place: 'elsene' })).toEqual([]);
		// its commune wrote its Dutch name
		expect((await understandSearch(context, { ...nothing, words: 'jardin schaerbeek' })).town?.name).toBe('Schaerbeek');
		expect(await names(context, { words: 'jardin schaerbeek' })).toEqual(found);
		const [one] = (await ask(context, { place: 'Ixelles', km: 10 })).organisations;
		expect(one!.km).toBe(6);
		const { towns } = await placed(context, { theme: 'jardin', place: 'Schaerbeek' });
		expect(towns).toMatchObject([{ code: 'ext-21015', name: 'Schaerbeek', count: 1 }]);
		const { data, notes } = JSON.parse(await text(goGoCartoOf(filed(context, { place: 'Schaerbeek' }))));
		expect(data).toMatchObject([
			{ name: found[0], geo: { latitude: expect.closeTo(50.87, 2), longitude: expect.closeTo(4.38, 2) } }
		]);
		expect(notes).toBeUndefined();
	});
});

test.each([
	['/structures', nothing],
	['/structures?q=a&genre=mda&theme=b&public=c&reseau=d&lieu=44&rayon=20&page=3', { words: 'a', kind: 'mda', km: 20, page: 3 }],
	[
		'/structures?cherche=equipment&propose=skill&registres=oui&tels=oui&ordre=nom',
		{ need: 'equipment', offer: 'skill', registers: true }
	],
	[
		'/structures?genre=x&rayon=7&page=-1&lieu=&cherche=%27--&registres=x',
		{ kind: null, km: null, page: 1, place: null, need: null }
	],
	['/structures?lieu=Montpellier,+10+km', { place: 'Montpellier', km: 10 }],
	['/structures?lieu=Saint-Nazaire+à+12km', { place: 'Saint-Nazaire', km: 20 }],
	['/structures?lieu=Montpellier+300+km&rayon=5', { place: 'Montpellier', km: 5 }],
	['/structures?lieu=à+30+km+autour+de+Nantes', { place: 'Nantes', km: 50 }],
	['/structures?lieu=Dans+un+rayon+de+10+km+d’Angers', { place: 'Angers', km: 10 }],
	['/structures?lieu=10+km', { place: '10 km', km: null }],
	['/structures?apres=rien&avant=~1', { after: null, before: null }],
	[`/structures?lieu=${'x'.repeat(500)}%00`, { place: 'x'.repeat(120) }]
])('%s is read', (address, expected) => {
	const read = searchIn(new URL(address, 'http://here'));
	expect(read).toMatchObject(expected);
	const { page: _1, after: _2, before: _3, registerPage: _4, ...asked } = read;
	expect(searchIn(new URL(`/structures${searchOut(asked)}`, 'http://here'))).toMatchObject(asked);
	const cursor = { lives: false, name: 'L’Été ~ & Cie', id: newId() };
	expect(searchIn(new URL(`/structures${searchOut(asked, { apres: cursorOut(cursor) })}`, 'http://here')).after).toEqual(cursor);
});

/** What structures look for and offer; the garden's chairs are said to everyone. */
async function speak(context: Context): Promise<void> {
	await settle(context);
	const said: [Name, Record<string, unknown>][] = [
		['nadia', { side: 'need', kind: 'equipment', text: 'Quarante chaises pour juin.' }],
		['odile', { side: 'offer', kind: 'premises', text: 'Une salle de répétition le lundi.' }],
		['bruno', { side: 'offer', kind: 'equipment', text: 'Des chaises et des bancs.', public: 'on' }],
		['bruno', { side: 'need', kind: 'volunteers', text: 'Des bras pour le potager.' }]
	];
	for (const [who, one] of said) await sayNeed(seenBy(context, who), sayForm.parse({ id: newId(), ...one }));
}

test.each<[string, Partial<Asked>, string[]]>([
	['who looks for equipment', { need: 'equipment' }, ['L’Atelier du Soleil']],
	['who offers some', { offer: 'equipment' }, ['Les Jardins du Canal']],
	['both at once', { need: 'volunteers', offer: 'equipment' }, ['Les Jardins du Canal']],
	['neither', { need: 'finance' }, []],
	['with a place', { offer: 'premises', place: '44' }, ['Compagnie des Tréteaux']],
	['a kind that is none is left out', { need: 'nonsense', place: '44', theme: 'jardin' }, ['Les Jardins du Canal']],
	['a word of what is looked for or offered', { words: 'chaise' }, ['Les Jardins du Canal', 'L’Atelier du Soleil']],
	['a mistaken one', { words: 'chaizes' }, ['Les Jardins du Canal', 'L’Atelier du Soleil']]
])('needs and offers: %s', async (_what, asked, expected) => {
	await as('nadia')(async (context) => {
		await speak(context);
		expect(await names(context, asked)).toEqual(expected);
		expect(await countSearch(context, { ...nothing, ...asked })).toBe(expected.length);
		expect(
			(await Array.fromAsync(filed(context, asked)))
				.flatMap((piece) => ('short' in piece ? [] : piece))
				.map(({ name }) => name)
				.toSorted()
		).toEqual(expected);
		const map = await placed(context, asked);
		expect(map.towns.reduce((sum, { count }) => sum + count, 0) + map.nowhere).toBe(expected.length);
	});
});

test('the sentence that answers is shown, and the kinds are counted under the other filters', async () => {
	await as('nadia')(async (context) => {
		await speak(context);
		const [one] = (await ask(context, { offer: 'equipment' })).organisations;
		expect(one!.sayings).toMatchObject([{ side: 'offer', kind: 'equipment', text: [{ text: 'Des chaises et des bancs.' }] }]);
		const [marked] = (await ask(context, { words: 'bancs' })).organisations;
		expect(marked!.sayings[0]!.text.filter((piece) => piece.marked).map((piece) => piece.text)).toEqual(['bancs']);
		expect(await choices(context, { place: '44' })).toMatchObject({
			needs: [{ kind: 'volunteers', count: 1 }],
			offers: [
				{ kind: 'equipment', count: 1 },
				{ kind: 'premises', count: 1 }
			]
		});
		expect((await choices(context, { offer: 'equipment' })).needs).toEqual([{ kind: 'volunteers', count: 1 }]);
		expect((await choices(context, { offer: 'equipment' })).offers).toHaveLength(2);
	});
});

/** What a row of a file says, by the head of its column. */
const rowOf = (table: string, name: string): Record<string, string> | undefined => {
	const [heads, ...rows] = table
		.replace('\ufeff', '')
		.trimEnd()
		.split('\r\n')
		.map((row) => row.split(';'));
	const row = rows.find(([first]) => first === name);
	return row && Object.fromEntries(row.map((cell, i) => [heads![i]!, cell]));
};

test.each<['stranger' | 'agathe' | 'samir' | 'claire' | 'yann' | 'bruno', 'nothing' | 'open' | 'all']>([
	['stranger', 'open'],
	['samir', 'all'],
	['claire', 'all'],
	['yann', 'all'],
	['agathe', 'all'],
	['bruno', 'all']
])('%s reads and takes what each structure agreed to show, and no street', async (who, reads) => {
	await as('nadia')(async (context) => {
		await speak(context);
		await allow(context, true).updateTable('organisations').set({ street: '12 rue des Lilas' }).execute();
		await chooseWhatShows(seenBy(context, 'bruno'), world.structures.bruno, { shows: ['public', 'email'] });
		await chooseWhatShows(seenBy(context, 'odile'), world.structures.odile, { shows: ['phone'] });
		const reader = who === 'stranger' ? asStranger(context) : seenBy(context, who);
		const seen = reads === 'open' ? ['Les Jardins du Canal'] : await names(context, {});
		expect(await names(reader, {})).toEqual(seen);
		expect(await countSearch(reader, { ...nothing, words: 'treteaux' })).toBe(reads === 'open' ? 0 : 1);
		const map = await placed(reader);
		expect(map.towns.reduce((sum, { count }) => sum + count, 0) + map.nowhere).toBe(seen.length);
		expect(
			drawMap(map, '')
				.towns.map(({ name }) => name)
				.join()
		).not.toMatch(/rue/);

		const files = await Promise.all([
			text(csvOf(filed(reader))),
			text(jsonLdOf(filed(reader))),
			text(goGoCartoOf(filed(reader)))
		]);
		for (const file of files) expect(file).not.toMatch(/Lilas|exemple\.fr\/|streetAddress/);
		const [table, linked, carto] = files;
		expect(rowOf(table, 'Les Jardins du Canal')).toMatchObject({ Courriel: 'contact@exemple.fr', Téléphone: '', Site: '' });
		expect(rowOf(table, 'Compagnie des Tréteaux')).toEqual(
			reads === 'open' ? undefined : expect.objectContaining({ Courriel: '', Téléphone: '02 40 00 00 00', Site: '' })
		);
		for (const file of [linked, carto]) expect(file.split('contact@exemple.fr')).toHaveLength(2);
		expect(linked.split('02 40')).toHaveLength(reads === 'open' ? 1 : 2);
		// of what is looked for and offered, a stranger reads what was said to everyone
		expect(rowOf(table, 'Les Jardins du Canal')).toMatchObject({
			Propose: 'Des chaises et des bancs.',
			Cherche: reads === 'open' || who === 'agathe' ? '' : 'Des bras pour le potager.'
		});
		expect(await names(reader, { need: 'volunteers' })).toEqual(
			reads === 'open' || who === 'agathe' ? [] : ['Les Jardins du Canal']
		);
		expect(await names(reader, { words: 'potager' })).toEqual(
			reads === 'open' || who === 'agathe' ? [] : ['Les Jardins du Canal']
		);
	});
});

test('every page is found going on and going back, whatever is added in between', async () => {
	await as('nadia')(async (context) => {
		const one = await context.db
			.selectFrom('organisations')
			.selectAll()
			.where('id', '=', world.structures.bruno)
			.executeTakeFirstOrThrow();
		const { words: _words, searched: _searched, ...row } = one;
		const add = (name: string, i: number) =>
			allow(context, true)
				.insertInto('organisations')
				.values({ ...row, id: newId(), code: `k${i}`, name, nameKey: `k${i}`, lives: i < 16 || i > 19 })
				.execute();
		// namesakes stand across the end of a page
		for (let i = 0; i < 60; i++) await add(i > 15 && i < 40 ? 'Même nom' : `Amicale ${String(i).padStart(2, '0')}`, i);
		const all = await context.db
			.selectFrom('organisations')
			.select(({ fn }) => fn.countAll<number>().as('n'))
			.executeTakeFirstOrThrow();
		const seen: string[] = [];
		let page = await ask(context, {});
		expect(page.before).toBeNull();
		for (;;) {
			seen.push(...page.organisations.map(({ id }) => id));
			if (!page.after) break;
			// what is added before what was read moves nothing
			await add('AAA', 1000 + seen.length);
			page = await ask(context, {}, { after: page.after });
		}
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen).toHaveLength(Number(all.n));
		expect(page.organisations.slice(-4).map(({ lives }) => lives)).toEqual([false, false, false, false]);
		const back: string[] = page.organisations.map(({ id }) => id);
		while (page.before) {
			page = await ask(context, {}, { before: page.before });
			expect(page.organisations).toHaveLength(pageSize);
			back.unshift(...page.organisations.map(({ id }) => id).filter((id) => !back.includes(id)));
		}
		expect(back.filter((id) => seen.includes(id))).toEqual(seen);
		// beyond the last, the last
		const last = await ask(context, {}, { after: { lives: false, name: 'zzzz', id: newId() } });
		expect(last.organisations.at(-1)!.id).toBe(seen.at(-1));
		// by name with words too
		const named = await ask(context, { words: 'amicale', byName: true });
		expect(named.organisations.map(({ name }) => name)).toEqual(named.organisations.map(({ name }) => name).toSorted());
		expect(named.after).not.toBeNull();
	});
});

test.each<[string, Partial<Asked>, { found: string[]; town: string | null }]>([
	['a town at the end', { words: 'maison des asso st nazaire' }, { found: ['Maison des associations'], town: 'Saint-Nazaire' }],
	['a town at the beginning', { words: 'Saint-Nazaire théâtre' }, { found: ['Compagnie des Tréteaux'], town: 'Saint-Nazaire' }],
	['with its department', { words: 'treteaux de st nazaire 44' }, { found: ['Compagnie des Tréteaux'], town: 'Saint-Nazaire' }],
	['with its postcode', { words: 'tréteaux 44600' }, { found: ['Compagnie des Tréteaux'], town: 'Saint-Nazaire' }],
	['and a mistake', { words: 'asociations st nazaire' }, { found: ['Maison des associations'], town: 'Saint-Nazaire' }],
	['where nothing answers', { words: 'jardins montpellier' }, { found: [], town: null }],
	['as it is', { words: 'treteaux st nazaire', literally: true }, { found: ['Compagnie des Tréteaux'], town: null }],
	['alone', { words: 'pornichet' }, { found: ['Les Jardins du Canal'], town: null }],
	[
		'a postcode alone',
		{ words: '44600' },
		{ found: ['Compagnie des Tréteaux', 'Maison des associations'], town: 'Saint-Nazaire' }
	],
	[
		'a commune code alone',
		{ words: '44184' },
		{ found: ['Compagnie des Tréteaux', 'Maison des associations'], town: 'Saint-Nazaire' }
	],
	['a postcode of an arrondissement', { words: '75020' }, { found: ['L’Atelier du Soleil'], town: 'Paris 20e' }],
	['a postcode where nothing answers', { words: 'danse 44600' }, { found: [], town: 'Saint-Nazaire' }],
	[
		'a postcode and its town',
		{ words: 'théâtre 44600 Saint-Nazaire' },
		{ found: ['Compagnie des Tréteaux'], town: 'Saint-Nazaire' }
	],
	['and in the other order', { words: 'théâtre st nazaire 44600' }, { found: ['Compagnie des Tréteaux'], town: 'Saint-Nazaire' }],
	['a postcode and another town', { words: 'théâtre 44600 Pornichet' }, { found: [], town: null }],
	[
		'with a little word',
		{ words: 'à 44600' },
		{ found: ['Compagnie des Tréteaux', 'Maison des associations'], town: 'Saint-Nazaire' }
	],
	['a number that is no place', { words: 'théâtre 99999' }, { found: [], town: null }],
	['beside a place', { words: 'jardins pornichet', place: '44' }, { found: ['Les Jardins du Canal'], town: null }]
])('a town among the words: %s', async (_what, asked, { found, town }) => {
	await as('nadia')(async (context) => {
		await settle(context);
		const understood = await understandSearch(context, { ...nothing, ...asked });
		expect(understood.town?.name ?? null).toBe(town);
		expect(await names(context, asked)).toEqual(found);
	});
});

test.each([
	['mjc boulevard', 'M.J.C. Boulevard'],
	['m.j.c. boulevard', 'M.J.C. Boulevard'],
	['maison des jeunes et de la culture boulevard', 'M.J.C. Boulevard'],
	['MJC jean macé', 'Maison des jeunes et de la culture Jean Macé'],
	['association parents lilas', 'Asso des parents des Lilas'],
	['ape cité', 'Association de parents d’élèves Cité'],
	['comités de fête', 'Comité des fêtes'],
	['comite des fetse', 'Comité des fêtes'],
	['cdf', 'Comité des fêtes'],
	['l’ecole des cœurs', 'L’École des Chœurs'],
	['ecole choeur', 'L’École des Chœurs'],
	['cie treteaux', 'Compagnie des Tréteaux']
])('« %s » finds %s among those that are here', async (words, expected) => {
	await as('nadia')(async (context) => {
		await settle(context);
		const [row] = await context.db.selectFrom('organisations').selectAll().where('id', '=', world.structures.bruno).execute();
		const { words: _words, searched: _searched, ...one } = row!;
		const more = ['M.J.C. Boulevard', 'Maison des jeunes et de la culture Jean Macé', 'Asso des parents des Lilas'];
		more.push('Association de parents d’élèves Cité', 'Comité des fêtes', 'L’École des Chœurs');
		for (const [i, name] of more.entries())
			await allow(context, true)
				.insertInto('organisations')
				.values({ ...one, id: newId(), code: `w${i}`, name, nameKey: `w${i}` })
				.execute();
		expect((await ask(context, { words })).organisations[0]?.name).toBe(expected);
	});
});

test('official records come with the files and the map when they are asked for, with their source, and never for a stranger', async () => {
	await db
		.insertInto('officialBodies')
		.values(
			['PÉTANQUE DE L’ESTUAIRE', 'PÉTANQUE DU PARC'].map((name, i) => ({
				source: 'rna-waldec',
				key: `W44200000${i}`,
				name,
				kind: 'association',
				communeCode: '44184',
				communeName: 'Saint-Nazaire',
				street: '3 rue du Port',
				active: true,
				fingerprint: i,
				importId: 1,
				changedAt: new Date('2026-11-22T09:00:00Z')
			}))
		)
		.execute();
	await indexRecords(db, new Date('2026-11-22T09:00:00Z'));
	await as('nadia')(async (context) => {
		await settle(context);
		const asked = { words: 'petanque', registers: true };
		expect((await Array.fromAsync(filed(context, { words: 'petanque' }))).flat()).toEqual([]);
		const table = await text(csvOf(filed(context, asked)));
		expect(rowOf(table, 'PÉTANQUE DU PARC')).toMatchObject({ Commune: 'Saint-Nazaire' });
		expect(rowOf(table, 'PÉTANQUE DU PARC')!.Source).toMatch(/RNA|associations/);
		expect(rowOf(table, 'PÉTANQUE DU PARC')!.Page).toMatch(/\/repertoire\/rna-waldec\/W442000001$/);
		expect(table).not.toContain('rue du Port');
		const where = await placed(context, asked);
		expect(where.records).toMatchObject({ towns: [{ code: '44184', count: 2 }], nowhere: 0, beyond: false });
		expect(drawMap(where, '').squares).toHaveLength(1);
		expect((await placed(context, { words: 'petanque' })).records).toBeNull();
		// the town is said for the registers alone, when nothing of the directory is there
		expect((await ask(context, { words: 'petanque st nazaire' })).register).toMatchObject({ count: 2, town: 'Saint-Nazaire' });
		const open = asStranger(context);
		expect((await Array.fromAsync(filed(open, asked))).flat()).toEqual([]);
		expect((await placed(open, asked)).records).toBeNull();
		expect((await ask(open, asked)).register).toBeNull();
	});
});

test('a number finds the entry that bears it, bore it or is of the record that does, and the record that is not here yet', async () => {
	const changedAt = new Date('2026-11-23T09:00:00Z');
	const record = { kind: 'association', active: true, importId: 1, changedAt };
	const rows = await db
		.insertInto('officialBodies')
		.values([
			{ ...record, source: 'rna-waldec', key: 'W331000019', name: 'AKWABA', siren: '732829320', fingerprint: 90 },
			{ ...record, source: 'bce', key: '0403170701', name: 'LE CERCLE', fingerprint: 91 },
			{ ...record, source: 'rna-waldec', key: 'W331000020', name: 'LES VOISINS', fingerprint: 92 }
		])
		.returning(['id', 'key'])
		.execute();
	await indexRecords(db, changedAt);
	await as('nadia')(async (context) => {
		const write = allow(context, true);
		const link = { id: newId(), how: 'person', since: changedAt, organisationId: world.structures.nadia };
		const past = { id: newId(), kind: 'bce', value: '0108141241', since: changedAt, until: changedAt, reason: 'x' };
		await write
			.insertInto('organisationOfficialRecords')
			.values({ ...link, bodyId: rows[2]!.id })
			.execute();
		await write
			.insertInto('organisationIdentifiers')
			.values({ organisationId: world.structures.odile, kind: 'siren', value: '552100554', addedAt: changedAt })
			.execute();
		await write
			.insertInto('pastIdentifiers')
			.values({ ...past, organisationId: world.structures.bruno })
			.execute();
		const found = async (words: string) => {
			const { organisations, register } = await ask(context, { words });
			return [
				...organisations.map(({ id }) => id),
				...(register?.records ?? []).map(({ title }) => title.map((piece) => piece.text).join(''))
			];
		};
		expect(await found('W331000019')).toEqual(['AKWABA']);
		expect(await found('732 829 320')).toEqual(['AKWABA']);
		expect(await found('732 829 320 00074')).toEqual(['AKWABA']);
		expect(await found('BE 0403.170.701')).toEqual(['LE CERCLE']);
		expect(await found('w331 000 020')).toEqual([world.structures.nadia]);
		expect(await found('SIREN 552100554')).toEqual([world.structures.odile]);
		expect(await found('0108.1412.41')).toEqual([world.structures.bruno]);
		expect(await found('W331000099')).toEqual([]);
	});
});

test.each(['asso treteaux', 'association soleil', 'assoc tretaux nazaire', 'club treteaux', 'treteaux comité'])(
	'« %s »: a legal word that the name lacks excludes nobody',
	async (words) => {
		await as('nadia')(async (context) => {
			await settle(context);
			expect(await names(context, { words })).toEqual([
				words.includes('soleil') ? 'L’Atelier du Soleil' : 'Compagnie des Tréteaux'
			]);
		});
	}
);

test('what the registers say of an organisation of the directory finds it, apart from those that say it themselves', async () => {
	const changedAt = new Date('2026-11-23T09:30:00Z');
	const { id: bodyId } = await db
		.insertInto('officialBodies')
		.values({
			source: 'rna-waldec',
			key: 'W331000030',
			kind: 'association',
			active: true,
			importId: 1,
			changedAt,
			fingerprint: 93,
			name: 'LE GRAND ATELIER',
			purpose: 'promouvoir la calligraphie'
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	await indexRecords(db, changedAt);
	await as('nadia')(async (context) => {
		await allow(context, true)
			.insertInto('organisationOfficialRecords')
			.values({ id: newId(), how: 'person', since: changedAt, organisationId: world.structures.nadia, bodyId })
			.execute();
		const entered = async (words: string, by: Context = context) => {
			const { entered: some, register } = await ask(by, { words });
			expect(register?.count ?? 0).toBe(0);
			return some.map(({ organisation, text: said }) => [organisation.id, said.map((piece) => piece.text).join('')]);
		};
		expect(await entered('calligraphies')).toEqual([[world.structures.nadia, 'promouvoir la calligraphie']]);
		expect(await entered('grand atelier')).toHaveLength(1);
		// It says so itself: it stands in the list, once.
		const said = { name: 'L’Atelier du Soleil', kind: 'association', purpose: 'Enseigner la calligraphie.' };
		await changeProfile(context, world.structures.nadia, profileForm.parse(said));
		expect(await entered('calligraphie')).toEqual([]);
		expect(await names(context, { words: 'calligraphie' })).toEqual(['L’Atelier du Soleil']);
		expect(await entered('calligraphie', asStranger(context))).toEqual([]);
	});
});
