import type { Context } from '#platform/context.server.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { listLinesFrom } from '#modules/lines/queries.server.ts';
import { findInvitation, listComing, listPast, type MeetingSeen } from '../queries.server.ts';
import { listParticipants, partnersPeople, type Participant } from './participants.server.ts';
import { corrected } from '../rules.ts';

/** The lines of the minutes, as far as one may read them, in the order in which they were, each with its point. */
export async function listMinutes(context: Context, meeting: Pick<MeetingSeen, 'id' | 'circulatedAt'>) {
	const lines = await listLinesFrom(context, [meeting.id]);
	const places = await context.db
		.selectFrom('minutedLines')
		.select(['root', 'pointId'])
		.where('meetingId', '=', meeting.id)
		.orderBy('minutedAt')
		.orderBy('root')
		.limit(1000)
		.execute();
	const seen = new Map(lines.map((line) => [line.root, line]));
	return places.flatMap(({ root, pointId }) => {
		const line = seen.get(root);
		return line ? [{ ...line, pointId, corrected: corrected(line, meeting.circulatedAt) }] : [];
	});
}
export type MinutedLine = Awaited<ReturnType<typeof listMinutes>>[number];

/** To whom the minutes go: the partners' people who were invited or came, whoever has a task, and the people of absent partners. */
export async function listReaders(context: Context, cooperation: Cooperation, participants: Participant[], lines: MinutedLine[]) {
	const partners = new Set(cooperation.accepted.map(({ organisationId }) => organisationId));
	const people = await partnersPeople(context, cooperation);
	const concerned = new Set(lines.map(({ whoPerson }) => whoPerson));
	const there = participants.filter(
		({ gone, organisationId }) => !gone && organisationId !== null && partners.has(organisationId)
	);
	const heard = new Set(there.map(({ organisationId }) => organisationId));
	const invited = new Set(participants.map(({ personId }) => personId));
	const readers = [
		...there.map(({ id, personId, name, email, organisationId }) => ({ participant: id, personId, name, email, organisationId })),
		...people
			.filter(({ personId, organisationId }) => !invited.has(personId) && (concerned.has(personId) || !heard.has(organisationId)))
			.map(({ personId, name, email, organisationId }) => ({ participant: null, personId, name, email, organisationId }))
	];
	const seen = new Set<string>();
	return {
		readers: readers.filter(({ email }) => {
			const key = email?.toLowerCase();
			return key !== undefined && !seen.has(key) && seen.add(key);
		}),
		/** Those who were there and don't receive them: no address, or their organisation isn't a partner. */
		without: participants.filter((one) => !there.includes(one) || one.email === null).map(({ name }) => name)
	};
}

/** The meetings in which these minutes may have been adopted: later ones that have begun. */
export async function meetingsAfter(context: Context, cooperation: Cooperation, meeting: Pick<MeetingSeen, 'startsAt'>) {
	const known = [...(await listPast(context, cooperation, { page: 1 })).meetings, ...(await listComing(context, cooperation))];
	return known.filter((one) => one.startsAt > meeting.startsAt && one.startsAt <= context.now && !one.cancelledAt);
}

/** The minutes that were sent to the bearer of a link; null before that, and for those whose organisation isn't a partner. */
export async function findSentMinutes(context: Context) {
	const { meeting, points } = await findInvitation(context);
	if (!meeting.circulatedAt) return null;
	const lines = await listMinutes(context, meeting);
	if (!lines.length) return null;
	const participants = await listParticipants(context, meeting.id);
	return { cooperation: meeting.cooperation, meeting: { ...meeting, path: '' }, points, participants, lines };
}
