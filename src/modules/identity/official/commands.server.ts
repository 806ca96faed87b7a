import { tell } from '#modules/journal/commands.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { mayRelate } from '../policy.ts';
import { aroundOf } from '../queries.server.ts';
import { findRecord } from './queries.server.ts';

/** Writes that a record is an organisation's own, from now on. The caller has been allowed. Said twice, it stands once. */
export async function writeRelation(
	write: Writer,
	context: Context,
	organisationId: string,
	record: { id: number; name: string; source: string; key: string }
): Promise<void> {
	const added = await write
		.insertInto('organisationOfficialRecords')
		.values({
			id: newId(),
			organisationId,
			bodyId: record.id,
			how: 'person',
			since: context.now,
			sinceBy: personOf(context.actor)
		})
		.onConflict((conflict) => conflict.columns(['organisationId', 'bodyId']).where('until', 'is', null).doNothing())
		.executeTakeFirst();
	if (added.numInsertedOrUpdatedRows)
		await tell(write, context, {
			chain: { organisation: organisationId },
			verb: 'record-related',
			says: { name: record.name, number: record.key }
		});
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
	if (ended.numUpdatedRows)
		await tell(write, context, {
			chain: { organisation: organisation.id },
			verb: 'record-detached',
			says: { name: record.name, number: record.key }
		});
}
