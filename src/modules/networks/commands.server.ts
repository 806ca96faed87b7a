import { m } from '#words';
import { tell } from '#modules/journal/commands.server.ts';
import { findOpenHub } from '#modules/hubs/queries.server.ts';
import { tellManagers, tellThose } from '#modules/organisations/commands/telling.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { administratorsOf } from '#modules/people/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { mayAnswerForHouse, mayDeclare, mayKeepNetwork } from './policy.ts';
import { networkPath, placeById } from './queries.server.ts';
import { answerable, standingIn } from './rules.ts';

type Telling = { kind: 'organisation'; cooperationId: null; text: string; path: string };

/** Tells those who keep a network: the managers of its organisation, or those who look after the instance. */
const tellLeaders = async (
	write: Writer,
	context: Context,
	{ organisationId }: { organisationId: string | null },
	told: Telling
): Promise<number> =>
	organisationId
		? tellManagers(write, context, [organisationId], told)
		: tellThose(write, context, await administratorsOf(write), told);

/**
 * Declares a network: the people of one organisation read across the houses that will accept, or those who look after the instance.
 * Sent twice, it is declared once.
 */
export async function declareNetwork(
	context: Context,
	input: { id: string; name: string; organisationId: string | null }
): Promise<void> {
	const write = allow(context, mayDeclare(context.actor));
	if (input.organisationId && !(await summariesOf(write, [input.organisationId])).size) throw new NotFound();
	const network = { ...input, code: newCode() };
	const { numInsertedOrUpdatedRows } = await write
		.insertInto('networks')
		.values({ ...network, declaredAt: context.now, declaredBy: personOf(context.actor) })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirstOrThrow();
	if (!numInsertedOrUpdatedRows) return;
	if (input.organisationId)
		await tell(write, context, {
			chain: { organisation: input.organisationId },
			verb: 'network-declared',
			says: { network: input.name }
		});
	await tellLeaders(write, context, input, {
		kind: 'organisation',
		cooperationId: null,
		text: m.networks_told_declared({ network: input.name }),
		path: networkPath(network)
	});
}

async function livingNetwork(context: Context, id: string) {
	const network = await context.db
		.selectFrom('networks')
		.selectAll()
		.where('id', '=', id)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (!network) throw new NotFound();
	return network;
}

/** Asks a house into a network: it shows nothing before it accepts. */
export async function proposeHouse(
	context: Context,
	{ networkId, hubId }: { networkId: string; hubId: string }
): Promise<{ house: string }> {
	const network = await livingNetwork(context, networkId);
	const write = allow(context, mayKeepNetwork(context.actor, network));
	const house = await findOpenHub(write, hubId);
	if (!house) throw new NotFound();
	const { numInsertedOrUpdatedRows } = await write
		.insertInto('networkHouses')
		.values({ id: newId(), networkId, hubId, proposedAt: context.now, proposedBy: personOf(context.actor) })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirstOrThrow();
	if (!numInsertedOrUpdatedRows) throw new Refused('networks.already-asked', { house: house.name });
	await tell(write, context, { chain: { organisation: hubId }, verb: 'network-asked', says: { network: network.name } });
	await tellManagers(write, context, [hubId], {
		kind: 'organisation',
		cooperationId: null,
		text: m.networks_told_asked({ network: network.name, house: house.name }),
		path: `${house.path}/reseaux`
	});
	return { house: house.name };
}

/** Accepts a network for one's house, or declines it. */
export async function answerNetwork(context: Context, { id }: { id: string }, accepted: boolean): Promise<void> {
	const place = await placeById(context.db, id);
	if (!place || !mayAnswerForHouse(context.actor, place.hubId)) throw new NotFound();
	const write = allow(context, mayAnswerForHouse(context.actor, place.hubId));
	answerable(place);
	const changed = await write
		.updateTable('networkHouses')
		.set(accepted ? { acceptedAt: context.now, acceptedBy: personOf(context.actor) } : { declinedAt: context.now })
		.where('id', '=', id)
		.where('acceptedAt', 'is', null)
		.where('declinedAt', 'is', null)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new Refused('networks.answered');
	await tell(write, context, {
		chain: { organisation: place.hubId },
		verb: accepted ? 'network-joined' : 'network-declined',
		says: { network: place.network }
	});
	await tellLeaders(write, context, place, {
		kind: 'organisation',
		cooperationId: null,
		text: (accepted ? m.networks_told_joined : m.networks_told_declined)({ network: place.network, house: place.house }),
		path: place.path
	});
}

/** A house's place in a network ends, by either side: from now on nothing of it is read there. */
export async function leaveNetwork(context: Context, { id }: { id: string }): Promise<void> {
	const place = await placeById(context.db, id);
	const may = place && (mayAnswerForHouse(context.actor, place.hubId) || mayKeepNetwork(context.actor, place));
	if (!may) throw new NotFound();
	const write = allow(context, may);
	if (!['asked', 'in'].includes(standingIn(place))) throw new Refused('networks.answered');
	await write
		.updateTable('networkHouses')
		.set({ endedAt: context.now, endedBy: personOf(context.actor) })
		.where('id', '=', id)
		.where('endedAt', 'is', null)
		.execute();
	await tell(write, context, { chain: { organisation: place.hubId }, verb: 'network-left', says: { network: place.network } });
	const told: Telling = {
		kind: 'organisation',
		cooperationId: null,
		text: m.networks_told_left({ network: place.network, house: place.house }),
		path: `${place.housePath}/reseaux`
	};
	await tellLeaders(write, context, place, told);
	if (place.hubId !== place.organisationId) await tellManagers(write, context, [place.hubId], told);
}

/** Ends a network: nobody reads across any more. */
export async function endNetwork(context: Context, { networkId }: { networkId: string }): Promise<void> {
	const network = await livingNetwork(context, networkId);
	const write = allow(context, mayKeepNetwork(context.actor, network));
	await write.updateTable('networks').set({ endedAt: context.now }).where('id', '=', networkId).execute();
	const houses = await write
		.selectFrom('networkHouses')
		.select('hubId')
		.where('networkId', '=', networkId)
		.where('declinedAt', 'is', null)
		.where('endedAt', 'is', null)
		.execute();
	for (const organisation of new Set([
		...(network.organisationId ? [network.organisationId] : []),
		...houses.map(({ hubId }) => hubId)
	]))
		await tell(write, context, { chain: { organisation }, verb: 'network-ended', says: { network: network.name } });
}
