import { expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { testWorld } from '../../../tests/world.ts';
import { eraseMyOffer, offerHelp, withdrawOffer } from './commands.server.ts';
import { findMyOffer, listResourcePeople } from './queries.server.ts';

const { as, seenBy } = await testWorld();
const offer = {
	helpsWith: 'Animer un tour de table.',
	topics: ['désaccord'],
	area: 'Montpellier',
	postures: ['animates' as const]
};
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
		expect(await findMyOffer(context)).toMatchObject({ helpsWith: offer.helpsWith });
		await eraseMyOffer(context);
		expect(await findMyOffer(context)).toBeNull();
	});
});
