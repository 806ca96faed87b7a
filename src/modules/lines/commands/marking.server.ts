import { personOf } from '#platform/actor.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { mayMark, mayRevise } from '../policy.ts';
import { lineAt, tellLine } from '../commands.server.ts';

/** A dated fact about a line, with its author; the caller has been allowed, and tells it. */
export const addMark = (
	write: Writer,
	{ actor, now }: Context,
	{ root }: { root: string },
	{ mark, by, note }: { mark: 'done' | 'withdrawn' | 'kept'; by: string; note: string | null }
) =>
	write
		.insertInto('lineMarks')
		.values({ id: newId(), root, mark, at: now, byPerson: personOf(actor), byOrganisation: by, note })
		.execute();

/** Says that a line is done or withdrawn; said again, it is open again. Each is a dated fact with an author. */
export async function markLine(
	context: Context,
	{ root, mark, note }: { root: string; mark: 'done' | 'withdrawn'; note: string | null },
	within?: string
): Promise<void> {
	const { line, cooperation } = await lineAt(context, root, within);
	const write = allow(context, mayMark(context.actor, cooperation, line));
	const undone = await write
		.updateTable('lineMarks')
		.set({ undoneAt: context.now, undoneBy: personOf(context.actor) })
		.where('root', '=', line.root)
		.where('mark', '=', mark)
		.where('undoneAt', 'is', null)
		.executeTakeFirst();
	const mine = speaksHereFor(context.actor, cooperation);
	const by = mine.includes(line.actingFor) ? line.actingFor : (line.whoOrganisation ?? mine[0] ?? line.actingFor);
	const name = cooperation.partners.find(({ organisationId }) => organisationId === by)?.name ?? line.speaker;
	if (undone.numUpdatedRows === 0n) await addMark(write, context, line, { mark, by, note });
	await tellLine(
		write,
		context,
		cooperation,
		{ ...line, speaker: line.audience === 'organisation' ? { id: line.actingFor, name: line.speaker } : { id: by, name } },
		undone.numUpdatedRows ? 'line-reopened' : `line-${mark}`,
		{}
	);
}

/** Keeps a line as it is, on purpose: looked at again, and left. A dated fact with its reason, that changes nothing in the line. */
export async function keepLine(context: Context, { id, reason }: { id: string; reason: string }, within?: string): Promise<void> {
	const { line, cooperation } = await lineAt(context, id, within);
	const write = allow(context, mayRevise(context.actor, cooperation, line));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const mine = speaksHereFor(context.actor, cooperation);
	const by = mine.includes(line.actingFor) ? { id: line.actingFor, name: line.speaker } : speaker(context, cooperation, null);
	await addMark(write, context, line, { mark: 'kept', by: by.id, note: reason });
	await tellLine(write, context, cooperation, { ...line, speaker: by }, 'line-confirmed', { reason });
}
