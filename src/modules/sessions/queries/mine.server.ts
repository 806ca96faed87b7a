import type { Context } from '#platform/context.server.ts';

/** The series and sessions that one planned, cancelled or noted, and the hours that one noted: for the export. */
export async function listOwnSessions({ db, actor }: Context) {
	if (actor.is !== 'person') return { series: [], sessions: [], hours: [] };
	const me = actor.id;
	return {
		series: await db
			.selectFrom('actionSeries')
			.select(['title', 'startsOn', 'endsOn', 'madeAt'])
			.where('madeBy', '=', me)
			.orderBy('madeAt')
			.execute(),
		sessions: await db
			.selectFrom('actionSessions')
			.select(['code', 'title', 'startsAt', 'madeAt', 'cancelledAt', 'cancelReason', 'people', 'note', 'notedAt'])
			.where((eb) => eb.or([eb('madeBy', '=', me), eb('cancelledBy', '=', me), eb('notedBy', '=', me)]))
			.orderBy('startsAt')
			.orderBy('id')
			.execute(),
		hours: await db
			.selectFrom('sessionHours as h')
			.innerJoin('actionSessions as s', 's.id', 'h.sessionId')
			.innerJoin('organisations as o', 'o.id', 'h.organisationId')
			.select(['s.title', 'o.name as organisation', 'h.whose', 'h.supplier', 'h.minutes', 'h.notedAt'])
			.where('h.notedBy', '=', me)
			.orderBy('h.notedAt')
			.execute()
	};
}
