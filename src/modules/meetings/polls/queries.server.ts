import type { Context } from '#platform/context.server.ts';
import { as } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { word } from '#platform/say.ts';
import {
	findCooperationById,
	pathOf as cooperationPath,
	sharedCooperations,
	type Cooperation
} from '#modules/cooperations/queries.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { meetingPath } from '#modules/meetings/queries.server.ts';
import { accompaniedCooperations, relationsOf } from '#modules/hubs/queries.server.ts';
import { addressesOf, summariesOf } from '#modules/organisations/queries.server.ts';
import { speakersOf } from '#modules/organisations/queries/people.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { asAsked, rank, reasonsOf, said, shortName, stateOf, type Answer } from './rules.ts';

/** Every read of polls starts here: accepted partners, the hub that accompanies, the bearers of a link that was made for one. */
const visiblePolls = (context: Context) => {
	const { actor, db } = context;
	return db
		.selectFrom('polls as p')
		.where((eb) =>
			eb.or([
				eb('p.cooperationId', 'in', sharedCooperations(context)),
				eb('p.cooperationId', 'in', accompaniedCooperations(context)),
				...(actor.is === 'link' && actor.may === 'answer' ? [eb('p.id', '=', actor.thing)] : [])
			])
		);
};

const columns = [
	'p.id',
	'p.code',
	'p.cooperationId',
	'p.title',
	'p.place',
	'p.minutes',
	'p.zone',
	'p.deadline',
	'p.closesAt',
	'p.remindAt',
	'p.remindedAt',
	'p.organiser',
	'p.actingFor',
	'p.openedAt',
	'p.openToken',
	'p.closedAt',
	'p.chosen',
	'p.closedReason'
] as const;

const rows = (context: Context) => visiblePolls(context).select(columns);
export type Poll = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const found = (row: Poll | undefined): Poll => {
	if (!row) throw new NotFound();
	return row;
};

/** A poll of a cooperation by its code in an address. */
export const findPoll = async (context: Context, cooperation: { id: string }, name: string): Promise<Poll> =>
	found(await rows(context).where('p.code', '=', codeOf(name)).where('p.cooperationId', '=', cooperation.id).executeTakeFirst());

/** The same by its id, for commands. */
export const findPollById = async (context: Context, id: string): Promise<Poll> =>
	found(await rows(context).where('p.id', '=', id).executeTakeFirst());

/** The poll that a link opens; a link to anything else opens none. */
export async function findPollOfLink(context: Context): Promise<Poll> {
	const { actor } = context;
	if (actor.is !== 'link' || actor.may !== 'answer') throw new NotFound('link');
	const row = await rows(context).where('p.id', '=', actor.thing).executeTakeFirst();
	if (!row) throw new NotFound('link');
	return row;
}

export const pollPath = (cooperation: { path: string }, { title, code }: { title: string; code: string }): string =>
	`${cooperation.path}/reunions/sondage/${addressName(title, code)}`;

/** Of the cooperation, what a poll's page says to whoever sees the poll: its name, its zone, its partners' names. */
const cooperationOf = (context: Context, poll: Poll): Promise<Cooperation> =>
	findCooperationById(as(context, { is: 'system', name: 'polls' }), poll.cooperationId);

/** A poll with its dates, who was invited, who answered what, and the dates ranked. By a link, names are shortened. */
export async function findBoard(context: Context, poll: Poll) {
	const { db, now, actor } = context;
	const cooperation = await cooperationOf(context, poll);
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
		.select(['i.id', 'i.personId', 'i.name', 'i.email', 'i.organisationId', 'i.organisationName', 'i.byOpenLink', 'i.remindedAt'])
		.select(['r.answeredAt', 'r.comment', 'r.evidence', 'r.enteredBy'])
		.where('i.pollId', '=', poll.id)
		.orderBy('i.invitedAt')
		.orderBy('i.id')
		.limit(400)
		.execute();
	const given = await db
		.selectFrom('pollAnswers')
		.select(['inviteeId', 'slotId', 'answer'])
		.where('pollId', '=', poll.id)
		.execute();
	const answersOf = new Map<string, Record<string, Answer>>();
	for (const { inviteeId, slotId, answer } of given)
		answersOf.set(inviteeId, { ...answersOf.get(inviteeId), [slotId]: answer as Answer });

	const partners = cooperation.accepted.map(({ organisationId }) => organisationId);
	const speakers = await speakersOf(db, partners, now);
	const committing = new Set(
		speakers.filter(({ may }) => may !== 'discuss').map(({ organisationId, personId }) => `${organisationId} ${personId}`)
	);
	const names = await summariesOf(
		db,
		[...people.map(({ organisationId }) => organisationId), poll.actingFor].filter((id) => id !== null)
	);
	const persons = await namesOfPersons(db, [poll.organiser, ...people.flatMap(({ enteredBy }) => enteredBy ?? [])]);
	const ranking = rank(
		slots,
		people.map(({ id, personId, organisationId }) => ({
			organisationId: organisationId !== null && partners.includes(organisationId) ? organisationId : null,
			commits: committing.has(`${organisationId} ${personId}`),
			answers: answersOf.get(id) ?? {}
		})),
		partners
	);
	const hub = (await relationsOf(db, { cooperationId: poll.cooperationId })).find(
		({ acceptedAt, endedAt, hubPhone }) => acceptedAt && !endedAt && hubPhone
	);
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
		state: stateOf(poll),
		closedReason: poll.closedReason,
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
		organiser: persons.get(poll.organiser) ?? '',
		organiserId: poll.organiser,
		organisation: names.get(poll.actingFor)?.name ?? '',
		actingFor: poll.actingFor,
		/** Who can be called to answer by telephone: the hub that accompanies. */
		phone: hub?.hubPhone ? { name: hub.hubName, number: hub.hubPhone } : null,
		cooperation: { name: cooperation.name, path: cooperation.path },
		partners: cooperation.partners
			.filter((one) => ['accepted', 'invited'].includes(standingOf(one)))
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
		ranking: ranking.map(({ slotId, yes, maybe, no }) => ({ slotId, yes, maybe, no })),
		people: people.map((one) => ({
			id: one.id,
			personId: full ? one.personId : null,
			name:
				full || (one.personId === null && one.organisationName === null && names.get(one.organisationId ?? '')?.name === one.name)
					? one.name
					: shortName(one.name),
			organisation: names.get(one.organisationId ?? '')?.name ?? one.organisationName,
			reached: one.email !== null,
			remindedAt: one.remindedAt,
			answeredAt: one.answeredAt,
			comment: one.comment,
			byTelephone: one.evidence === 'telephone',
			answers: answersOf.get(one.id) ?? {}
		}))
	};
}
export type Board = Awaited<ReturnType<typeof findBoard>>;

