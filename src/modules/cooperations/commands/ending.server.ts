import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { closeChain, openChain, tell } from '#modules/journal/commands.server.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { endsFor } from '../policy.ts';
import { findCooperationById, type Cooperation } from '../queries.server.ts';
import { chosenAmong } from '../rules.ts';

/** In whose name somebody ends or reopens: chosen, or the only partner that may. */
const ender = (context: Context, cooperation: Cooperation, chosen: string | null) =>
	chosenAmong(cooperation.accepted, endsFor(context.actor, cooperation), chosen);

const tellPartners = (write: Writer, context: Context, { id, path, accepted }: Cooperation, text: string): Promise<number> =>
	tellManagers(
		write,
		context,
		accepted.map(({ organisationId }) => organisationId),
		{ kind: 'partner', cooperationId: id, text, path }
	);

/**
 * Ends a cooperation, with a date, a reason and in whose name. It stays readable, exported and verified; nothing is written into it
 * any more: its chain takes no other fact, so that whatever would be is refused whole.
 */
export async function endCooperation(
	context: Context,
	cooperationId: string,
	{ reason, actingFor }: { reason: string; actingFor: string | null }
): Promise<void> {
	const read = await findCooperationById(context, cooperationId);
	const write = allow(context, endsFor(context.actor, read).length > 0);
	await write.selectFrom('cooperations').select('id').where('id', '=', read.id).forUpdate().execute();
	const cooperation = await findCooperationById(context, cooperationId);
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = ender(context, cooperation, actingFor);
	await write
		.insertInto('cooperationEndings')
		.values({
			id: newId(),
			cooperationId: cooperation.id,
			endedAt: context.now,
			endedBy: personOf(context.actor),
			endedFor: by.id,
			reason
		})
		.execute();
	await write
		.updateTable('cooperations')
		.set({ endedAt: context.now, endedBy: personOf(context.actor) })
		.where('id', '=', cooperation.id)
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'cooperation-ended',
		ids: { organisation: by.id },
		says: { organisation: by.name, reason }
	});
	await closeChain(write, context.now, { cooperation: cooperation.id });
	await tellPartners(write, context, cooperation, m.cooperations_told_ended({ organisation: by.name, reason }));
}

/** Opens an ended cooperation again, with a reason: it goes on where it stood. */
export async function reopenCooperation(
	context: Context,
	cooperationId: string,
	{ reason, actingFor }: { reason: string; actingFor: string | null }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, endsFor(context.actor, cooperation).length > 0);
	const by = ender(context, cooperation, actingFor);
	const reopened = await write
		.updateTable('cooperationEndings')
		.set({ reopenedAt: context.now, reopenedBy: personOf(context.actor), reopenedFor: by.id, reopenedReason: reason })
		.where('cooperationId', '=', cooperation.id)
		.where('reopenedAt', 'is', null)
		.executeTakeFirst();
	if (reopened.numUpdatedRows === 0n) throw new Refused('cooperations.not-ended');
	await write.updateTable('cooperations').set({ endedAt: null, endedBy: null }).where('id', '=', cooperation.id).execute();
	await openChain(write, { cooperation: cooperation.id });
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'cooperation-reopened',
		ids: { organisation: by.id },
		says: { organisation: by.name, reason }
	});
	await tellPartners(write, context, cooperation, m.cooperations_told_reopened({ organisation: by.name, reason }));
}
