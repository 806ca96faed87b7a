import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { pathOf as cooperationPath } from '#modules/cooperations/queries.server.ts';
import { eyesOf, meetingPath, meetingsSeenBy } from '../queries.server.ts';

/** The meetings that took place and to which two organisations came, or were expected when nobody noted who came; latest first. */
export async function listMeetingsTogether(context: Context, ours: string, theirs: string, limit = 50) {
	if (!organisationsOf(context.actor).includes(ours)) return [];
	const rows = await meetingsSeenBy(context.db, eyesOf(context))
		.innerJoin('cooperations as c', 'c.id', 'm.cooperationId')
		.select(['m.id', 'm.code', 'm.title', 'm.startsAt', 'c.name', 'c.code as cooperation'])
		.where('m.cancelledAt', 'is', null)
		.where('m.startsAt', '<=', context.now)
		.where(({ and, exists, selectFrom }) =>
			and(
				[ours, theirs].map((organisation) =>
					exists(
						selectFrom('meetingParticipants as mp')
							.select('mp.id')
							.whereRef('mp.meetingId', '=', 'm.id')
							.where('mp.organisationId', '=', organisation)
							.where((eb) => eb.or([eb('mp.presence', 'is', null), eb('mp.presence', 'in', ['present', 'represented'])]))
					)
				)
			)
		)
		.orderBy('m.startsAt', 'desc')
		.limit(limit)
		.execute();
	return rows.map(({ cooperation, name, ...meeting }) => ({
		at: meeting.startsAt,
		title: meeting.title,
		cooperation: name,
		path: meetingPath({ path: cooperationPath({ name, code: cooperation }) }, meeting)
	}));
}