/** The address that can be shared: for those who run the poll. */
export const openAddress = (poll: Poll): string => address(`/sondage/${poll.openToken}`);

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

/** Somebody who can be invited: a person of a partner, or an organisation that nobody speaks for here. */
export type Candidate = {
	key: string;
	personId: string | null;
	organisationId: string;
	name: string;
	email: string | null;
	organisation: string;
	accepted: boolean;
};

/** Whom a poll gathers unless somebody chooses otherwise: accepted partners' people, and those who manage the invited ones. */
export async function listCandidates({ db, now }: Context, cooperation: Cooperation): Promise<Candidate[]> {
	const concerned = cooperation.partners.filter((one) => ['accepted', 'invited'].includes(standingOf(one)));
	const ids = concerned.map(({ organisationId }) => organisationId);
	const speakers = await speakersOf(db, ids, now);
	const addresses = await addressesOf(db, ids);
	const seen = new Set<string>();
	return concerned.flatMap(({ organisationId, name: organisation, ...partner }): Candidate[] => {
		const accepted = standingOf(partner) === 'accepted';
		const about = { organisationId, organisation, accepted };
		const here = speakers.filter((one) => one.organisationId === organisationId && one.email && (accepted || one.manager));
		const people = here
			.filter(({ personId }) => !seen.has(personId) && seen.add(personId))
			.map(({ personId, name, email }) => ({ key: personId, personId, name, email, ...about }));
		return here.length
			? people
			: [{ key: organisationId, personId: null, name: organisation, email: addresses.get(organisationId) ?? null, ...about }];
	});
}

/** The polls of a cooperation, the open ones first, then the latest. */
export async function listPolls(context: Context, cooperation: { id: string; path: string }) {
	const polls = await visiblePolls(context)
		.select(['p.id', 'p.code', 'p.title', 'p.zone', 'p.deadline', 'p.openedAt', 'p.closedAt', 'p.chosen'])
		.where('p.cooperationId', '=', cooperation.id)
		.orderBy((eb) => eb('p.closedAt', 'is not', null))
		.orderBy('p.openedAt', 'desc')
		.limit(20)
		.execute();
	return polls.map((poll) => ({ ...poll, title: asAsked(poll.title), state: stateOf(poll), path: pollPath(cooperation, poll) }));
}

/** The open polls that a person was invited to and has not answered: for their home page. */
export async function listPollsForMe(context: Context) {
	const { actor, db } = context;
	if (actor.is !== 'person') return [];
	const polls = await db
		.selectFrom('pollInvitees as i')
		.innerJoin('polls as p', 'p.id', 'i.pollId')
		.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
		.leftJoin('pollReplies as r', 'r.inviteeId', 'i.id')
		.select(['p.id', 'p.code', 'p.title', 'p.zone', 'p.deadline', 'c.name', 'c.code as cooperationCode'])
		.where('i.personId', '=', actor.id)
		.where('p.cooperationId', 'in', sharedCooperations(context))
		.where('p.closedAt', 'is', null)
		.where('r.inviteeId', 'is', null)
		.orderBy('p.closesAt')
		.limit(20)
		.execute();
	return polls.map(({ name, cooperationCode, ...poll }) => ({
		...poll,
		title: asAsked(poll.title),
		cooperation: name,
		path: pollPath({ path: cooperationPath({ name, code: cooperationCode }) }, poll)
	}));
}

/** The organisations that said nothing to an open poll, in the cooperations that one of the actor's hubs accompanies. */
export async function listSilentInvitees(context: Context) {
	const rows = await context.db
		.selectFrom('polls as p')
		.innerJoin('pollInvitees as i', 'i.pollId', 'p.id')
		.leftJoin('pollReplies as r', 'r.inviteeId', 'i.id')
		.select(['p.cooperationId', 'i.organisationId', 'p.openedAt'])
		.where('p.cooperationId', 'in', accompaniedCooperations(context))
		.where('p.closedAt', 'is', null)
		.where('p.closesAt', '>', context.now)
		.where('i.organisationId', 'is not', null)
		.groupBy(['p.id', 'p.cooperationId', 'i.organisationId', 'p.openedAt'])
		.having((eb) => eb.fn.count('r.inviteeId'), '=', 0)
		.limit(2000)
		.execute();
	return rows.map((row) => ({ ...row, organisationId: row.organisationId! }));
}
