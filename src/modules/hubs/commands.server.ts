import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { HubSaid } from './forms.ts';
import { hubSaysSo } from './queries.server.ts';
import { mayAccompanyFor, mayOpenHub } from './policy.ts';
import { answerable, endable, type Accompanied, type Accompaniment } from './rules.ts';

/** Says that an organisation accompanies others: it becomes a hub. Said again, what it signs with changes. */
export async function openHub(context: Context, { organisationId, ...said }: HubSaid & { organisationId: string }) {
	const write = allow(context, mayOpenHub(context.actor));
	await write
		.insertInto('hubs')
		.values({ organisationId, ...said, openedAt: context.now, openedBy: personOf(context.actor) })
		.onConflict((conflict) => conflict.column('organisationId').doUpdateSet({ ...said, closedAt: null }))
		.execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'hub-opened',
		says: { sender: said.senderName }
	});
}

/** Changes what a hub signs with and when it answers. What another wrote since `read` is shown first. */
export async function changeHub(context: Context, hubId: string, said: HubSaid, read: string | null = null): Promise<void> {
	const write = allow(context, mayAccompanyFor(context.actor, hubId) || mayOpenHub(context.actor));
	const there = await write
		.selectFrom('hubs')
		.select(['senderName as name', 'senderEmail as email', 'phone', 'hours'])
		.where('organisationId', '=', hubId)
		.forUpdate()
		.executeTakeFirst();
	if (!there) throw new NotFound();
	const now = hubSaysSo(there);
	if (read && read !== now && now !== hubSaysSo({ ...said, name: said.senderName, email: said.senderEmail }))
		throw new Refused('hubs.changed-meanwhile', { theirs: Object.values(there).filter(Boolean).join(', ') });
	await write.updateTable('hubs').set(said).where('organisationId', '=', hubId).execute();
	await tell(write, context, { chain: { organisation: hubId }, verb: 'hub-changed', says: { sender: said.senderName } });
}

/** Adds a commune to a hub's territory. It says where the hub works, and opens nothing. */
export async function addCommune(context: Context, { hubId, commune }: { hubId: string; commune: string }) {
	const write = allow(context, mayAccompanyFor(context.actor, hubId) || mayOpenHub(context.actor));
	const known = findCommune(commune);
	if (!known) throw new Refused('hubs.commune-unknown', {}, 'commune');
	const added = await write
		.insertInto('hubCommunes')
		.values({ hubId, communeCode: known.code })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (added.numInsertedOrUpdatedRows)
		await tell(write, context, { chain: { organisation: hubId }, verb: 'commune-added', says: { commune: known.name } });
	return known;
}

/** Takes a commune out of a hub's territory. */
export async function removeCommune(context: Context, { hubId, commune }: { hubId: string; commune: string }): Promise<void> {
	const write = allow(context, mayAccompanyFor(context.actor, hubId) || mayOpenHub(context.actor));
	const removed = await write
		.deleteFrom('hubCommunes')
		.where('hubId', '=', hubId)
		.where('communeCode', '=', commune)
		.executeTakeFirst();
	if (removed.numDeletedRows)
		await tell(write, context, {
			chain: { organisation: hubId },
			verb: 'commune-removed',
			says: { commune: findCommune(commune)?.name ?? commune }
		});
}

const chainOf = (accompanied: Accompanied) =>
	'organisationId' in accompanied ? { organisation: accompanied.organisationId } : { cooperation: accompanied.cooperationId };

const accompaniedBy = ({ organisationId, cooperationId }: Accompaniment): Accompanied =>
	organisationId ? { organisationId } : { cooperationId: cooperationId! };

/** Writes a proposal of accompaniment; the caller has been allowed. Two at once: the second says that one waits already. */
export async function writeProposal(
	write: Writer,
	context: Context,
	{ hub, accompanied, byHub }: { hub: { id: string; name: string }; accompanied: Accompanied; byHub: boolean }
): Promise<string> {
	const id = newId();
	await write
		.insertInto('accompaniments')
		.values({
			...accompanied,
			id,
			hubId: hub.id,
			posture: 'accompanies',
			proposedAt: context.now,
			proposedBy: personOf(context.actor),
			proposedByHub: byHub
		})
		.execute();
	await tell(write, context, {
		chain: chainOf(accompanied),
		verb: byHub ? 'accompaniment-proposed' : 'accompaniment-asked',
		ids: { hub: hub.id },
		says: { hub: hub.name }
	});
	return id;
}

/** Writes the answer to a proposal; the caller has been allowed. */
export async function writeAnswer(
	write: Writer,
	context: Context,
	accompaniment: Accompaniment & { hubName: string },
	{ accepted, acceptedFor }: { accepted: boolean; acceptedFor: string | null }
): Promise<void> {
	answerable(accompaniment);
	const changed = await write
		.updateTable('accompaniments')
		.set(accepted ? { acceptedAt: context.now, acceptedBy: personOf(context.actor), acceptedFor } : { declinedAt: context.now })
		.where('id', '=', accompaniment.id)
		.where('acceptedAt', 'is', null)
		.where('declinedAt', 'is', null)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new NotFound();
	await tell(write, context, {
		chain: chainOf(accompaniedBy(accompaniment)),
		verb: accepted ? 'accompaniment-accepted' : 'accompaniment-declined',
		ids: { hub: accompaniment.hubId },
		says: { hub: accompaniment.hubName }
	});
}

/** Ends an accompaniment, or takes a proposal back, from now on; the caller has been allowed. */
export async function writeEnd(
	write: Writer,
	context: Context,
	accompaniment: Accompaniment & { hubName: string }
): Promise<void> {
	endable(accompaniment);
	await write
		.updateTable('accompaniments')
		.set({ endedAt: context.now, endedBy: personOf(context.actor) })
		.where('id', '=', accompaniment.id)
		.where('endedAt', 'is', null)
		.execute();
	await tell(write, context, {
		chain: chainOf(accompaniedBy(accompaniment)),
		verb: 'accompaniment-ended',
		ids: { hub: accompaniment.hubId },
		says: { hub: accompaniment.hubName }
	});
}
