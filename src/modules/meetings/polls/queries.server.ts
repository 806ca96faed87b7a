import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { pathOf as cooperationPath, sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { standingOf, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { followedCooperations } from '#modules/cooperations/queries/helped.server.ts';
import { accompaniedCooperations } from '#modules/hubs/queries.server.ts';
import { addressesOf } from '#modules/organisations/queries/reaching.server.ts';
import { speakersOf } from '#modules/organisations/queries/people.server.ts';
import { asAsked, stateOf } from './rules.ts';

/** Every read of polls starts here: accepted partners, the hub that accompanies, who helps, the bearers of a link that was made for one. */
const visiblePolls = (context: Context) => {
	const { actor, db } = context;
	return db
		.selectFrom('polls as p')
		.where((eb) =>
			eb.or([
				eb('p.cooperationId', 'in', sharedCooperations(context)),
				eb('p.cooperationId', 'in', followedCooperations(context)),
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

const rows = (context: Context) =>
	visiblePolls(context)
		.leftJoin('persons as w', 'w.id', 'p.organiser')
		.leftJoin('organisations as o', 'o.id', 'p.actingFor')
		.select(columns)
		.select(['w.name as organiserName', 'o.name as organisation']);
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

/** The address that can be shared: for those who run the poll. */
export const openAddress = (poll: Poll): string => address(`/sondage/${poll.openToken}`);

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
	const concerned = cooperation.partners.filter(isHereOrInvited);
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
		.where('c.endedAt', 'is', null)
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
