import { sql } from 'kysely';
import { organisationsOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { codeOf, orNobody } from '#platform/ids.ts';
import { namesOfCooperations } from '#modules/cooperations/queries.server.ts';
import { keptOf, summariesOf } from '#modules/organisations/queries.server.ts';
import { ofOne } from '#modules/organisations/rules/merged.ts';
import { contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import { membersToday } from '#modules/organisations/queries/people.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { askedFor, outcomeAfter, seenAnswer, standingOf, willing, type Answer, type Introduced, type Outcome } from './rules.ts';

const ours = ({ actor }: Context) => {
	const ids = organisationsOf(actor);
	return orNobody(ids);
};

/** Every read of this module starts here: who introduced them, and those who are introduced. */
const visibleIntroductions = (context: Context) => {
	const { actor } = context;
	return context.db
		.selectFrom('introductions as i')
		.where((eb) =>
			eb.or([
				eb('i.madeFor', 'in', ours(context)),
				eb('i.id', 'in', eb.selectFrom('introduced').where('organisationId', 'in', ours(context)).select('introductionId')),
				...(actor.is === 'link' && actor.may === 'answer'
					? [eb('i.id', 'in', eb.selectFrom('introduced').where('id', '=', actor.thing).select('introductionId'))]
					: []),
				...(actor.is === 'system' ? [sql<boolean>`true`] : [])
			])
		);
};

/**
 * The places of some introductions, whoever asks: the caller says what of them is shown to whom. Two organisations that became one
 * have one place, that of the one that was kept unless only the other answered; the links sent to both open it.
 */
export async function placesOf(db: Reader, introductionIds: string[]) {
	const rows = await db
		.selectFrom('introduced as p')
		.innerJoin('organisations as named', 'named.id', 'p.organisationId')
		.select(['p.id', 'p.introductionId', keptOf('named').as('organisationId'), 'named.mergedInto'])
		.select(['p.answer', 'p.answeredAt', 'p.answeredBy', 'p.outcome', 'p.outcomeAt'])
		.where('p.introductionId', 'in', orNobody(introductionIds))
		.orderBy('p.id')
		.$castTo<Introduced & { introductionId: string; answeredBy: string | null; mergedInto: string | null }>()
		.execute();
	const together = Map.groupBy(rows, ({ introductionId, organisationId }) => `${introductionId} ${organisationId}`);
	return [...together.values()].map((same) => ({ ...ofOne(same), ids: same.map(({ id }) => id) }));
}

/** An introduction and one organisation's place in it, whoever asks: for commands, which say who may. */
export async function placeOf({ db }: Context, introductionId: string, organisationId: string) {
	const introduction = await db
		.selectFrom('introductions')
		.select(['id', 'code', 'madeFor', 'reason', 'givenAt', 'outcomeAskedAt', 'cooperationId'])
		.where('id', '=', introductionId)
		.executeTakeFirst();
	const places = await placesOf(db, [introductionId]);
	const place = places.find((one) => one.organisationId === organisationId);
	if (!introduction || !place) throw new NotFound();
	return { introduction, places, place };
}

export const pathOf = (organisation: { path: string }, { code }: { code: string }): string =>
	`${organisation.path}/mises-en-relation/${code}`;

const columns = [
	'i.id',
	'i.code',
	'i.madeFor',
	'i.madeBy',
	'i.madeAt',
	'i.reason',
	'i.givenAt',
	'i.outcomeAskedAt',
	'i.cooperationId'
] as const;
type Row = {
	id: string;
	madeFor: string;
	madeBy: string | null;
	madeAt: Date;
	reason: string;
	givenAt: Date | null;
	code: string;
} & {
	outcomeAskedAt: Date | null;
	cooperationId: string | null;
};
type Place = Awaited<ReturnType<typeof placesOf>>[number];
type Summary = NonNullable<ReturnType<Awaited<ReturnType<typeof summariesOf>>['get']>>;

/** An introduction as one organisation sees it: whoever made it sees every answer, the others none that would hurt. */
function seenBy(
	row: Row,
	places: Place[],
	known: Map<string, Summary>,
	began: Map<string, { name: string; path: string }>,
	eyes: string
) {
	const mine = places.find(({ organisationId }) => organisationId === eyes) ?? null;
	const others = places.filter((one) => one !== mine);
	const made = row.madeFor === eyes;
	return {
		...row,
		by: known.get(row.madeFor)!,
		made,
		mine: mine && { id: mine.id, answer: mine.answer, outcome: mine.outcome },
		standing: made ? standingOf(places) : null,
		/** What it became, for those who see that cooperation. */
		cooperation: (row.cooperationId && began.get(row.cooperationId)) || null,
		others: others.map((one) => ({
			...known.get(one.organisationId)!,
			answer: made ? (one.answer ?? ('awaited' as const)) : mine ? seenAnswer(mine, one) : ('awaited' as const),
			outcome: made ? one.outcome : null
		})),
		/** Those who were to meet became one: nobody is left to meet. */
		alone: places.length < 2
	};
}

/** Who said yes for these, by organisation, where they still belong to it: nobody asks for somebody who left or was erased. */
export async function answeredByToday(
	context: Context,
	places: { organisationId: string; answeredBy: string | null }[]
): Promise<Map<string, string>> {
	const persons = places.flatMap(({ answeredBy }) => answeredBy ?? []);
	const members = await membersToday(context)
		.select(['organisationId', 'personId'])
		.where('personId', 'in', orNobody(persons))
		.where('organisationId', 'in', orNobody(places.map(({ organisationId }) => organisationId)))
		.execute();
	const there = new Set(members.map(({ organisationId, personId }) => `${organisationId} ${personId}`));
	const names = await namesOfPersons(context.db, persons);
	return new Map(
		places.flatMap(({ organisationId, answeredBy }) =>
			answeredBy && there.has(`${organisationId} ${answeredBy}`) ? [[organisationId, names.get(answeredBy)!]] : []
		)
	);
}

const introductionsOnAPage = 20;

/** One page of what an organisation introduced, or is introduced to; latest first. */
export async function listIntroductions(context: Context, organisationId: string, { page }: { page: number }) {
	if (!organisationsOf(context.actor).includes(organisationId)) throw new NotFound();
	const rows: Row[] = await visibleIntroductions(context)
		.select(columns)
		.where((eb) =>
			eb.or([
				eb('i.madeFor', '=', organisationId),
				eb('i.id', 'in', eb.selectFrom('introduced').where('organisationId', '=', organisationId).select('introductionId'))
			])
		)
		.orderBy('i.madeAt', 'desc')
		.orderBy('i.id', 'desc')
		.limit(introductionsOnAPage + 1)
		.offset((page - 1) * introductionsOnAPage)
		.execute();
	return {
		more: rows.length > introductionsOnAPage,
		introductions: await seenAll(context, rows.slice(0, introductionsOnAPage), () => organisationId)
	};
}

async function seenAll(context: Context, rows: Row[], eyes: (row: Row, places: Place[]) => string) {
	const places = await placesOf(
		context.db,
		rows.map(({ id }) => id)
	);
	const known = await summariesOf(context.db, [
		...rows.map(({ madeFor }) => madeFor),
		...places.map(({ organisationId }) => organisationId)
	]);
	const began = new Map(
		(
			await namesOfCooperations(
				context,
				rows.flatMap(({ cooperationId }) => cooperationId ?? [])
			)
		).map((one) => [one.id, one])
	);
	return rows.map((row) => {
		const its = places.filter(({ introductionId }) => introductionId === row.id);
		return seenBy(row, its, known, began, eyes(row, its));
	});
}

/** One introduction by its code, as one of the actor's organisations sees it; with how to reach those who said yes too. */
export async function findIntroduction(context: Context, organisationId: string, address: string) {
	const row: Row | undefined = await visibleIntroductions(context)
		.select(columns)
		.where('i.code', '=', codeOf(address))
		.executeTakeFirst();
	if (!row || !organisationsOf(context.actor).includes(organisationId)) throw new NotFound();
	return found(context, row, organisationId);
}

/** The same, for whoever bears the link that was sent to one of them. */
export async function findIntroductionOfLink(context: Context) {
	const { actor } = context;
	if (actor.is !== 'link' || actor.may !== 'answer' || !actor.organisationId) throw new NotFound('link');
	const row: Row | undefined = await visibleIntroductions(context).select(columns).executeTakeFirst();
	if (!row) throw new NotFound('link');
	return found(context, row, actor.organisationId);
}

async function found(context: Context, row: Row, eyes: string) {
	const [introduction] = await seenAll(context, [row], () => eyes);
	if (!introduction || (!introduction.made && !introduction.mine)) throw new NotFound();
	const places = await placesOf(context.db, [row.id]);
	const inTouch =
		row.givenAt && introduction.mine?.answer === 'yes' ? willing(places).filter((one) => one.organisationId !== eyes) : [];
	const names = await namesOfPersons(context.db, row.madeBy ? [row.madeBy] : []);
	const people = await answeredByToday(context, inTouch);
	const contacts = await contactsOf(
		context,
		[eyes, ...inTouch.map(({ organisationId }) => organisationId)].filter(() => introduction.mine !== null)
	);
	const reach = (id: string) => {
		const contact = contacts.get(id);
		return contact && { name: contact.name, path: contact.path, email: contact.email, phone: contact.phone };
	};
	return {
		...introduction,
		byPerson: (row.madeBy && names.get(row.madeBy)) || null,
		/** What the others would learn of oneself: shown before one says yes. */
		wouldGive: introduction.mine && { ...reach(eyes)!, person: context.actor.is === 'person' ? context.actor.name : null },
		contacts: inTouch.map(({ organisationId }) => ({
			...reach(organisationId)!,
			person: people.get(organisationId) ?? null
		}))
	};
}

export type IntroductionSeen = Awaited<ReturnType<typeof findIntroduction>>;

/** What waits for an answer of the actor's organisations: whether they want to meet, and later what came of it. */
export async function listIntroductionsForMe(context: Context) {
	if (context.actor.is !== 'person') return [];
	const rows = await context.db
		.selectFrom('introduced as p')
		.innerJoin('introductions as i', 'i.id', 'p.introductionId')
		.select(columns)
		.select(['p.organisationId', 'p.answer'])
		.where('p.organisationId', 'in', ours(context))
		.where((eb) =>
			eb.or([
				eb.and([eb('p.answer', 'is', null), eb('i.madeAt', '>', new Date(context.now.getTime() - askedFor))]),
				// Whoever came after the others were asked is asked later.
				eb.and([
					eb('p.answer', '=', 'yes'),
					eb('p.outcome', 'is', null),
					eb.or([
						eb('p.answeredAt', '<=', eb.ref('i.outcomeAskedAt')),
						eb.and([
							eb('i.outcomeAskedAt', 'is not', null),
							eb('p.answeredAt', '<=', new Date(context.now.getTime() - outcomeAfter))
						])
					])
				])
			])
		)
		.orderBy('i.madeAt')
		.limit(10)
		.execute();
	const seen = await seenAll(context, rows, (row) => (row as (typeof rows)[number]).organisationId);
	const homes = await summariesOf(
		context.db,
		rows.map(({ organisationId }) => organisationId)
	);
	return seen.map((one, i) => ({ ...one, path: pathOf(homes.get(rows[i]!.organisationId)!, one) })).filter(({ alone }) => !alone);
}

/** The introductions between one of the actor's organisations and another: those it made, and those that brought both together. */
export async function listIntroductionsWith(context: Context, oursId: string, theirs: string, limit = 50) {
	if (!organisationsOf(context.actor).includes(oursId)) return [];
	const rows: Row[] = await visibleIntroductions(context)
		.select(columns)
		.where('i.id', 'in', (eb) => eb.selectFrom('introduced').where('organisationId', '=', theirs).select('introductionId'))
		.where((eb) =>
			eb.or([
				eb('i.madeFor', '=', oursId),
				eb('i.id', 'in', eb.selectFrom('introduced').where('organisationId', '=', oursId).select('introductionId'))
			])
		)
		.orderBy('i.madeAt', 'desc')
		.limit(limit)
		.execute();
	return seenAll(context, rows, () => oursId);
}

/** What one did here, for the export. */
export async function listOwnIntroductions({ db, actor }: Context) {
	if (actor.is !== 'person') return null;
	return {
		made: await db
			.selectFrom('introductions')
			.select(['reason', 'madeAt', 'becameAt'])
			.where((eb) => eb.or([eb('madeBy', '=', actor.id), eb('becameBy', '=', actor.id)]))
			.orderBy('madeAt')
			.execute(),
		answered: await db
			.selectFrom('introduced')
			.select(['answer', 'answeredAt', 'outcome', 'outcomeAt'])
			.where((eb) => eb.or([eb('answeredBy', '=', actor.id), eb('outcomeBy', '=', actor.id)]))
			.orderBy('answeredAt')
			.execute()
	};
}

export type { Answer, Outcome };
