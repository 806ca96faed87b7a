import { sql, type SqlBool } from 'kysely';
import type { Context, Reader } from '#platform/context.server.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { peopleOf } from '#modules/organisations/queries/people.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { keptOf } from '#modules/organisations/queries.server.ts';
import type { Presence, Reply } from '../rules.ts';
import type { MeetingSeen } from '../queries.server.ts';

/** Their organisation has left the cooperation, or declined it: they are told nothing more. */
export const gone = (participant: string) => sql<SqlBool>`exists (select from partners g where g.cooperation_id = m.cooperation_id
	and g.organisation_id = ${sql.ref(`${participant}.organisationId`)} having count(*) > 0
	and bool_and(g.left_at is not null or g.declined_at is not null))`;

/** Who was invited or came, with what they answered; those whose organisation has left say so. */
export async function listParticipants({ db }: { db: Reader }, meetingId: string) {
	const rows = await db
		.selectFrom('meetingParticipants as mp')
		.innerJoin('meetings as m', 'm.id', 'mp.meetingId')
		.leftJoin('persons as p', 'p.id', 'mp.personId')
		.leftJoin('organisations as named', 'named.id', 'mp.organisationId')
		.leftJoin('organisations as o', (join) => join.on('o.id', '=', keptOf('named')))
		.select(['mp.id', 'mp.meetingId', 'mp.personId', 'mp.organisationId', 'mp.invitedAt', 'mp.reply', 'mp.repliedAt'])
		.select(['mp.presence', 'mp.representedBy', 'mp.replyByTelephone', 'o.name as organisation'])
		.select([
			sql<string>`coalesce(p.name, mp.name)`.as('name'),
			sql<string | null>`coalesce(p.email, mp.email)`.as('email'),
			gone('mp').as('gone')
		])
		.where('mp.meetingId', '=', meetingId)
		.orderBy('mp.addedAt')
		.orderBy('mp.id')
		.limit(500)
		.execute();
	return rows.map((row) => ({
		...row,
		gone: row.gone === true,
		reply: row.reply as Reply | null,
		presence: row.presence as Presence | null
	}));
}
export type Participant = Awaited<ReturnType<typeof listParticipants>>[number];

/** What a page shows of those who take part: never their addresses. */
export const shownParticipants = (participants: Participant[]) =>
	participants.map(({ email, ...one }) => ({ ...one, reached: email !== null }));

/** The people of accepted partners whom nobody has invited to this meeting yet. */
export async function listUninvited(context: Context, cooperation: Cooperation, participants: { personId: string | null }[]) {
	const invited = new Set(participants.map(({ personId }) => personId));
	return (await partnersPeople(context, cooperation)).filter(({ personId }) => !invited.has(personId));
}

/** The people of the accepted partners of a cooperation: those whom a meeting gathers unless somebody chooses otherwise. */
export async function partnersPeople({ db }: Context, cooperation: Cooperation) {
	const people = await peopleOf(
		db,
		cooperation.accepted.map(({ organisationId }) => organisationId)
	);
	const seen = new Set<string>();
	return people
		.filter(({ personId }) => !seen.has(personId) && seen.add(personId))
		.map((one) => ({
			...one,
			organisation: cooperation.accepted.find(({ organisationId }) => organisationId === one.organisationId)!.name
		}));
}

/** The names of those who did something to a meeting. */
export const actorsOf = ({ db }: Context, meeting: MeetingSeen) =>
	namesOfPersons(
		db,
		[meeting.organiserId, meeting.minutesBegunBy, meeting.circulatedBy, meeting.adoptedBy].filter((id) => id !== null)
	);

/** The accepted partners of whom nobody takes part in a meeting: each stands there by its own name. */
export const unheard = (cooperation: Pick<Cooperation, 'accepted'>, there: { organisationId: string | null }[]) =>
	cooperation.accepted
		.filter(({ organisationId }) => !there.some((one) => one.organisationId === organisationId))
		.map(({ organisationId, name }) => ({ personId: null, name, email: null, organisationId }));
