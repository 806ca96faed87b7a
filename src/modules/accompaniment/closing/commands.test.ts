import { expect, test } from 'vitest';
import { listHubs } from '#modules/hubs/queries.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { openHub } from '#modules/hubs/commands.server.ts';
import { actorFor } from '../../../../seeds/world.ts';
import { testWorld } from '../../../../tests/world.ts';
import { answerAccompaniment, proposeToOrganisation } from '../commands.server.ts';
import { listAccompaniments } from '../queries.server.ts';
import { closeHouse } from './commands.server.ts';
import { findClosing } from './queries.server.ts';

const { db, world, as, keep, seenBy, later } = await testWorld();
const { structures, cooperation } = world;
const address = world.actors.claire.belongings[0]!.path.replace('/structures/', '');

await keep('claire')((context) =>
	proposeToOrganisation(context, { id: structures.bruno, path: '/structures/bruno' }, { hubId: structures.claire })
);
await keep('bruno')(async (context) => {
	const { relations } = await listAccompaniments(context, { organisationId: structures.bruno });
	await answerAccompaniment(context, { id: relations[0]!.id }, { accepted: true });
});

test('whom a house accompanies is said before it closes; nobody else closes it', () =>
	as('agathe')(async (context) => {
		expect(await findClosing(context, address)).toMatchObject({ organisations: 1, cooperations: 1, waiting: 0, people: 1 });
		for (const name of ['yann', 'nadia', 'samir'] as const) {
			await expect(findClosing(seenBy(context, name), address), name).rejects.toThrow(NotFound);
			await expect(closeHouse(seenBy(context, name), structures.claire, { to: null }), name).rejects.toThrow(NotFound);
		}
	}));

test('what it accompanied is left without, or proposed to another house, which sees nothing before the answer', async () => {
	await as('agathe')(async (context) => {
		await closeHouse(context, structures.claire, { to: null });
		const { relations } = await listAccompaniments(seenBy(context, 'bruno'), { organisationId: structures.bruno });
		expect(relations.map(({ hubId, state }) => [hubId, state])).toEqual([[structures.claire, 'ended']]);
	});
	await keep('claire')(async (context) => {
		await expect(closeHouse(context, structures.claire, { to: structures.claire })).rejects.toMatchObject({
			code: 'hubs.close-to-unknown'
		});
		await closeHouse(context, structures.claire, { to: structures.yann });
	});
	const bruno = await db.selectFrom('notices').select('text').where('personId', '=', world.actors.bruno.id).execute();
	expect(bruno.map(({ text }) => text)).toContain(
		'Maison des associations de Valsorbier ferme. Maison des associations de Port-Louet vous propose de continuer\u00a0: vous acceptez ou non.'
	);
	const partners = await db
		.selectFrom('notices')
		.select(['personId', 'text'])
		.where('cooperationId', '=', cooperation.id)
		.execute();
	expect(
		partners
			.filter(({ text }) => text.includes('ferme'))
			.map(({ personId }) => personId)
			.toSorted()
	).toEqual([world.actors.nadia.id, world.actors.odile.id].toSorted());
	expect((await actorFor(db, world.actors.claire.id, later)).hubs).toEqual([]);
	await as('bruno')(async (context) => {
		expect((await listHubs(context)).map(({ id }) => id)).toEqual([structures.yann]);
		const { relations } = await listAccompaniments(context, { organisationId: structures.bruno });
		expect(relations.map(({ hubId, state }) => [hubId, state])).toEqual([
			[structures.yann, 'proposed'],
			[structures.claire, 'ended']
		]);
	});
	await as('agathe')(async (context) => {
		await expect(findClosing(context, address)).rejects.toThrow(NotFound);
		await expect(closeHouse(context, structures.claire, { to: null })).rejects.toThrow(NotFound);
		const said = { senderName: 'Maison', senderEmail: null, phone: null, hours: null, presentation: null };
		await expect(openHub(seenBy(context, 'claire'), { organisationId: structures.claire, ...said })).rejects.toThrow(Forbidden);
		await openHub(context, { organisationId: structures.claire, ...said });
		expect(await findClosing(context, address)).toMatchObject({ organisations: 0, cooperations: 0, people: 1 });
	});
});
