import { expect, test } from 'vitest';
import { answerPage, proposePage } from '#modules/publications/commands.server.ts';
import { proposeForm } from '#modules/publications/forms.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { eraseHand, forgetHands, giveBackHand, offerHand, takeUpHand } from './commands.server.ts';
import { offerForm } from './forms.ts';
import { listHands } from './queries.server.ts';
import { handsKept } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const { id: cooperation, path } = world.cooperation;
const address = path.replace('/cooperations/', '');
const typed = { hand: 'Monter des tables.', available: 'Le samedi', name: 'Rose', reach: '06 00 00 00 01', agreed: 'on' };
const offered = (over = {}) => offerForm.parse({ id: newId(), ...typed, ...over });
const nobody = (context: Context): Context => ({ ...context, actor: stranger });
const refused = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);
const seen = async (context: Context, name: Name) =>
	listHands(seenBy(context, name), await findCooperationById({ ...context, actor: { is: 'system', name: 'test' } }, cooperation));

/** The page of « Avril enchanté », to which both who carry it say yes. */
async function shown(context: Context): Promise<void> {
	const id = newId();
	await proposePage(
		context,
		cooperation,
		proposeForm.parse({ id, read: '0', lead: 'Nous avons joué.', happened: 'Tout commence.', open: 'on' })
	);
	for (const name of ['nadia', 'odile'] as const)
		await answerPage(seenBy(context, name), cooperation, {
			version: id,
			organisation: world.structures[name],
			answer: 'yes',
			reason: null
		});
}

test('a hand is offered to what is public alone, once; partners read it and nobody else', async () => {
	await as('nadia')(async (context) => {
		const input = offered();
		expect(await refused(offerHand(nobody(context), address, input, '192.0.2.1'))).toBe('NotFound');
		await shown(context);
		await offerHand(nobody(context), address, input, '192.0.2.1');
		await offerHand(nobody(context), address, input, '192.0.2.1');
		await offerHand(nobody(context), address, offered({ website: 'http://spam' }), '192.0.2.1');
		for (const name of ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'] as const)
			expect((await seen(context, name)).length, name).toBe(['nadia', 'odile'].includes(name) ? 1 : 0);
		const notices = await context.db.selectFrom('notices').select('text').where('path', 'like', '%/coups-de-main').execute();
		expect(notices.map(({ text }) => text).join()).not.toMatch(/Rose|06 00/);
		expect(notices.length).toBeGreaterThan(1);
		const said = await context.db.selectFrom('payloads').select('content').execute();
		expect(JSON.stringify(said)).not.toContain('06 00 00 00 01');
		expect(offerForm.safeParse({ ...typed, id: newId(), agreed: '' }).success).toBe(false);
	});
});

test('one partner takes it up and the others see who; it gives it back; names go when asked, or after half a year', async () => {
	await as('nadia')(async (context) => {
		await shown(context);
		const { id } = offered();
		await offerHand(nobody(context), address, offered({ id }), '192.0.2.1');
		const at = { id, actingFor: null };
		for (const name of ['samir', 'helene', 'claire', 'yann', 'agathe'] as const)
			for (const act of [takeUpHand, giveBackHand, eraseHand])
				expect(await refused(act(seenBy(context, name), cooperation, at)), name).toMatch(/NotFound|Forbidden/);
		await takeUpHand(context, cooperation, at);
		await takeUpHand(context, cooperation, at);
		const odile = seenBy(context, 'odile');
		expect(await seen(context, 'odile')).toMatchObject([{ organisation: 'L’Atelier du Soleil', person: 'Nadia Benali' }]);
		expect(await refused(takeUpHand(odile, cooperation, at))).toBe('hands.taken-meanwhile');
		expect(await refused(giveBackHand(odile, cooperation, at))).toBe('organisations.not-yours');
		await giveBackHand(context, cooperation, at);
		await takeUpHand(odile, cooperation, at);
		const sweep = (days: number): Context => ({
			...context,
			actor: { is: 'system', name: 'sweep-hands' },
			now: new Date(context.now.getTime() + days * 86_400_000)
		});
		await forgetHands(sweep(handsKept / 86_400_000 - 1));
		expect(await seen(context, 'nadia')).toHaveLength(1);
		await forgetHands(sweep(handsKept / 86_400_000 + 1));
		expect(await seen(context, 'nadia')).toHaveLength(0);
		const other = offered();
		await offerHand(nobody(context), address, other, '192.0.2.1');
		// the same page sent again in other words is another hand
		for (let n = 0; n < 2; n++) await offerHand(nobody(context), address, { ...other, hand: 'Conduire le camion.' }, '192.0.2.1');
		expect(await seen(context, 'nadia')).toHaveLength(2);
		for (let n = 0; n < 2; n++) await eraseHand(odile, cooperation, { id: other.id, actingFor: null });
		expect(await seen(context, 'nadia')).toMatchObject([{ text: 'Conduire le camion.' }]);
	});
});
