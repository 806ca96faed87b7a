import { sql } from 'kysely';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { isHereOrInvited } from '#modules/cooperations/rules.ts';
import { livingRelationsOf } from '#modules/hubs/queries/relations.server.ts';
import { meetingPath } from '#modules/meetings/queries.server.ts';
import { speakersOf } from '#modules/organisations/queries/people.server.ts';
import { keptOf } from '#modules/organisations/queries.server.ts';
import { as, type Context } from '#platform/context.server.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import { pollPath, type Poll } from '../queries.server.ts';
import { asAsked, rank, reasonsOf, said, shortName, stateOf, type Answer } from '../rules.ts';

/** Of the cooperation, what a poll's page says to whoever sees the poll: its name, its zone, its partners' names. */
const cooperationOf = (context: Context, poll: Poll): Promise<Cooperation> =>
	findCooperationById(as(context, { is: 'system', name: 'polls' }), poll.cooperationId);

/** A poll with its dates, who was invited, who answered what, and the dates ranked. By a link, names are shortened. */
export async function findBoard(context: Context, poll: Poll, known?: Cooperation) {
	const { db, now, actor } = context;
	const cooperation = known ?? (await cooperationOf(context, poll));
	const slots = await db
		.selectFrom('pollSlots')
		.select(['id', 'startsAt'])
		.where('pollId', '=', poll.id)
		.orderBy('startsAt')
		.limit(100)
		.execute();
	const people = await db
		.selectFrom('pollInvitees as i')
		.leftJoin('pollReplies as r', 'r.inviteeId', 'i.id')
		.leftJoin('organisations as named', 'named.id', 'i.organisationId')
		.leftJoin('organisations as o', (join) => join.on('o.id', '=', keptOf('named')))
		.select(['i.id', 'i.personId', 'i.name', 'i.email', 'i.organisationId', 'i.organisationName', 'i.byOpenLink', 'i.remindedAt'])
		.select(['r.answeredAt', 'r.comment', 'r.evidence', 'r.enteredBy', 'o.name as known'])
		.select(
			sql<Record<string, Answer> | null>`(select json_object_agg(a.slot_id, a.answer) from poll_answers a
				where a.invitee_id = i.id)`.as('answers')
		)
		.where('i.pollId', '=', poll.id)
		.orderBy('i.invitedAt')
		.orderBy('i.id')
		.limit(400)
		.execute();

	const partners = cooperation.accepted.map(({ organisationId }) => organisationId);
	const speakers = await speakersOf(db, partners, now);
	const committing = new Set(
		speakers.filter(({ may }) => may !== 'discuss').map(({ organisationId, personId }) => `${organisationId} ${personId}`)
	);
	const ranking = rank(
		slots,
		people.map(({ personId, organisationId, answers }) => ({
			organisationId: organisationId !== null && partners.includes(organisationId) ? organisationId : null,
			commits: committing.has(`${organisationId} ${personId}`),
			answers: answers ?? {}
		})),
		partners
	);
	const hub = (await livingRelationsOf(db, poll.cooperationId)).find(({ hubPhone }) => hubPhone);
	const meeting = poll.chosen
		? await db
				.selectFrom('meetings')
				.select(['title', 'code', 'place', 'startsAt', 'endsAt', 'cancelledAt', 'cancelReason'])
				.where('pollId', '=', poll.id)
				.executeTakeFirst()
		: undefined;
	const nameOf = (id: string) => cooperation.accepted.find((one) => one.organisationId === id)!.name;
	const first = ranking.find(({ startsAt }) => startsAt > now);
	const bestSlot = first && first.yes + first.maybe > 0 ? first.slotId : null;
	const full = actor.is === 'person';
	const myself = people.find(({ id, personId }) => (actor.is === 'link' ? id === actor.invitee : full && personId === actor.id));
	const when = new Map(slots.map(({ id, startsAt }) => [id, said(startsAt, poll.minutes, poll.zone, now)]));
	return {
		id: poll.id,
		path: pollPath(cooperation, poll),
		title: asAsked(poll.title),
		place: poll.place,
		minutes: poll.minutes,
		zone: poll.zone,
		deadline: poll.deadline,
		openedAt: poll.openedAt,
		remindAt: poll.remindAt,
		remindedAt: poll.remindedAt,
		state: stateOf(poll, cooperation.endedAt),
		closedReason: poll.closedReason ?? (cooperation.endedAt ? m.cooperations_ended() : null),
		chosen: poll.chosen ? { id: poll.chosen, ...when.get(poll.chosen)! } : null,
		/** What the chosen date became: the meeting may have moved since. */
		meeting: meeting
			? {
					...said(meeting.startsAt, (meeting.endsAt.getTime() - meeting.startsAt.getTime()) / 60_000, poll.zone, now),
					place: meeting.place,
					cancelled: meeting.cancelledAt ? (meeting.cancelReason ?? '') : null,
					path: meetingPath(cooperation, meeting)
				}
			: null,
		organiser: poll.organiserName ?? '',
		organiserId: poll.organiser,
		organisation: poll.organisation ?? '',
		actingFor: poll.actingFor,
		/** Who can be called to answer by telephone: the hub that accompanies. */
		phone: hub?.hubPhone ? { name: hub.hubName, number: hub.hubPhone } : null,
		cooperation: { name: cooperation.name, path: cooperation.path },
		partners: cooperation.partners
			.filter(isHereOrInvited)
			.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
		slots: slots.map(({ id, startsAt }) => ({
			id,
			startsAt,
			past: startsAt <= now,
			best: id === bestSlot,
			reasons: reasonsOf(
				ranking.find(({ slotId }) => slotId === id)!,
				nameOf
			).map(({ code, details }) => word(code, details)),
			...when.get(id)!
		})),
		/** The invitee as whom whoever looks answers; null when they are not invited yet. */
		myself: myself ? { id: myself.id, name: myself.name } : null,
		ranking: ranking.map(({ slotId, yes, maybe, no }) => ({ slotId, yes, maybe, no })),
		people: people.map((one) => ({
			id: one.id,
			personId: full ? one.personId : null,
			name:
				full || (one.personId === null && one.organisationName === null && one.known === one.name)
					? one.name
					: shortName(one.name),
			organisation: one.known ?? one.organisationName,
			organisationId: full ? one.organisationId : null,
			reached: one.email !== null,
			remindedAt: one.remindedAt,
			answeredAt: one.answeredAt,
			comment: one.comment,
			byTelephone: one.evidence === 'telephone',
			answers: one.answers ?? {}
		}))
	};
}
export type Board = Awaited<ReturnType<typeof findBoard>>;

/** The invitee as whom somebody answers: the one of their link, their own when they signed in; null when they are not invited yet. */
export async function findMyself({ db, actor }: Context, pollId: string) {
	const invitee = actor.is === 'link' ? actor.invitee : null;
	if (actor.is !== 'person' && !invitee) return null;
	const row = await db
		.selectFrom('pollInvitees')
		.select(['id', 'personId', 'name', 'organisationId'])
		.where('pollId', '=', pollId)
		.where((eb) => (actor.is === 'person' ? eb('personId', '=', actor.id) : eb('id', '=', invitee)))
		.executeTakeFirst();
	return row ?? null;
}
