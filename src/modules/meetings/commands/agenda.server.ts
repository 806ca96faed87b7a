import { personOf } from '#platform/actor.ts';
import { sql } from 'kysely';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { mayConvene, mayPrepare } from '../policy.ts';
import { findMeetingById, listPoints } from '../queries.server.ts';
import { editable, moved, type Expected } from '../rules.ts';

/** Reads a meeting that is about to be written, and keeps it as it is until the end of the transaction. */
export async function hold(context: Context, meetingId: string, may = mayConvene) {
	const { cooperation } = await findMeetingById(context, meetingId);
	const write = allow(context, may(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	await write.selectFrom('meetings').select('id').where('id', '=', meetingId).forUpdate().execute();
	const { meeting } = await findMeetingById(context, meetingId);
	return { write, meeting, cooperation };
}

/** Adds a point to the agenda, or words it anew; sent twice, it is there once. */
export async function writePoint(
	context: Context,
	meetingId: string,
	{ id, ...point }: { id: string; title: string; minutes: number | null; expected: Expected; about?: string }
): Promise<void> {
	const { write, meeting } = await hold(context, meetingId, mayPrepare);
	editable(meeting);
	const points = await listPoints({ db: write }, meeting.id);
	if (points.some((one) => one.id === id)) {
		await write.updateTable('agendaPoints').set(point).where('id', '=', id).execute();
		return;
	}
	if (points.length >= 60) throw new Refused('meetings.too-many-points', { max: 60 });
	const added = await write
		.insertInto('agendaPoints')
		.values({
			...point,
			id,
			meetingId: meeting.id,
			position: points.length + 1,
			addedAt: context.now,
			addedBy: personOf(context.actor)
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	// it was there, and isn't any more: removed in between, or of another meeting
	if (added.numInsertedOrUpdatedRows === 0n) throw new NotFound();
}

/** Moves a point of the agenda one place up or down. */
export async function movePoint(
	context: Context,
	meetingId: string,
	{ id, direction }: { id: string; direction: 'up' | 'down' }
): Promise<void> {
	const { write, meeting } = await hold(context, meetingId, mayPrepare);
	editable(meeting);
	const ids = (await listPoints({ db: write }, meeting.id)).map((one) => one.id);
	if (!ids.includes(id)) throw new NotFound();
	const next = moved(ids, id, direction);
	await sql`update agenda_points set position = o.n from unnest(${next}::uuid[]) with ordinality o (id, n)
		where agenda_points.id = o.id`.execute(write);
}

/** Takes a point off the agenda, unless something was said about it. */
export async function removePoint(context: Context, meetingId: string, { id }: { id: string }): Promise<void> {
	const { write, meeting } = await hold(context, meetingId, mayPrepare);
	editable(meeting);
	const points = await listPoints({ db: write }, meeting.id);
	if (!points.some((one) => one.id === id)) throw new NotFound();
	const said = await write.selectFrom('minutedLines').select('root').where('pointId', '=', id).limit(1).executeTakeFirst();
	if (said) throw new Refused('meetings.point-has-lines');
	await write
		.updateTable('agendaPoints')
		.set({ removedAt: context.now, removedBy: personOf(context.actor) })
		.where('id', '=', id)
		.execute();
}
