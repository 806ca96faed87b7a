import { tell } from '#modules/journal/commands.server.ts';
import { addOrganisation, endIdentifier, keepIdentifiers, writeIdentifier } from '#modules/organisations/commands.server.ts';
import { kinds, type Kind } from '#modules/organisations/rules/mandates.ts';
import { listSameBody, type Official } from '#modules/register/queries.server.ts';
import { zoneOf } from '#modules/territories/rules.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { markLife } from '../life/commands.server.ts';
import { mayEnter, mayRelate } from '../policy.ts';
import { aroundOf } from '../queries.server.ts';
import { entriesOf, findRecord, type Entry } from './queries.server.ts';
import { numbersOf } from './rules.ts';

/** Writes that a record is an organisation's own, from now on. The caller has been allowed. Said twice, it stands once. */
async function writeRelation(
	write: Writer,
	context: Context,
	organisationId: string,
	record: { id: number; name: string; source: string; key: string },
	how: 'person' | 'identifier' = 'person'
): Promise<void> {
	const added = await write
		.insertInto('organisationOfficialRecords')
		.values({
			id: newId(),
			organisationId,
			bodyId: record.id,
			how,
			since: context.now,
			sinceBy: personOf(context.actor)
		})
		.onConflict((conflict) => conflict.columns(['organisationId', 'bodyId']).where('until', 'is', null).doNothing())
		.executeTakeFirst();
	if (!added.numInsertedOrUpdatedRows) return;
	await markLife(write, context.now, [organisationId]);
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'record-related',
		says: { name: record.name, number: record.key }
	});
}

/**
 * The entry that stands for a record; where there is none, one is made from what the register says. Whoever asks at the same time
 * waits for the first, and finds that one. Its other records, by the numbers that they publish, become its own with it.
 */
export async function enterRecord(write: Writer, context: Context, record: Official): Promise<Entry> {
	const same = await listSameBody(context, record.id);
	await write
		.selectFrom('officialBodies')
		.select('id')
		.where('id', 'in', [record.id, ...same.map(({ id }) => id)])
		.orderBy('id')
		.forUpdate()
		.execute();
	const [there] = await entriesOf(write, record.id);
	if (there) return there;
	const commune = record.communeCode ? findCommune(record.communeCode) : null;
	const { id } = await addOrganisation(write, context, {
		name: record.name,
		kind: kinds.find((one) => one === record.kind) ?? ('association' satisfies Kind),
		commune: null
	});
	await write
		.updateTable('organisations')
		.set({
			communeCode: commune?.code ?? null,
			communeName: commune?.name ?? record.communeName,
			...(commune ? { zone: zoneOf(commune.code) } : {})
		})
		.where('id', '=', id)
		.execute();
	await writeRelation(write, context, id, record);
	const taken = new Map((await Promise.all(same.map((one) => entriesOf(write, one.id)))).map((list, n) => [same[n]!.id, list]));
	const own = same.filter((one) => !taken.get(one.id)!.length);
	for (const one of own) await writeRelation(write, context, id, one, 'identifier');
	await keepIdentifiers(write, context, id, [record, ...own].flatMap(numbersOf), { source: record.source });
	return (await entriesOf(write, record.id))[0]!;
}

/** Adds a record of a register to the directory, for the structures of one's territory, without claiming it. */
export async function addRecord(context: Context, bodyId: number): Promise<Entry> {
	const write = allow(context, mayEnter(context.actor));
	const record = await findRecord(context, bodyId);
	if (!record) throw new NotFound();
	return enterRecord(write, context, record);
}

/** Says that an official record is this organisation's. What its people wrote stays as it is: the record stands beside it. */
export async function relateRecord(
	context: Context,
	organisation: { id: string },
	{ bodyId }: { bodyId: number }
): Promise<void> {
	const write = allow(context, mayRelate(context.actor, organisation.id, await aroundOf(context, organisation.id)));
	const record = await findRecord(context, bodyId);
	if (!record) throw new NotFound();
	await writeRelation(write, context, organisation.id, record);
}

/** Says that a record is not, or no longer, this organisation's. It stays in the history, from where it comes back in one click. */
export async function detachRecord(
	context: Context,
	organisation: { id: string },
	{ bodyId }: { bodyId: number }
): Promise<void> {
	const write = allow(context, mayRelate(context.actor, organisation.id, await aroundOf(context, organisation.id)));
	const record = await findRecord(context, bodyId);
	if (!record) throw new NotFound();
	const ended = await write
		.updateTable('organisationOfficialRecords')
		.set({ until: context.now, untilBy: personOf(context.actor) })
		.where('organisationId', '=', organisation.id)
		.where('bodyId', '=', bodyId)
		.where('until', 'is', null)
		.executeTakeFirst();
	if (!ended.numUpdatedRows) return;
	await markLife(write, context.now, [organisation.id]);
	await tell(write, context, {
		chain: { organisation: organisation.id },
		verb: 'record-detached',
		says: { name: record.name, number: record.key }
	});
}

/** Adds a number that the organisation bears. One that fails its own arithmetic is refused in words. */
export async function addNumber(
	context: Context,
	{ id }: { id: string },
	{ identifier, reason }: { identifier: string; reason?: string | null }
): Promise<void> {
	const write = allow(context, mayRelate(context.actor, id, await aroundOf(context, id)));
	await writeIdentifier(write, context, id, identifier, reason);
}

/** Ends a number, with the reason that its history keeps. */
export async function endNumber(
	context: Context,
	{ id }: { id: string },
	ended: { kind: string; value: string; reason: string }
): Promise<void> {
	await endIdentifier(allow(context, mayRelate(context.actor, id, await aroundOf(context, id))), context, id, ended);
}
