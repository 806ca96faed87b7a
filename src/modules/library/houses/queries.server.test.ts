import { expect, test } from 'vitest';
import { closeHouse } from '#modules/accompaniment/closing/commands.server.ts';
import { answerAccompaniment, proposeToOrganisation } from '#modules/accompaniment/commands.server.ts';
import { listAccompaniments } from '#modules/accompaniment/queries.server.ts';
import { writeAgreement } from '#modules/agreements/commands.server.ts';
import { addHouseArticle, editClause } from '#modules/agreements/commands/articles.server.ts';
import { findAgreement, listClauses } from '#modules/agreements/queries.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { sendMailing } from '#modules/mailings/commands.server.ts';
import { convene } from '#modules/meetings/commands.server.ts';
import { takeGrid } from '#modules/meetings/commands/agenda.server.ts';
import { listPoints } from '#modules/meetings/queries.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { endHouseText, writeHouseText } from './commands.server.ts';
import { housesOfTexts, listOffered } from './queries.server.ts';
import type { Kind } from './rules.ts';

const { world, as, keep, seenBy } = await testWorld();
const { claire: hubId } = world.structures;
const cooperation = world.cooperation.id;
const house = 'Maison des associations de Valsorbier';
const texts: Record<Kind, string> = { clause: newId(), grid: newId(), model: newId(), guide: newId() };
for (const [kind, id] of Object.entries(texts) as [Kind, string][])
	await keep('claire')((context) =>
		writeHouseText(context, hubId, {
			id,
			kind,
			title: `Notre ${kind}`,
			body: '- Qui répond du matériel ?\n- Jusqu’à quand ?',
			shared: false,
			adaptedFrom: null
		})
	);
// A house that accompanies nothing here shares with all: nobody is offered its texts by that.
const elsewhere = newId();
await keep('yann')((context) =>
	writeHouseText(context, world.structures.yann, {
		id: elsewhere,
		kind: 'clause',
		title: 'Ailleurs',
		body: 'Autre chose.',
		shared: true,
		adaptedFrom: null
	})
);
const clausesOf = async (context: Context) =>
	listClauses(context, (await findAgreement(context, await findCooperationById(context, cooperation)))!.id);
const read = async (context: Context) =>
	(await listOffered(context, 'clause', { cooperationId: cooperation })).map(({ id }) => id);

test('the clauses of the house that accompanies are offered to its partners, and to nobody else', () =>
	as('nadia')(async (context) => {
		for (const name of ['nadia', 'odile', 'claire'] as const)
			expect(await read(seenBy(context, name)), name).toEqual([texts.clause]);
		for (const name of ['samir', 'bruno', 'yann', 'helene', 'agathe'] as const)
			expect(await read(seenBy(context, name)), name).toEqual([]);
	}));

test('a clause is copied once, says whose it was, and stays when the library changes or the house closes', () =>
	as('nadia')(async (context) => {
		await writeAgreement(context, cooperation, { actingFor: null });
		const id = newId();
		for (const text of [texts.grid, elsewhere, newId()])
			await expect(addHouseArticle(context, cooperation, { id: newId(), text })).rejects.toThrow(NotFound);
		await expect(addHouseArticle(seenBy(context, 'samir'), cooperation, { id, text: texts.clause })).rejects.toThrow(NotFound);
		await addHouseArticle(context, cooperation, { id, text: texts.clause });
		await addHouseArticle(context, cooperation, { id, text: texts.clause });
		const copied = (await clausesOf(context)).filter(({ houseText }) => houseText === texts.clause);
		expect(copied).toMatchObject([
			{ id, title: 'Notre clause', text: '- Qui répond du matériel ?\n- Jusqu’à quand ?', article: null }
		]);
		await endHouseText(seenBy(context, 'claire'), hubId, { id: texts.clause });
		await closeHouse(seenBy(context, 'claire'), hubId, { to: null });
		expect(await read(context)).toEqual([]);
		await editClause(context, cooperation, id, { n: 1, title: 'Le matériel', text: 'Chacun le sien.' });
		expect((await clausesOf(context)).find((one) => one.id === id)).toMatchObject({
			text: 'Chacun le sien.',
			houseText: texts.clause
		});
		expect((await housesOfTexts(context.db, [texts.clause, null])).get(texts.clause)).toBe(house);
		const [last] = await context.db.selectFrom('entries').select('verb').where('verb', '=', 'agreement-clause-taken').execute();
		expect(last).toBeDefined();
	}));

test('the questions of a grid become points of a meeting, those that stand already not twice', () =>
	as('nadia')(async (context) => {
		const { id } = await convene(allow(context, true), context, await findCooperationById(context, cooperation), {
			title: 'Préparer la scène',
			place: null,
			startsAt: new Date('2026-12-03T17:30:00Z'),
			minutes: 90,
			pollId: null,
			participants: [],
			actingFor: { id: world.structures.nadia, name: 'L’Atelier du Soleil' }
		});
		await expect(takeGrid(context, id, { text: texts.clause })).rejects.toThrow(NotFound);
		await expect(takeGrid(seenBy(context, 'samir'), id, { text: texts.grid })).rejects.toThrow(NotFound);
		expect(await takeGrid(context, id, { text: texts.grid })).toBe(2);
		expect((await listPoints(context, id)).map(({ title, expected }) => [title, expected])).toEqual([
			['Qui répond du matériel ?', 'discuss'],
			['Jusqu’à quand ?', 'discuss']
		]);
		await expect(takeGrid(context, id, { text: texts.grid })).rejects.toMatchObject({ code: 'meetings.grid-there' });
	}));

test('a model is offered to whom the house accompanies, and to the house; a letter keeps from which it was written', async () => {
	const models = (context: Context, organisationId: string) => listOffered(context, 'model', { organisationId });
	await keep('claire')((context) =>
		proposeToOrganisation(context, { id: world.structures.bruno, path: '/structures/bruno' }, { hubId })
	);
	await keep('bruno')(async (context) => {
		const { relations } = await listAccompaniments(context, { organisationId: world.structures.bruno });
		await answerAccompaniment(context, { id: relations[0]!.id }, { accepted: true });
	});
	await as('claire')(async (context) => {
		expect(await models(seenBy(context, 'bruno'), world.structures.bruno)).toHaveLength(1);
		expect(await models(context, hubId)).toHaveLength(1);
		expect(await models(seenBy(context, 'samir'), world.structures.samir)).toEqual([]);
		// Nadia’s structure is a partner of what the house accompanies; its own letters are its own affair.
		expect(await models(seenBy(context, 'nadia'), world.structures.nadia)).toEqual([]);
		const letter = {
			kind: 'greeting' as const,
			title: 'Bonne année',
			text: 'Nos vœux.',
			heldOn: null,
			place: null,
			paper: true,
			to: [world.structures.odile]
		};
		const at = world.actors.claire.belongings[0]!.path.replace('/structures/', '');
		await expect(sendMailing(context, at, { ...letter, id: newId(), houseText: elsewhere })).rejects.toThrow(NotFound);
		const id = newId();
		await sendMailing(context, at, { ...letter, id, houseText: texts.model });
		expect(await context.db.selectFrom('mailings').select('houseText').where('id', '=', id).execute()).toEqual([
			{ houseText: texts.model }
		]);
	});
});
