import { sql } from 'kysely';
import { organisationsOf, personOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf, nobody, orNobody } from '#platform/ids.ts';
import { followedCooperations } from '#modules/cooperations/queries/helped.server.ts';
import { findCooperationById, pathOf as cooperationPath, type Cooperation } from '#modules/cooperations/queries.server.ts';
import type { Expected, Reply } from './rules.ts';
import { gone, listParticipants } from './queries/participants.server.ts';

/** In whose eyes meetings are seen: a person with their organisations, an organisation alone, or the bearer of a link. */
export type Eyes = { person: string | null; organisations: string[]; link: { thing: string; invitee: string | null } | null };

export const eyesOf = ({ actor }: Context): Eyes => ({
	person: personOf(actor),
	organisations: organisationsOf(actor),
	link: actor.is === 'link' && actor.may === 'answer' ? { thing: actor.thing, invitee: actor.invitee } : null
});

/**
 * Every read of this module starts here: accepted partners see the meetings of their cooperation, departed ones those that took
 * place before they left, whoever was invited in person the ones to which they were.
 */
export const meetingsSeenBy = (
	db: Reader,
	{ person, organisations, link }: Eyes,
	followed: ReturnType<typeof followedCooperations> | null = null
) => {
	const mine = orNobody(organisations);
	return db.selectFrom('meetings as m').where((eb) =>
		eb.or([
			eb.exists(
				eb
					.selectFrom('partners as p')
					.select('p.id')
					.whereRef('p.cooperationId', '=', 'm.cooperationId')
					.where('p.organisationId', 'in', mine)
					.where('p.acceptedAt', 'is not', null)
					.where((on) => on.or([on('p.leftAt', 'is', null), on('m.startsAt', '<=', on.ref('p.leftAt'))]))
			),
			...(followed ? [eb('m.cooperationId', 'in', followed)] : []),
			...(person || link
				? [
						eb.exists(
							eb
								.selectFrom('meetingParticipants as mp')
								.select('mp.id')
								.whereRef('mp.meetingId', '=', 'm.id')
								.$if(person !== null, (query) => query.where('mp.personId', '=', person))
								.$if(person === null, (query) =>
									query.where('mp.meetingId', '=', link!.thing).where('mp.id', '=', link!.invitee ?? nobody)
								)
								.where((on) => on.not(gone('mp')))
						)
					]
				: [])
		])
	);
};

/** The hub that accompanies a cooperation, and who helps it, see when it meets and who comes; the lines of the minutes keep their own audience. */
const visibleMeetings = (context: Context) => meetingsSeenBy(context.db, eyesOf(context), followedCooperations(context));

const columns = [
	'm.id',
	'm.code',
	'm.cooperationId',
	'm.title',
	'm.place',
	'm.startsAt',
	'm.endsAt',
	'm.zone',
	'm.uid',
	'm.sequence',
	'm.organiserId',
	'm.actingFor',
	'm.pollId',
	'm.convenedAt',
	'm.changedAt',
	'm.cancelledAt',
	'm.cancelReason',
	'm.minutesBegunAt',
	'm.minutesBegunBy',
	'm.circulatedAt',
	'm.circulatedBy',
	'm.adoptedAt',
	'm.adoptedBy',
	'm.adoptedFor',
	'm.adoptedIn'
] as const;

export const meetingPath = (cooperation: { path: string }, { title, code }: { title: string; code: string }): string =>
	`${cooperation.path}/reunions/${addressName(title, code)}`;

/** A meeting of a cooperation by its code in an address, with its cooperation. */
export async function findMeeting(context: Context, cooperation: Cooperation, address: string) {
	const row = await visibleMeetings(context)
		.select(columns)
		.where('m.code', '=', codeOf(address))
		.where('m.cooperationId', '=', cooperation.id)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	return { ...row, path: meetingPath(cooperation, row) };
}

/** The same by its id, for commands and other modules. */
export async function findMeetingById(context: Context, id: string) {
	const row = await visibleMeetings(context).select(columns).where('m.id', '=', id).executeTakeFirst();
	if (!row) throw new NotFound();
	const cooperation = await findCooperationById(context, row.cooperationId);
	return { cooperation, meeting: { ...row, path: meetingPath(cooperation, row) } };
}
export type MeetingSeen = Awaited<ReturnType<typeof findMeeting>>;

/** What the bearer of a participation link sees: the meeting, its agenda, their own reply; of a cooperation its name alone. */
export async function findInvitation(context: Context) {
	const { actor, db } = context;
	if (actor.is !== 'link') throw new NotFound('link');
	const meeting = await visibleMeetings(context)
		.innerJoin('cooperations as c', 'c.id', 'm.cooperationId')
		.leftJoin('persons as o', 'o.id', 'm.organiserId')
		.select(columns)
		.select(['c.name as cooperation', 'c.endedAt as ended', 'o.name as organiser'])
		.executeTakeFirst();
	if (!meeting) throw new NotFound('link');
	const participant = (await listParticipants({ db }, meeting.id)).find(({ id }) => id === actor.invitee);
	if (!participant) throw new NotFound('link');
	return { meeting, participant, points: await listPoints(context, meeting.id) };
}

export type Point = {
	id: string;
	title: string;
	minutes: number | null;
	expected: Expected;
	/** The line that the point brings back, when it is about one. */
	about: string | null;
	/** The grid of a house's library that it was copied from. */
	houseText: string | null;
};

