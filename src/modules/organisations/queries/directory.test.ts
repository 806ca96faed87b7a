import { expect, test } from 'vitest';
import { stranger, type Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden } from '#platform/errors.ts';
import { testWorld } from '../../../../tests/world.ts';
import { changeProfile, chooseWhatShows } from '../commands.server.ts';
import { writePostalAddress } from '../commands/confirming.server.ts';
import { csvOf, goGoCartoOf, jsonLdOf, taken } from '../documents.server.ts';
import { profileForm, searchIn, searchOut, type Asked } from '../forms.ts';
import { countDirectory, listDirectory, listFacets, placeDirectory, understandDirectory } from './directory.server.ts';
import { drawMap } from './map.server.ts';

const { world, as, seenBy } = await testWorld();
const nothing: Asked = { words: '', kind: null, theme: null, audience: null, network: null, place: null, km: null };

const ask = async (context: Context, asked: Partial<Asked>) =>
	listDirectory(context, await understandDirectory(context, { ...nothing, ...asked }), 1);
const names = async (context: Context, asked: Partial<Asked>) =>
	(await ask(context, asked)).organisations.map(({ name }) => name).toSorted();
const asStranger = (context: Context): Context => ({ ...context, actor: stranger });

/** Five structures say where they are and what they do. */
async function settle(context: Context): Promise<void> {
	const said: [keyof typeof world.structures & keyof typeof world.actors, Record<string, string>][] = [
		['nadia', { name: 'L’Atelier du Soleil', commune: 'Paris 20e', themes: 'théâtre, jardin', audiences: 'enfants' }],
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
		expect(await countDirectory(context, { ...nothing, ...asked })).toBe(count);
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
		const facets = await listFacets(context, await understandDirectory(context, { ...nothing, place: '44', theme: 'jardin' }));
		expect(facets.themes.map(({ word, count }) => [word.toLowerCase(), count])).toEqual([
			['jardin', 1],
			['théâtre', 1]
		]);
		expect(facets.kinds).toEqual([{ kind: 'association', count: 1 }]);
	});
});

test('a stranger sees those that chose to be shown to everyone, and nothing by any other way', async () => {
	await as('nadia')(async (context) => {
		await settle(context);
		const open = asStranger(context);
		expect((await ask(open, {})).organisations).toEqual([]);
		for (const asked of [{ words: 'treteaux' }, { words: 'tretaux' }, { theme: 'théâtre' }, { place: '44' }])
			expect(await ask(open, asked)).toMatchObject({ count: 0, organisations: [], meant: null });
		expect(await listFacets(open, await understandDirectory(open, nothing))).toEqual({
			kinds: [],
			themes: [],
			audiences: [],
			networks: []
		});
		expect(await placeDirectory(open, await understandDirectory(open, nothing))).toEqual({ towns: [], nowhere: 0 });

		await chooseWhatShows(seenBy(context, 'odile'), world.structures.odile, { shows: ['public', 'website'] });
		await chooseWhatShows(seenBy(context, 'bruno'), world.structures.bruno, { shows: ['email'] });
		expect(await names(open, {})).toEqual(['Compagnie des Tréteaux']);
		const read = async (who: Context) => {
			let text = '';
			for await (const part of csvOf(taken((run) => run(who), nothing, 100))) text += part;
			return text;
		};
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
		const all = () => taken((run) => run(context), nothing, 5000);
		const text = async (parts: AsyncIterable<string>) => (await Array.fromAsync(parts)).join('');
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
		expect((await Array.fromAsync(taken((run) => run(context), nothing, 3))).flat()).toHaveLength(3);
	});
});

test('the map shows towns, groups of towns, and says who stands nowhere', async () => {
	await as('nadia')(async (context) => {
		await settle(context);
		const placed = await placeDirectory(context, await understandDirectory(context, nothing));
		const whole = drawMap(placed, '');
		expect(whole.spots.reduce((sum, { count }) => sum + count, 0) + whole.elsewhere + placed.nowhere).toBe(
			(await ask(context, {})).count
		);
		const near = drawMap(placed, '11/47.27/-2.28');
		expect(near.spots.filter(({ code }) => code).map(({ code, count }) => [code, count])).toEqual(
			expect.arrayContaining([['44184', 2]])
		);
		expect(drawMap({ towns: [], nowhere: 0 }, 'nonsense').spots).toEqual([]);
	});
});

test.each([
	['/structures', nothing],
	['/structures?q=a&genre=mda&theme=b&public=c&reseau=d&lieu=44&rayon=20&page=3', { words: 'a', kind: 'mda', km: 20, page: 3 }],
	['/structures?genre=x&rayon=7&page=-1&lieu=', { kind: null, km: null, page: 1, place: null }],
	[`/structures?lieu=${'x'.repeat(500)}%00`, { place: 'x'.repeat(120) }]
])('%s is read', (address, expected) => {
	const { page, ...asked } = searchIn(new URL(address, 'http://here'));
	expect({ page, ...asked }).toMatchObject(expected);
	const { page: _again, ...back } = searchIn(new URL(`/structures${searchOut(asked)}`, 'http://here'));
	expect(back).toEqual(asked);
});
