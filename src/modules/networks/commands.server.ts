import { m } from '#words';
import { tell } from '#modules/journal/commands.server.ts';
import { findOpenHub } from '#modules/hubs/queries.server.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { mayAnswerForHouse, mayDeclare, mayKeepNetwork } from './policy.ts';
import { networkPath, placeById } from './queries.server.ts';
import { answerable, standingIn } from './rules.ts';

/** Declares a network: the people of one organisation read across the houses that will accept. Sent twice, it is declared once. */
export async function declareNetwork(
	context: Context,
	input: { id: string; name: string; organisationId: string }
): Promise<void> {
	const write = allow(context, mayDeclare(context.actor));
	if (!(await summariesOf(write, [input.organisationId])).size) throw new NotFound();
	const network = { ...input, code: newCode() };
	const { numInsertedOrUpdatedRows } = await write
		.insertInto('networks')
		.values({ ...network, declaredAt: context.now, declaredBy: personOf(context.actor) })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirstOrThrow();
	if (!numInsertedOrUpdatedRows) return;
	await tell(write, context, {
		chain: { organisation: input.organisationId },
		verb: 'network-declared',
		says: { network: input.name }
	});
	await tellManagers(write, context, [input.organisationId], {
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
	await tellManagers(write, context, [place.organisationId], {
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
	await tellManagers(write, context, [place.organisationId, place.hubId], {
		kind: 'organisation',
		cooperationId: null,
		text: m.networks_told_left({ network: place.network, house: place.house }),
		path: `${place.housePath}/reseaux`
	});
}

/** Ends a network: nobody reads across any more. */
export async function endNetwork(context: Context, { networkId }: { networkId: string }): Promise<void> {
	const network = await livingNetwork(context, networkId);
	const write = allow(context, mayKeepNetwork(context.actor, network));
	await write.updateTable('networks').set({ endedAt: context.now }).where('id', '=', networkId).execute();
	await tell(write, context, {
		chain: { organisation: network.organisationId },
		verb: 'network-ended',
		says: { network: network.name }
	});
}
