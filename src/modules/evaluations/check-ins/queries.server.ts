import {
	findCooperationById,
	pathOf as cooperationPath,
	sharedCooperations,
	type Cooperation
} from '#modules/cooperations/queries.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { accompaniedCooperations } from '#modules/hubs/queries.server.ts';
import { livingRelationsOf } from '#modules/hubs/queries/relations.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import { longDay, today } from '#platform/clock.ts';
import { as, type Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import {
	awaited,
	isOpen,
	isShown,
	type Evidence,
	type Given,
	type Marks,
	type Mark,
	type Rhythm,
	type Subject
} from './rules.ts';

/** Every read of check-ins starts here: accepted partners, the hub that accompanies, the bearer of an organisation's link. */
const visibleCheckIns = (context: Context) => {
	const { actor, db } = context;
	return db
		.selectFrom('checkIns as c')
		.where((eb) =>
			eb.or([
				eb('c.cooperationId', 'in', sharedCooperations(context)),
				eb('c.cooperationId', 'in', accompaniedCooperations(context)),
				...(actor.is === 'system' ? [eb('c.n', '>=', 1)] : []),
				...(actor.is === 'link' && actor.may === 'answer' && actor.organisationId ? [eb('c.id', '=', actor.thing)] : [])
			])
		);
};

const columns = [
	'c.id',
	'c.cooperationId',
	'c.n',
	'c.occasion',
	'c.openedAt',
	'c.openedBy',
	'c.openedFor',
	'c.closesOn',
	'c.closesAt',
	'c.remindAt',
	'c.remindedAt',
	'c.shownAt',
	'c.closedAt'
] as const;
const rows = (context: Context) => visibleCheckIns(context).select(columns);
export type CheckIn = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

/** The check-in of a cooperation that has not closed; null when there is none. */
export const findUnderWay = async (context: Context, cooperation: { id: string }): Promise<CheckIn | null> =>
	(await rows(context).where('c.cooperationId', '=', cooperation.id).where('c.closedAt', 'is', null).executeTakeFirst()) ?? null;

/** A check-in of a cooperation by its number. */
export async function findCheckIn(context: Context, cooperation: { id: string }, n: string): Promise<CheckIn> {
	if (!/^[1-9]\d{0,5}$/.test(n)) throw new NotFound();
	const row = await rows(context).where('c.cooperationId', '=', cooperation.id).where('c.n', '=', Number(n)).executeTakeFirst();
	if (!row) throw new NotFound();
	return row;
}

/** The same by its id, for commands. */
export async function findCheckInById(context: Context, id: string): Promise<CheckIn> {
	const row = await rows(context).where('c.id', '=', id).executeTakeFirst();
	if (!row) throw new NotFound();
	return row;
}

/** The check-in that a link opens, and for which organisation. */
export async function findCheckInOfLink(context: Context) {
	const { actor } = context;
	if (actor.is !== 'link' || actor.may !== 'answer' || !actor.organisationId) throw new NotFound('link');
	const checkIn = await rows(context).where('c.id', '=', actor.thing).executeTakeFirst();
	if (!checkIn) throw new NotFound('link');
	return { checkIn, organisationId: actor.organisationId, cooperation: await cooperationOf(context, checkIn) };
}

/** What the page of a link says of a cooperation: its name, its partners' names. */
export const cooperationOf = (context: Context, checkIn: { cooperationId: string }): Promise<Cooperation> =>
	findCooperationById(as(context, { is: 'system', name: 'check-ins' }), checkIn.cooperationId);

export const checkInPath = (cooperation: { path: string }, { n }: { n: number }): string => `${cooperation.path}/point/${n}`;

/** Who was asked, who is still there and who has answered: what everybody sees, without what they answered. */
async function askedOf({ db }: Pick<Context, 'db'>, cooperation: Cooperation, checkInIds: string[]) {
	if (!checkInIds.length) return [];
	const asked = await db
		.selectFrom('checkInOrganisations as o')
		.leftJoin('checkInAnswers as a', (join) =>
			join.onRef('a.checkInId', '=', 'o.checkInId').onRef('a.organisationId', '=', 'o.organisationId')
		)
		.select(['o.checkInId', 'o.organisationId', 'o.carries', 'o.reached'])
		.select(['a.version', 'a.joins', 'a.answeredAt', 'a.evidence', 'a.enteredBy'])
		.where('o.checkInId', 'in', checkInIds)
		.execute();
	const place = new Map(cooperation.partners.map(({ organisationId }, index) => [organisationId, index]));
	const there = new Set(cooperation.accepted.map(({ organisationId }) => organisationId));
	const names = await summariesOf(
		db,
		asked.map(({ organisationId }) => organisationId)
	);
	return asked
		.map((one) => ({
			...one,
			evidence: one.evidence as Evidence | null,
			name: names.get(one.organisationId)?.name ?? '',
			there: there.has(one.organisationId),
			answered: one.answeredAt !== null
		}))
		.toSorted((a, b) => (place.get(a.organisationId) ?? 999) - (place.get(b.organisationId) ?? 999));
}

/** What some organisations said in some check-ins. The caller has checked that they may be read. */
async function marksOf({ db }: Pick<Context, 'db'>, checkInIds: string[], organisationIds: string[] | 'all') {
	const given = new Map<string, Marks>();
	if (!checkInIds.length || (organisationIds !== 'all' && !organisationIds.length)) return given;
	const found = await db
		.selectFrom('checkInMarks')
		.select(['checkInId', 'organisationId', 'subject', 'said', 'sentence'])
		.where('checkInId', 'in', checkInIds)
		.$if(organisationIds !== 'all', (query) => query.where('organisationId', 'in', organisationIds as string[]))
		.execute();
	for (const { checkInId, organisationId, subject, said, sentence } of found) {
		const key = `${checkInId} ${organisationId}`;
		given.set(key, { ...given.get(key), [subject as Subject]: { said: said as Mark['said'], sentence } });
	}
	return given;
}

/** What one organisation answered, for itself: the caller has checked that it speaks for it. */
export async function findOwnAnswer({ db }: Pick<Context, 'db'>, checkInId: string, organisationId: string) {
	const answer = await db
		.selectFrom('checkInAnswers')
		.select(['version', 'joins', 'answeredAt', 'evidence', 'enteredBy'])
		.where('checkInId', '=', checkInId)
		.where('organisationId', '=', organisationId)
		.executeTakeFirst();
	if (!answer) return null;
	const marks = (await marksOf({ db }, [checkInId], [organisationId])).get(`${checkInId} ${organisationId}`) ?? {};
	const by = answer.enteredBy ? (await namesOfPersons(db, [answer.enteredBy])).get(answer.enteredBy) : undefined;
	return {
		version: answer.version,
		joins: answer.joins,
		answeredAt: answer.answeredAt,
		evidence: answer.evidence as Evidence,
		marks,
		by: by ?? null
	};
}

/** A check-in as a page shows it. Answers are there once they are shown to all; before, nobody reads another's. */
export async function seeCheckIn(context: Context, cooperation: Cooperation, checkIn: CheckIn) {
	const { db, now } = context;
	const day = today(now, cooperation.zone);
	const asked = await askedOf(context, cooperation, [checkIn.id]);
	const shown = isShown(checkIn, asked, now);
	const open = isOpen(checkIn, now);
	const mine = speaksHereFor(context.actor, cooperation);
	const marks = shown ? await marksOf(context, [checkIn.id], 'all') : new Map<string, Marks>();
	const names = await namesOfPersons(db, checkIn.openedBy ? [checkIn.openedBy] : []);
	const openedFor = checkIn.openedFor ? (await summariesOf(db, [checkIn.openedFor])).get(checkIn.openedFor)?.name : undefined;
	return {
		id: checkIn.id,
		n: checkIn.n,
		path: checkInPath(cooperation, checkIn),
		occasion: checkIn.occasion,
		openedOn: today(checkIn.openedAt, cooperation.zone),
		openedDay: longDay(today(checkIn.openedAt, cooperation.zone), day),
		opener: checkIn.openedBy ? (names.get(checkIn.openedBy) ?? null) : null,
		openedFor: openedFor ?? null,
		closesOn: checkIn.closesOn,
		closesDay: longDay(checkIn.closesOn, day),
		open,
		shown,
		organisations: asked.map(({ organisationId, name, carries, there, answeredAt, evidence, reached }) => ({
			organisationId,
			name,
			carries,
			there,
			reached,
			mine: mine.includes(organisationId),
			answered: answeredAt !== null,
			/** Whether it answered, or answered anew, after it could read the others. */
			late: answeredAt !== null && checkIn.shownAt !== null && answeredAt > checkIn.shownAt,
			evidence
		})),
		awaited: awaited(asked).map(({ name }) => name),
		answers: shown
			? asked
					.filter(({ answered }) => answered)
					.map(({ organisationId, joins }) => ({
						organisationId,
						joins,
						marks: marks.get(`${checkIn.id} ${organisationId}`) ?? {}
					}))
			: null
	};
}

const mostListed = 40;

/** The check-ins of a cooperation, the latest first, each with its answers once they are shown. */
export async function listCheckIns(context: Context, cooperation: Cooperation) {
	const found = await rows(context)
		.where('c.cooperationId', '=', cooperation.id)
		.orderBy('c.n', 'desc')
		.limit(mostListed)
		.execute();
	const asked = Map.groupBy(
		await askedOf(
			context,
			cooperation,
			found.map(({ id }) => id)
		),
		({ checkInId }) => checkInId
	);
	const seen = found.map((checkIn) => ({
		...checkIn,
		path: checkInPath(cooperation, checkIn),
		open: isOpen(checkIn, context.now),
		shown: isShown(checkIn, asked.get(checkIn.id) ?? [], context.now),
		day: longDay(today(checkIn.openedAt, cooperation.zone), today(context.now, cooperation.zone)),
		asked: asked.get(checkIn.id) ?? []
	}));
	const marks = await marksOf(
		context,
		seen.filter(({ shown }) => shown).map(({ id }) => id),
		'all'
	);
	return seen.map((one) => ({
		id: one.id,
		n: one.n,
		path: one.path,
		open: one.open,
		shown: one.shown,
		day: one.day,
		openedOn: today(one.openedAt, cooperation.zone),
		answered: one.asked.filter(({ answered }) => answered).length,
		asked: one.asked.length,
		answers: one.shown
			? one.asked
					.filter(({ answered }) => answered)
					.map(({ organisationId }): Given => ({ organisationId, marks: marks.get(`${one.id} ${organisationId}`) ?? {} }))
			: null
	}));
}

/** How often partners agreed to be asked; never, until they say otherwise. */
export async function findRhythm({ db }: Pick<Context, 'db'>, cooperation: { id: string }): Promise<Rhythm> {
	const row = await db
		.selectFrom('checkInRhythms')
		.select('rhythm')
		.where('cooperationId', '=', cooperation.id)
		.executeTakeFirst();
	return (row?.rhythm as Rhythm | undefined) ?? 'never';
}

/** The hub that accompanies a cooperation today: who would read a remark. */
export async function hubOf({ db }: Pick<Context, 'db'>, cooperation: { id: string }) {
	const [living] = await livingRelationsOf(db, cooperation.id);
	return living ? { id: living.hubId, name: living.hubName, phone: living.hubPhone } : null;
}

/** The check-ins that wait for an answer of one of the actor's organisations: for their home page. */
export async function listPointsForMe({ db, actor, now }: Context) {
	const mine = organisationsOf(actor);
	if (!mine.length) return [];
	const found = await db
		.selectFrom('checkInOrganisations as o')
		.innerJoin('checkIns as c', 'c.id', 'o.checkInId')
		.innerJoin('cooperations as k', 'k.id', 'c.cooperationId')
		.innerJoin('partners as p', (join) =>
			join.onRef('p.cooperationId', '=', 'c.cooperationId').onRef('p.organisationId', '=', 'o.organisationId')
		)
		.leftJoin('checkInAnswers as a', (join) =>
			join.onRef('a.checkInId', '=', 'o.checkInId').onRef('a.organisationId', '=', 'o.organisationId')
		)
		.select(['c.id', 'o.organisationId', 'c.closesOn', 'k.name', 'k.code', 'k.zone'])
		.where('o.organisationId', 'in', mine)
		.where('c.closedAt', 'is', null)
		.where('c.closesAt', '>', now)
		.where('k.endedAt', 'is', null)
		.where('p.acceptedAt', 'is not', null)
		.where('p.leftAt', 'is', null)
		.where('a.organisationId', 'is', null)
		.orderBy('c.closesAt')
		.limit(20)
		.execute();
	return found.map(({ name, code, ...one }) => ({
		...one,
		cooperation: name,
		path: `${cooperationPath({ name, code })}/point/repondre?structure=${one.organisationId}`
	}));
}
