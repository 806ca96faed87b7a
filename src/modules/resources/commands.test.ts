import { expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../tests/world.ts';
import { answerAsk, askIn, endAsk, eraseMyOffer, offerHelp, withdrawOffer } from './commands.server.ts';
import { listAsks, listMyAsks, listOwnHelp, listResourcePeople } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const offer = {
	helpsWith: 'Animer un tour de table.',
	topics: ['désaccord'],
	area: 'Montpellier',
	postures: ['animates' as const]
};
const ask = () => ({
	id: newId(),
	personId: world.actors.bruno.id,
	posture: 'animates' as const,
	reason: 'Une réunion difficile.',
	fromDay: '2026-12-01',
	toDay: '2026-12-31'
});
const names = async (context: Context, words = '') =>
	(await listResourcePeople(context, { words, page: 1 })).people.map(({ name }) => name);

test('on the list by one’s own consent, found by what one says, gone at once', async () => {
	await as('bruno')(async (context) => {
		expect(await names(context)).toEqual([]);
		await offerHelp(context, offer);
		await offerHelp(context, offer);
		expect(await names(seenBy(context, 'nadia'), 'desaccord montpellier')).toEqual(['Bruno Lacaze']);
		expect(await names(seenBy(context, 'nadia'), 'théâtre')).toEqual([]);
		expect(await names({ ...context, actor: stranger })).toEqual([]);
		await withdrawOffer(context);
		expect(await names(seenBy(context, 'nadia'))).toEqual([]);
		await offerHelp(context, offer);
		expect(await listOwnHelp(context)).toMatchObject({ offer: { helpsWith: offer.helpsWith } });
		await eraseMyOffer(context);
		expect(await listOwnHelp(context)).toMatchObject({ offer: null });
	});
});

test('asked, accepted, ended; seen by the partners and the house that accompanies, and by no stranger', async () => {
	await as('bruno')(async (context) => {
		await offerHelp(context, offer);
		const nadia = seenBy(context, 'nadia');
		const one = ask();
		await askIn(nadia, world.cooperation.id, one);
		await askIn(nadia, world.cooperation.id, one);
		expect(await listMyAsks(context)).toMatchObject([{ cooperation: 'Avril enchanté', standing: 'asked' }]);
		await expect(answerAsk(nadia, { id: one.id, answer: 'yes' })).rejects.toThrow(NotFound);
		await answerAsk(context, { id: one.id, answer: 'yes' });
		const seen = async (name: 'nadia' | 'odile' | 'claire') => {
			const reader = seenBy(context, name);
			return listAsks(reader, await findCooperationById(reader, world.cooperation.id));
		};
		for (const name of ['nadia', 'odile', 'claire'] as const)
			expect(await seen(name), name).toMatchObject([{ name: 'Bruno Lacaze', standing: 'coming' }]);
		const helene = seenBy(context, 'helene');
		expect(await listAsks(helene, await findCooperationById(helene, world.cooperation.id))).toEqual([]);
		await expect(findCooperationById(context, world.cooperation.id), 'who helps does not read').rejects.toThrow(NotFound);
		await expect(endAsk(seenBy(context, 'samir'), null, { id: one.id })).rejects.toThrow(NotFound);
		await endAsk(context, null, { id: one.id });
		expect(await seen('nadia')).toMatchObject([{ standing: 'over' }]);
		await expect(answerAsk(context, { id: one.id, answer: 'no' })).rejects.toMatchObject({ code: 'resources.over' });
	});
});

test('only those of the list are asked, by a partner, for a time', async () => {
	await as('nadia')(async (context) => {
		await expect(askIn(context, world.cooperation.id, ask())).rejects.toMatchObject({ code: 'resources.not-listed' });
		await offerHelp(seenBy(context, 'bruno'), offer);
		await expect(askIn(context, world.cooperation.id, { ...ask(), toDay: '2026-11-30' })).rejects.toMatchObject({
			field: 'toDay'
		});
		await expect(askIn(seenBy(context, 'claire'), world.cooperation.id, ask())).rejects.toThrow(Forbidden);
		await expect(askIn(seenBy(context, 'samir'), world.cooperation.id, ask())).rejects.toThrow(NotFound);
	});
});
