import { expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { testWorld } from '../../../tests/world.ts';
import { eraseMyViews, removeView, renameView, saveView } from './commands.server.ts';
import { listMyViews, listOwnViews, listViews } from './queries.server.ts';
import { mostCounted, mostOfOneList } from './rules.ts';

const { as, seenBy } = await testWorld();
const directory = new URL('http://here/structures?q=soleil&page=2');
const structures = (context: Context) => (at: URL) =>
	context.db.selectFrom('organisations').where('name', 'ilike', `%${at.searchParams.get('q')}%`);

test('a narrowed list is kept under a name, counted as the list counts, for oneself alone', async () => {
	await as('nadia')(async (context) => {
		expect(await listViews(context, directory, structures(context))).toEqual({
			address: '/structures?q=soleil',
			current: null,
			views: []
		});
		await saveView(context, { address: '/structures?q=soleil&page=2', name: 'Le soleil' });
		await saveView(context, { address: '/structures?q=nowhere', name: 'Ailleurs' });
		await saveView(context, { address: '/chercher?q=soleil', name: 'Le soleil' });
		expect(await listViews(context, directory, structures(context))).toMatchObject({
			current: 'Le soleil',
			views: [
				{ name: 'Ailleurs', count: 0, current: false },
				{ name: 'Le soleil', href: '/structures?q=soleil', count: 1, beyond: false, current: true }
			]
		});
		const odile = seenBy(context, 'odile');
		expect((await listViews(odile, directory, structures(odile))).views).toEqual([]);
		expect(await listMyViews(odile)).toEqual([]);
		expect(await listMyViews(context)).toHaveLength(3);
	});
});

test('the same list sent twice is one view, under its last name; two views of a list have two names', async () => {
	await as('nadia')(async (context) => {
		await saveView(context, { address: '/structures?q=danse', name: 'Danse' });
		expect(await saveView(context, { address: '/structures?page=9&q=danse', name: 'La danse' })).toEqual({
			path: '/structures?q=danse'
		});
		expect((await listMyViews(context)).map(({ name }) => name)).toEqual(['La danse']);
		await expect(saveView(context, { address: '/structures?q=bal', name: 'LA DANSE' })).rejects.toMatchObject({
			constraint: 'saved_view_name_is_one'
		});
	});
});

test('many things are counted up to a hundred', async () => {
	await as('nadia')(async (context) => {
		await saveView(context, { address: '/structures?q=tout', name: 'Tout' });
		const everything = () =>
			context.db.selectFrom(['organisations', 'organisations as o', 'organisations as p']).where('o.id', 'is not', null);
		expect((await listViews(context, directory, everything)).views).toMatchObject([{ count: mostCounted, beyond: true }]);
		expect((await listViews(context, directory, () => mostCounted)).views).toMatchObject([{ count: 100, beyond: false }]);
	});
});

test('what is no list of ours, or the whole of one, is not kept; nor more than a page can show', async () => {
	await as('nadia')(async (context) => {
		await expect(saveView(context, { address: '//example.org/structures?q=a', name: 'x' })).rejects.toMatchObject({
			code: 'saved.not-a-list'
		});
		await expect(saveView(context, { address: '/structures?page=2', name: 'x' })).rejects.toMatchObject({
			code: 'saved.everything'
		});
		for (let i = 0; i < mostOfOneList; i++) await saveView(context, { address: `/structures?q=mot${i}`, name: `Mot ${i}` });
		await expect(saveView(context, { address: '/structures?q=encore', name: 'x' })).rejects.toMatchObject({
			code: 'saved.too-many'
		});
		await saveView(context, { address: '/structures?q=mot3', name: 'Le troisième' });
	});
});

test('nobody else renames it or removes it; it leaves with its owner', async () => {
	await as('nadia')(async (context) => {
		await saveView(context, { address: '/structures?q=danse', name: 'Danse' });
		const { id } = (await listMyViews(context))[0]!;
		const odile = seenBy(context, 'odile');
		await expect(renameView(odile, { id, name: 'À moi' })).rejects.toThrow();
		await removeView(odile, { id });
		expect(await listMyViews(context)).toMatchObject([{ name: 'Danse' }]);
		await renameView(context, { id, name: 'Danses' });
		expect(await listOwnViews(context)).toMatchObject([{ name: 'Danses', place: '/structures', query: 'q=danse' }]);
		await removeView(context, { id });
		await saveView(context, { address: '/structures?q=danse', name: 'Danse' });
		await eraseMyViews(context);
		expect(await listOwnViews(context)).toEqual([]);
	});
});

test('a stranger keeps nothing', async () => {
	await as(stranger)(async (context) => {
		await expect(saveView(context, { address: '/structures?q=danse', name: 'Danse' })).rejects.toThrow();
		expect((await listViews(context, directory, structures(context))).views).toEqual([]);
	});
});
