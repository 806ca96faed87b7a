import { sql } from 'kysely';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { managersOfAll } from '#modules/organisations/queries/people.server.ts';
import { countAttempt, limitAttempts } from '#modules/people/commands.server.ts';
import { findPublication } from '#modules/publications/queries/public.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, as, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { idFrom } from '#platform/ids.ts';
import { m } from '#words';
import type { Offered } from './forms.ts';
import { mayOffer, maySweep, mayTakeUp } from './policy.ts';
import { visibleHands } from './queries.server.ts';
import { handsADay, handsKept } from './rules.ts';

/** The limits of signing in, under other keys: few of one sender, more of one network, which a whole house shares. */
const attempts = ({ network, reach }: { network: string; reach: string }) => ({
	email: `hand ${network} ${reach.trim().slice(0, 200)}`,
	network: `hand ${network}`
});

/** Counts an offer that is sent. Committed apart, so that a refusal doesn't forget it. */
export const countOffer = (context: Context, sent: { network: string; reach: string }): Promise<void> =>
	countAttempt(context, attempts(sent));

/** Offers a hand to a cooperation whose page is public: nobody makes an account for it. Sent twice, it is kept once. */
export async function offerHand(context: Context, address: string, input: Offered, network: string): Promise<void> {
	const { now } = context;
	await limitAttempts(context, attempts({ network, reach: input.reach }));
	const page = await findPublication(context, address);
	const write = allow(context, mayOffer());
	// a machine filled in what nobody sees: it is told what people are told, and nothing is kept
	if (input.website) return;
	if (page.endedAt) throw new Refused('hands.no-more');
	const { count } = await write
		.selectFrom('handsOffered')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('cooperationId', '=', page.cooperationId)
		.where('offeredAt', '>', new Date(now.getTime() - 86_400_000))
		.executeTakeFirstOrThrow();
	if (count >= handsADay) throw new Refused('hands.too-many');
	const kept = await write
		.insertInto('handsOffered')
		.values({
			id: input.id,
			cooperationId: page.cooperationId,
			name: input.name,
			contact: input.reach,
			text: input.hand,
			available: input.available,
			consentedAt: now,
			offeredAt: now
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (kept.numInsertedOrUpdatedRows === 0n) {
		const there = await write
			.selectFrom('handsOffered')
			.select(['text', 'name', 'contact'])
			.where('id', '=', input.id)
			.executeTakeFirstOrThrow();
		const said = [input.hand, input.name, input.reach];
		if ([there.text, there.name, there.contact].join('\n') === said.join('\n')) return;
		// a page that is brought back keeps its id: other words are another hand
		return offerHand(context, address, { ...input, id: idFrom(input.id, said.join('\n')) }, network);
	}
	const chain = { cooperation: page.cooperationId };
	await tell(write, context, { chain, verb: 'hand-offered', ids: { hand: input.id }, says: {} });
	const cooperation = await findCooperationById(as(context, { is: 'system', name: 'hands' }), page.cooperationId);
	const managers = await managersOfAll(
		write,
		cooperation.accepted.map(({ organisationId }) => organisationId)
	);
	await notify(
		write,
		now,
		[...new Set(managers.map(({ personId }) => personId))].map((personId) => ({
			personId,
			kind: 'publication' as const,
			cooperationId: cooperation.id,
			text: m.hands_notice({ cooperation: cooperation.name }),
			path: `${cooperation.path}/coups-de-main`
		}))
	);
}

/**
 * Gives a cooperation the hands of those who said elsewhere that its partners may reach them. The caller has been allowed; given
 * twice, they are kept once.
 */
export async function lendHands(
	write: Writer,
	context: Context,
	cooperationId: string,
	hands: { id: string; name: string; contact: string; text: string; consentedAt: Date }[]
): Promise<void> {
	if (!hands.length) return;
	const kept = await write
		.insertInto('handsOffered')
		.values(hands.map((hand) => ({ ...hand, cooperationId, available: null, offeredAt: context.now })))
		.onConflict((conflict) => conflict.column('id').doNothing())
		.returning('id')
		.execute();
	for (const { id } of kept)
		await tell(write, context, { chain: { cooperation: cooperationId }, verb: 'hand-brought', ids: { hand: id }, says: {} });
}

async function handAt(context: Context, cooperationId: string, id: string) {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayTakeUp(context.actor, cooperation));
	const hand = await visibleHands(context)
		.select(['h.id', 'h.takenFor'])
		.where('h.id', '=', id)
		.where('h.cooperationId', '=', cooperation.id)
		.executeTakeFirst();
	if (!hand) throw new NotFound();
	return { cooperation, write, hand };
}

/** Says who calls back: one partner, and the others see it. Of two at once, the second is told who was first. */
export async function takeUpHand(
	context: Context,
	cooperationId: string,
	{ id, actingFor }: { id: string; actingFor: string | null }
): Promise<void> {
	const { cooperation, write } = await handAt(context, cooperationId, id);
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = speaker(context, cooperation, actingFor);
	const taken = await write
		.updateTable('handsOffered')
		.set({ takenFor: by.id, takenBy: personOf(context.actor), takenAt: context.now })
		.where('id', '=', id)
		.where('takenAt', 'is', null)
		.executeTakeFirst();
	if (taken.numUpdatedRows === 0n) {
		const there = await write
			.selectFrom('handsOffered')
			.select('takenFor')
			.where('id', '=', id)
			.executeTakeFirstOrThrow(() => new NotFound());
		if (there.takenFor === by.id) return;
		throw new Refused('hands.taken-meanwhile', {
			organisation: cooperation.partners.find((one) => one.organisationId === there.takenFor)?.name ?? ''
		});
	}
	const chain = { cooperation: cooperation.id };
	await tell(write, context, {
		chain,
		verb: 'hand-taken',
		ids: { hand: id, organisation: by.id },
		says: { organisation: by.name }
	});
}

/** Leaves it to another partner, by the one that took it up. */
export async function giveBackHand(
	context: Context,
	cooperationId: string,
	{ id }: { id: string; actingFor: string | null }
): Promise<void> {
	const { cooperation, write, hand } = await handAt(context, cooperationId, id);
	if (hand.takenFor === null) return;
	const own = speaker(context, cooperation, hand.takenFor);
	const left = await write
		.updateTable('handsOffered')
		.set({ takenFor: null, takenBy: null, takenAt: null })
		.where('id', '=', id)
		.where('takenFor', '=', own.id)
		.executeTakeFirst();
	if (left.numUpdatedRows === 0n || cooperation.endedAt) return;
	const chain = { cooperation: cooperation.id };
	await tell(write, context, { chain, verb: 'hand-given-back', ids: { hand: id }, says: { organisation: own.name } });
}

/** Erases who offered it, and how to reach them: at once, when they ask or when all is done. Erased twice, it is gone once. */
export async function eraseHand(
	context: Context,
	cooperationId: string,
	{ id }: { id: string; actingFor: string | null }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayTakeUp(context.actor, cooperation));
	const erased = await write
		.deleteFrom('handsOffered')
		.where('id', '=', id)
		.where('cooperationId', '=', cooperation.id)
		.executeTakeFirst();
	if (erased.numDeletedRows === 0n || cooperation.endedAt) return;
	await tell(write, context, { chain: { cooperation: cooperation.id }, verb: 'hand-erased', ids: { hand: id }, says: {} });
}

/** Forgets the hands of half a year ago. */
export async function forgetHands(context: Context): Promise<void> {
	const write = allow(context, maySweep(context.actor));
	await write
		.deleteFrom('handsOffered')
		.where('offeredAt', '<', new Date(context.now.getTime() - handsKept))
		.execute();
}