/** The points of an agenda, in their order. */
export async function listPoints({ db }: { db: Reader }, meetingId: string): Promise<Point[]> {
	const rows = await db
		.selectFrom('agendaPoints')
		.select(['id', 'title', 'minutes', 'expected', 'about', 'houseText'])
		.where('meetingId', '=', meetingId)
		.where('removedAt', 'is', null)
		.orderBy('position')
		.orderBy('id')
		.limit(100)
		.execute();
	return rows.map((row) => ({ ...row, expected: row.expected as Expected }));
}

export const pageSize = 20;

/** The meetings to come of a cooperation, the next first; cancelled ones stay until their day has passed. */
export async function listComing(context: Context, cooperation: Cooperation, eyes?: Eyes) {
	const rows = await (eyes ? meetingsSeenBy(context.db, eyes) : visibleMeetings(context))
		.select(columns)
		.where('m.cooperationId', '=', cooperation.id)
		.where('m.endsAt', '>', context.now)
		.orderBy('m.startsAt')
		.orderBy('m.id')
		.limit(50)
		.execute();
	return rows.map((row) => ({ ...row, path: meetingPath(cooperation, row) }));
}

/** The meetings in whose minutes a line was written, and whether those were adopted. */
export async function listMeetingsOfLine(context: Context, cooperation: Cooperation, root: string) {
	const rows = await visibleMeetings(context)
		.innerJoin('minutedLines as ml', 'ml.meetingId', 'm.id')
		.select(columns)
		.where('m.cooperationId', '=', cooperation.id)
		.where('ml.root', '=', root)
		.orderBy('m.startsAt')
		.limit(20)
		.execute();
	return rows.map((row) => ({ ...row, path: meetingPath(cooperation, row) }));
}

/** The meetings that took place, the latest first, a page at a time. */
export async function listPast(context: Context, cooperation: Cooperation, { page }: { page: number }) {
	const past = visibleMeetings(context).where('m.cooperationId', '=', cooperation.id).where('m.endsAt', '<=', context.now);
	const { count } = await past.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const rows = await past
		.select(columns)
		.orderBy('m.startsAt', 'desc')
		.orderBy('m.id')
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.execute();
	return {
		meetings: rows.map((row) => ({ ...row, path: meetingPath(cooperation, row) })),
		pages: Math.max(1, Math.ceil(count / pageSize))
	};
}

/** The next meetings of the actor, in every cooperation, with their own reply: for the home page. */
export async function listMyMeetings(context: Context, { limit = 5 } = {}) {
	const { actor } = context;
	if (actor.is !== 'person') return [];
	const own = organisationsOf(actor);
	const mine = orNobody(own);
	const rows = await visibleMeetings(context)
		.innerJoin('cooperations as c', 'c.id', 'm.cooperationId')
		.leftJoin('meetingParticipants as me', (join) => join.onRef('me.meetingId', '=', 'm.id').on('me.personId', '=', actor.id))
		.select(['m.id', 'm.code', 'm.title', 'm.place', 'm.startsAt', 'm.endsAt', 'm.zone'])
		.select(['c.name as cooperation', 'c.code as cooperationCode', 'me.reply', 'me.id as participant'])
		// Says again, so that an index can, where one's meetings are: otherwise every meeting to come is asked whether it is seen.
		.where('m.id', 'in', (eb) =>
			eb
				.selectFrom('meetings')
				.select('id')
				.where('cooperationId', 'in', eb.selectFrom('partners').select('cooperationId').where('organisationId', 'in', mine))
				.union(eb.selectFrom('meetingParticipants').select('meetingId as id').where('personId', '=', actor.id))
		)
		.where('m.endsAt', '>', context.now)
		.where('m.cancelledAt', 'is', null)
		.where('c.endedAt', 'is', null)
		.orderBy('m.startsAt')
		.orderBy('m.id')
		.limit(limit)
		.execute();
	return rows.map(({ code, cooperationCode, participant, ...row }) => ({
		...row,
		reply: row.reply as Reply | null,
		invited: participant !== null,
		path: meetingPath({ path: cooperationPath({ name: row.cooperation, code: cooperationCode }) }, { title: row.title, code })
	}));
}

/** The last meeting and the next one of some cooperations that the caller may see: no more than their dates. */
export async function datesOfMeetings(
	{ db, now }: Context,
	cooperationIds: string[]
): Promise<Map<string, { last: Date | null; next: Date | null }>> {
	if (!cooperationIds.length) return new Map();
	const rows = await db
		.selectFrom('meetings')
		.select([
			'cooperationId',
			sql<Date | null>`max(starts_at) filter (where starts_at <= ${now})`.as('last'),
			sql<Date | null>`min(starts_at) filter (where starts_at > ${now})`.as('next')
		])
		.where('cooperationId', 'in', cooperationIds)
		.where('cancelledAt', 'is', null)
		.groupBy('cooperationId')
		.execute();
	return new Map(rows.map(({ cooperationId, last, next }) => [cooperationId, { last, next }]));
}

/** The meetings of some cooperations between two moments: for those who accompany them, as the caller has checked. One query. */
export async function listMeetingsBetween({ db }: Context, cooperationIds: string[], { from, to }: { from: Date; to: Date }) {
	if (!cooperationIds.length) return [];
	return db
		.selectFrom('meetings')
		.select(['cooperationId', 'title', 'startsAt', 'zone'])
		.where('cooperationId', 'in', cooperationIds)
		.where('cancelledAt', 'is', null)
		.where('startsAt', '>=', from)
		.where('startsAt', '<=', to)
		.orderBy('startsAt')
		.limit(1000)
		.execute();
}
