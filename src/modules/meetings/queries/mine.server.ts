import { sql } from 'kysely';
import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';

/** What this module holds about oneself, for the export: meetings, presence, polls and their answers, calendar addresses. */
export async function listOwnMeetings({ db, actor }: Context, email: string | null) {
	if (actor.is !== 'person') throw new NotFound();
	const me = actor.id;
	const invited = await db
		.selectFrom('meetingParticipants as p')
		.innerJoin('meetings as m', 'm.id', 'p.meetingId')
		.innerJoin('cooperations as c', 'c.id', 'm.cooperationId')
		.select(['c.name as cooperation', 'm.title', 'm.startsAt', 'm.cancelledAt'])
		.select(['p.name', 'p.email', 'p.invitedAt', 'p.reply', 'p.repliedAt', 'p.presence'])
		.where((eb) => eb.or([eb('p.personId', '=', me), ...(email ? [eb('p.email', '=', email)] : [])]))
		.orderBy('m.startsAt')
		.execute();
	const held = await db
		.selectFrom('meetings as m')
		.innerJoin('cooperations as c', 'c.id', 'm.cooperationId')
		.select(['c.name as cooperation', 'm.title', 'm.startsAt', 'm.convenedAt'])
		.select([
			sql<boolean>`m.organiser_id is not distinct from ${me}`.as('organiser'),
			sql<boolean>`m.minutes_begun_by is not distinct from ${me}`.as('beganMinutes'),
			sql<boolean>`m.circulated_by is not distinct from ${me}`.as('circulated'),
			sql<boolean>`m.adopted_by is not distinct from ${me}`.as('adopted'),
			sql<boolean>`m.cancelled_by is not distinct from ${me}`.as('cancelled')
		])
		.where((eb) =>
			eb.or((['organiserId', 'minutesBegunBy', 'circulatedBy', 'adoptedBy', 'cancelledBy'] as const).map((by) => eb(by, '=', me)))
		)
		.orderBy('m.startsAt')
		.execute();
	const points = await db
		.selectFrom('agendaPoints as a')
		.innerJoin('meetings as m', 'm.id', 'a.meetingId')
		.select(['m.title as meeting', 'a.title', 'a.addedAt', 'a.removedAt'])
		.where((eb) => eb.or([eb('a.addedBy', '=', me), eb('a.removedBy', '=', me)]))
		.orderBy('a.addedAt')
		.execute();
	const presencesNoted = await db
		.selectFrom('meetingParticipants as p')
		.innerJoin('meetings as m', 'm.id', 'p.meetingId')
		.select(['m.title as meeting', 'p.name', 'p.presence', 'p.presenceNotedAt'])
		.where('p.presenceNotedBy', '=', me)
		.orderBy('p.presenceNotedAt')
		.execute();
	const calendars = await db
		.selectFrom('calendarFeeds')
		.select(['kind', 'madeAt', 'revokedAt'])
		.where((eb) => eb.or([eb('personId', '=', me), eb('revokedBy', '=', me)]))
		.orderBy('madeAt')
		.execute();
	return { invited, held, points, presencesNoted, calendars };
}

/** The polls that one was asked, with what one answered; those that one opened, closed, or answered for another. */
export async function listOwnPolls({ db, actor }: Context, email: string | null) {
	if (actor.is !== 'person') throw new NotFound();
	const me = actor.id;
	const invitees = await db
		.selectFrom('pollInvitees as i')
		.innerJoin('polls as p', 'p.id', 'i.pollId')
		.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
		.leftJoin('pollReplies as r', 'r.inviteeId', 'i.id')
		.select(['i.id', 'c.name as cooperation', 'p.title', 'i.name', 'i.email', 'i.invitedAt', 'i.remindedAt'])
		.select(['r.comment', 'r.answeredAt', 'r.evidence'])
		.where((eb) => eb.or([eb('i.personId', '=', me), ...(email ? [eb('i.email', '=', email)] : [])]))
		.orderBy('i.invitedAt')
		.execute();
	const answers = invitees.length
		? await db
				.selectFrom('pollAnswers as a')
				.innerJoin('pollSlots as s', 's.id', 'a.slotId')
				.select(['a.inviteeId', 's.startsAt', 'a.answer'])
				.where(
					'a.inviteeId',
					'in',
					invitees.map(({ id }) => id)
				)
				.orderBy('s.startsAt')
				.execute()
		: [];
	const opened = await db
		.selectFrom('polls')
		.select(['title', 'openedAt', 'closedAt'])
		.where((eb) => eb.or([eb('organiser', '=', me), eb('closedBy', '=', me)]))
		.orderBy('openedAt')
		.execute();
	const noted = await db
		.selectFrom('pollReplies as r')
		.innerJoin('pollInvitees as i', 'i.id', 'r.inviteeId')
		.innerJoin('polls as p', 'p.id', 'i.pollId')
		.select(['p.title', 'i.name as of', 'r.answeredAt', 'r.evidence'])
		.where('r.enteredBy', '=', me)
		.orderBy('r.answeredAt')
		.execute();
	return {
		asked: invitees.map(({ id, ...row }) => ({
			...row,
			answers: answers.filter(({ inviteeId }) => inviteeId === id).map(({ startsAt, answer }) => ({ startsAt, answer }))
		})),
		opened,
		noted
	};
}
