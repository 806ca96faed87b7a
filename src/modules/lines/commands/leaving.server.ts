import { mayLeaveFor } from '#modules/cooperations/policy.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { LineSeen } from '../queries.server.ts';
import { listLeavings } from '../queries/leaving.server.ts';
import { nextVersion, tellLine } from '../commands.server.ts';
import { addMark } from './marking.server.ts';

/**
 * What becomes of what a leaving partner holds. Its open tasks: another partner takes them, or they are withdrawn. Its roles and the
 * risks that it watched: nobody has them any more, and the page says so. What it promised to bring: withdrawn, or kept all the same.
 * Each says why. What it keeps at home stays there, and its other lines stay as they are.
 */
export async function settleLeaving(
	context: Context,
	cooperationId: string,
	{
		partnerId,
		handTo,
		reason,
		contributions = 'withdrawn'
	}: { partnerId: string; handTo: string | null; reason: string; contributions?: 'withdrawn' | 'kept' }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const leaving = cooperation.partners.find(({ id }) => id === partnerId);
	if (!leaving) throw new NotFound();
	if (standingOf(leaving) !== 'accepted') throw new Refused('cooperations.not-a-partner');
	const write = allow(context, mayLeaveFor(context.actor, leaving));
	const taker = cooperation.accepted.find(({ organisationId }) => organisationId === handTo);
	if (handTo && (!taker || taker.id === leaving.id)) throw new Refused('lines.not-a-partner', {}, 'handTo');
	const speaking = { id: leaving.organisationId, name: leaving.name };
	const held = (await listLeavings(context, cooperation)).get(leaving.organisationId);

	const withdraw = async (line: LineSeen) => {
		await addMark(write, context, line, { mark: 'withdrawn', by: speaking.id, note: reason });
		await tellLine(write, context, cooperation, { ...line, speaker: speaking }, 'line-withdrawn', { reason });
	};
	const pass = async (line: LineSeen, whoOrganisation: string | null) => {
		const id = newId();
		await write
			.insertInto('lines')
			.values({ ...nextVersion(context, line, id), reason, whoOrganisation, whoPerson: null })
			.execute();
		return { ...line, id, speaker: speaking };
	};

	for (const task of held?.tasks ?? []) {
		if (!taker) await withdraw(task);
		else
			await tellLine(write, context, cooperation, await pass(task, taker.organisationId), 'task-handed', {
				to: taker.name,
				reason
			});
	}
	for (const role of held?.roles ?? [])
		await tellLine(write, context, cooperation, await pass(role, null), 'line-vacated', { reason });
	for (const promise of held?.contributions ?? []) {
		if (contributions === 'withdrawn') await withdraw(promise);
		else await tellLine(write, context, cooperation, { ...promise, speaker: speaking }, 'line-kept', { reason });
	}
}
