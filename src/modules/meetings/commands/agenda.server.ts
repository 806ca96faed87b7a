import { personOf } from '#platform/actor.ts';
import { sql } from 'kysely';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { findOffered } from '#modules/library/houses/queries.server.ts';
import { questionsIn } from '#modules/library/houses/rules.ts';
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

/** More points than this would never be reached. */
const pointsAtMost = 60;

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
	if (points.length >= pointsAtMost) throw new Refused('meetings.too-many-points', { max: pointsAtMost });
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

/**
 * Takes the questions of a grid, of the library of a house that accompanies, as points to discuss. They are copied: the house may
 * write its grid anew. Those that stand already are not asked twice. Says how many were added.
 */
export async function takeGrid(context: Context, meetingId: string, { text: from }: { text: string }): Promise<number> {
	const { write, meeting, cooperation } = await hold(context, meetingId, mayPrepare);
	editable(meeting);
	const { body } = await findOffered(context, from, 'grid', { cooperationId: cooperation.id });
	const points = await listPoints({ db: write }, meeting.id);
	const asked = questionsIn(body).filter((title) => !points.some((one) => one.title === title));
	if (!asked.length) throw new Refused('meetings.grid-there');
	if (points.length + asked.length > pointsAtMost) throw new Refused('meetings.too-many-points', { max: pointsAtMost });
	await write
		.insertInto('agendaPoints')
		.values(
			asked.map((title, index) => ({
				id: newId(),
				title,
				expected: 'discuss',
				meetingId: meeting.id,
				houseText: from,
				position: points.length + index + 1,
				addedAt: context.now,
				addedBy: personOf(context.actor)
			}))
		)
		.execute();
	return asked.length;
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
