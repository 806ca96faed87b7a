import { sql } from 'kysely';
import { m } from '#words';
import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { endAllAccompanying, letManagersAccompany } from '#modules/organisations/commands/accompanying.server.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { endHouseArea, writeHouseArea } from '#modules/territories/commands.server.ts';
import { findArea } from '#modules/territories/queries/areas.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { HubSaid } from './forms.ts';
import { houseOf, hubSaysSo } from './queries.server.ts';
import { mayKeepHub, mayOpenHub, mayTrustHub } from './policy.ts';
import { answerable, endable, type Accompanied, type Accompaniment } from './rules.ts';

/**
 * Says that an organisation accompanies others: it becomes a house, or opens again. Its managers accompany from then on. Said again,
 * what it signs with changes, and those who accompany stay whom the house named.
 */
export async function openHub(
	context: Context,
	{ organisationId, ...said }: HubSaid & { organisationId: string }
): Promise<{ path: string }> {
	const write = allow(context, mayOpenHub(context.actor));
	const [organisation] = (await summariesOf(write, [organisationId])).values();
	if (!organisation) throw new NotFound();
	const there = await write
		.selectFrom('hubs')
		.select('closedAt')
		.where('organisationId', '=', organisationId)
		.forUpdate()
		.executeTakeFirst();
	const { isNew } = await write
		.insertInto('hubs')
		.values({ organisationId, ...said, openedAt: context.now, openedBy: personOf(context.actor) })
		.onConflict((conflict) => conflict.column('organisationId').doUpdateSet({ ...said, closedAt: null }))
		.returning(sql<boolean>`xmax = 0`.as('isNew'))
		.executeTakeFirstOrThrow();
	await drawTerritory(write, context, organisationId);
	if (!there || there.closedAt) await letManagersAccompany(write, context.now, organisationId);
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'hub-opened',
		says: { sender: said.senderName }
	});
	if (isNew)
		await tellManagers(write, context, [organisationId], {
			kind: 'organisation',
			cooperationId: null,
			text: m.hubs_told_opened({ hub: said.senderName }),
			path: houseOf(organisation.path)
		});
	return { path: houseOf(organisation.path) };
}

/** What a house's territories hold together is drawn again. */
async function drawTerritory(write: Writer, context: Context, hubId: string): Promise<void> {
	const hub = await write
		.selectFrom('hubs as h')
		.innerJoin('organisations as o', 'o.id', 'h.organisationId')
		.select(['h.areaId', 'h.senderName as name', 'o.code'])
		.where('h.organisationId', '=', hubId)
		.executeTakeFirstOrThrow();
	const areaId = hub.areaId ?? newId();
	const areas = await write.selectFrom('hubAreas').select('areaKey').where('hubId', '=', hubId).execute();
	await writeHouseArea(
		write,
		context.now,
		{ hubId, areaId, code: hub.code, name: hub.name },
		areas.map(({ areaKey }) => areaKey)
	);
	if (!hub.areaId) await write.updateTable('hubs').set({ areaId }).where('organisationId', '=', hubId).execute();
}

/** Changes what a hub says of itself. What another wrote since `read` is shown first. */
export async function changeHub(context: Context, hubId: string, said: HubSaid, read: string | null = null): Promise<void> {
	const write = allow(context, mayKeepHub(context.actor, hubId));
	const there = await write
		.selectFrom('hubs')
		.select(['senderName as name', 'senderEmail as email', 'phone', 'hours', 'presentation'])
		.where('organisationId', '=', hubId)
		.where('closedAt', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	if (!there) throw new NotFound();
	const now = hubSaysSo(there);
	if (read && read !== now && now !== hubSaysSo({ ...said, name: said.senderName, email: said.senderEmail }))
		throw new Refused('hubs.changed-meanwhile', { theirs: Object.values(there).filter(Boolean).join(', ') });
	await write.updateTable('hubs').set(said).where('organisationId', '=', hubId).execute();
	if (said.senderName !== there.name) await drawTerritory(write, context, hubId);
	await tell(write, context, { chain: { organisation: hubId }, verb: 'hub-changed', says: { sender: said.senderName } });
}

/** A house that is open, and its row held: two who change its territory wait for each other. */
async function openHouse(write: Writer, hubId: string): Promise<void> {
	const hub = await write
		.selectFrom('hubs')
		.select('organisationId')
		.where('organisationId', '=', hubId)
		.where('closedAt', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	if (!hub) throw new NotFound();
}

/** The house answers for people in the communes that this territory holds today. The caller has been allowed. */
async function trust(write: Writer, hubId: string, area: { key: string; codes: readonly string[] }): Promise<boolean> {
	const trusted = await sql`
		insert into hub_trusted_communes (hub_id, area_key, commune_code)
		select ${hubId}, ${area.key}, code from unnest(${[...area.codes]}::text[]) as code
		on conflict do nothing`.execute(write);
	return Boolean(trusted.numAffectedRows);
}

/**
 * Adds a territory to a house's: a commune, a larger one, one that people drew. It says where the house works. Added by an
 * administrator, or once more by one, it is also where the house answers for people.
 */
export async function addArea(
	context: Context,
	{ hubId, area: key }: { hubId: string; area: string }
): Promise<{ name: string }> {
	const write = allow(context, mayKeepHub(context.actor, hubId));
	await openHouse(write, hubId);
	const area = await findArea(context.db, key);
	if (!area || area.kind === 'house') throw new Refused('hubs.area-unknown', {}, 'area');
	const added = await write
		.insertInto('hubAreas')
		.values({ hubId, areaKey: area.key, addedAt: context.now })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	const trusted = mayTrustHub(context.actor) && (await trust(write, hubId, area));
	if (added.numInsertedOrUpdatedRows) await drawTerritory(write, context, hubId);
	if (added.numInsertedOrUpdatedRows || trusted)
		await tell(write, context, { chain: { organisation: hubId }, verb: 'commune-added', says: { commune: area.name } });
	return area;
}

/** Takes a territory out of a house's. What another of its territories holds stays. */
export async function removeArea(context: Context, { hubId, area: key }: { hubId: string; area: string }): Promise<void> {
	const write = allow(context, mayKeepHub(context.actor, hubId));
	await openHouse(write, hubId);
	const area = await findArea(context.db, key);
	const removed = await write.deleteFrom('hubAreas').where('hubId', '=', hubId).where('areaKey', '=', key).executeTakeFirst();
	if (!removed.numDeletedRows) return;
	await drawTerritory(write, context, hubId);
	await tell(write, context, {
		chain: { organisation: hubId },
		verb: 'commune-removed',
		says: { commune: area?.name ?? key }
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

/** Writes that a house is closed: nobody accompanies for it, its territory is none, its networks see it no more. The caller has been allowed. */
export async function writeClosed(write: Writer, context: Context, house: { id: string; name: string; areaId: string | null }) {
	const { now } = context;
	await write.updateTable('hubs').set({ closedAt: now }).where('organisationId', '=', house.id).execute();
	if (house.areaId) await endHouseArea(write, now, house.areaId);
	await endAllAccompanying(write, house.id);
	await write
		.updateTable('hubAddresses')
		.set({ expiresAt: now })
		.where('hubId', '=', house.id)
		.where('confirmedAt', 'is', null)
		.where('expiresAt', '>', now)
		.execute();
	await write
		.updateTable('networkHouses')
		.set({ endedAt: now, endedBy: personOf(context.actor) })
		.where('hubId', '=', house.id)
		.where('endedAt', 'is', null)
		.execute();
	await tell(write, context, { chain: { organisation: house.id }, verb: 'hub-closed', says: { sender: house.name } });
}
