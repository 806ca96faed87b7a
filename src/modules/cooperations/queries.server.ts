import { sql } from 'kysely';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { exactlyOrNearly, holds, mostFound, type Asked } from '#platform/database/text-search.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf, orNobody } from '#platform/ids.ts';
import { readingOf } from '#platform/reading.ts';
import { accompaniedCooperations } from '#modules/hubs/queries.server.ts';
import { keptOf, pathOf as organisationPath, placeOf } from '#modules/organisations/queries.server.ts';
import type { Help } from './helping/rules.ts';
import { followedCooperations, helpOf } from './queries/helped.server.ts';
import { standingOf, steps, stepUnderWay, type Role, type Step } from './rules.ts';

const mine = (context: Context): string[] => {
	const ids = organisationsOf(context.actor);
	return orNobody(ids);
};

/** The cooperations of which one of the actor's organisations is a partner today: a subquery of ids, for other modules' reads. */
export const sharedCooperations = (context: Context) =>
	context.db
		.selectFrom('partners')
		.where('organisationId', 'in', mine(context))
		.where('acceptedAt', 'is not', null)
		.where('leftAt', 'is', null)
		.select('cooperationId');

/** The cooperations that have ended: a subquery of ids, for what waits of somebody elsewhere. */
export const endedCooperations = ({ db }: Pick<Context, 'db'>) =>
	db.selectFrom('cooperations').where('endedAt', 'is not', null).select('id');

/** The accepted partners of the cooperations that the actor takes part in or accompanies: a subquery of organisations. */
export const partnersInSight = (context: Context) =>
	context.db
		.selectFrom('partners')
		.where('acceptedAt', 'is not', null)
		.where('leftAt', 'is', null)
		.where((eb) =>
			eb.or([eb('cooperationId', 'in', sharedCooperations(context)), eb('cooperationId', 'in', accompaniedCooperations(context))])
		)
		.select('organisationId');

/** Every read of this module starts here: partners, invited or departed ones included, the hubs that accompany, and who helps. */
const visibleCooperations = (context: Context) => {
	const { actor, db } = context;
	return db
		.selectFrom('cooperations as c')
		.where((eb) =>
			eb.or([
				eb(
					'c.id',
					'in',
					eb
						.selectFrom('partners')
						.where('organisationId', 'in', mine(context))
						.where('declinedAt', 'is', null)
						.select('cooperationId')
				),
				eb('c.id', 'in', followedCooperations(context)),
				...(actor.is === 'system' ? [sql<boolean>`true`] : []),
				...(actor.is === 'link' && actor.may === 'accept'
					? [eb('c.id', 'in', eb.selectFrom('partners').where('id', '=', actor.thing).select('cooperationId'))]
					: [])
			])
		);
};

export const pathOf = ({ name, code }: { name: string; code: string }): string => `/cooperations/${addressName(name, code)}`;

/** What everyone who sees a cooperation sees of its partners, in the same order everywhere. */
async function partnersOf({ db }: Context, cooperationIds: string[]) {
	if (!cooperationIds.length) return [];
	const rows = await db
		.selectFrom('partners as p')
		.innerJoin('organisations as named', 'named.id', 'p.organisationId')
		.innerJoin('organisations as o', (join) => join.on('o.id', '=', keptOf('named')))
		.select(['p.id', 'p.cooperationId', 'p.organisationId', 'p.role', 'p.place', 'p.invitedAt', 'p.acceptedAt', 'p.declinedAt'])
		.select(['p.leftAt', 'p.leftReason', 'p.acceptedEvidence', 'p.invitedFor'])
		.select(['o.name', 'o.kind', 'o.code', 'o.communeCode', 'o.communeName'])
		.where('p.cooperationId', 'in', cooperationIds)
		.orderBy('p.position')
		.orderBy('p.id')
		.execute();
	return rows.map(({ code, communeCode, communeName, ...row }) => ({
		...row,
		role: row.role as Role,
		commune: placeOf({ communeCode, communeName }),
		organisationPath: organisationPath({ name: row.name, code })
	}));
}

/** The steps that the partners of the cooperation `c` said were done. */
const stepsDone = sql<Step[]>`array(select s.step from step_marks s where s.cooperation_id = c.id and s.undone_at is null)`;

const progress = (done: Step[]) => {
	const underWay = stepUnderWay(done);
	return {
		underWay,
		steps: steps.map((step) => ({
			step,
			state: done.includes(step) ? ('done' as const) : step === underWay ? ('now' as const) : ('later' as const)
		}))
	};
};

const all = (context: Context) =>
	visibleCooperations(context)
		.selectAll('c')
		.select((eb) => [eb('c.id', 'in', accompaniedCooperations(context)).as('accompanied'), stepsDone.as('done')])
		.select(helpOf(context).$castTo<{ help: Help }>().as('help'));

/** A cooperation by its code in an address, with who stands where. */
export async function findCooperation(context: Context, address: string) {
	return found(context, await all(context).where('c.code', '=', codeOf(address)).executeTakeFirst());
}

/** The same by its id, for commands and other modules. */
export async function findCooperationById(context: Context, id: string) {
	return found(context, await all(context).where('c.id', '=', id).executeTakeFirst());
}

/** What is done in the cooperation that an address names: for doors whose command takes its id. */
export const inCooperation =
	<Input, Result>(run: (context: Context, cooperationId: string, input: Input) => Promise<Result>) =>
	async (context: Context, input: Input, { cooperation }: { cooperation: string }): Promise<Result> =>
		run(context, (await findCooperation(context, cooperation)).id, input);

async function found(context: Context, row: Awaited<ReturnType<ReturnType<typeof all>['executeTakeFirst']>>) {
	if (!row) throw new NotFound();
	const { done, accompanied, help, ...cooperation } = row;
	const partners = await partnersOf(context, [row.id]);
	return {
		...cooperation,
		...progress(done),
		partners,
		accompanied: accompanied === true,
		/** As what the actor helps today; null when they don't. */
		help: help ?? null,
		path: pathOf(row),
		/** Those that count today: accepted, in the order of every page. */
		accepted: partners.filter((one) => standingOf(one) === 'accepted')
	};
}

/** The cooperation of which somebody accepts to be a partner by a link: the link names the invitation, not the cooperation. */
export async function findCooperationOfLink(context: Context) {
	const { actor } = context;
	if (actor.is !== 'link' || actor.may !== 'accept') throw new NotFound('link');
	const row = await all(context).executeTakeFirst();
	if (!row) throw new NotFound('link');
	return found(context, row);
}

/** What a cooperation is called, and which place a partner has, as somebody read it before they changed it. */
export const namedSo = (it: { name: string; sentence: string; place: string | null }): string =>
	readingOf([it.name, it.sentence, it.place]);
export const placedSo = (it: { role: string; place: string | null }): string => readingOf([it.role, it.place]);

export type Cooperation = Awaited<ReturnType<typeof findCooperation>>;

export const pageSize = 24;

/** The cooperations that the actor takes part in or is invited to, the latest news first: those under way, or those that ended. */
export async function listMyCooperations(context: Context, { page, ended = false }: { page: number; ended?: boolean }) {
	const rows = await context.db
		.selectFrom('cooperations as c')
		.select(['c.id', 'c.code', 'c.name', 'c.sentence', 'c.place', 'c.endedAt', stepsDone.as('done')])
		.where('c.id', 'in', (eb) =>
			eb
				.selectFrom('partners')
				.where('organisationId', 'in', mine(context))
				.where('declinedAt', 'is', null)
				.where('leftAt', 'is', null)
				.select('cooperationId')
		)
		.where('c.endedAt', ended ? 'is not' : 'is', null)
		.orderBy(sql`coalesce(c.last_line_at, c.begun_at)`, 'desc')
		.orderBy('c.id')
		.limit(pageSize + 1)
		.offset((page - 1) * pageSize)
		.execute();
	const shown = rows.slice(0, pageSize);
	const partners = await partnersOf(
		context,
		shown.map(({ id }) => id)
	);
	return {
		more: rows.length > pageSize,
		cooperations: shown.map(({ done, ...row }) => ({
			...row,
			...progress(done),
			path: pathOf(row),
			partners: partners.filter((one) => one.cooperationId === row.id)
		}))
	};
}

/** The names of some cooperations, in the order of names, for those who see them. */
export async function namesOfCooperations(
	context: Context,
	ids: string[]
): Promise<{ id: string; name: string; path: string }[]> {
	if (!ids.length) return [];
	const rows = await visibleCooperations(context)
		.select(['c.id', 'c.name', 'c.code'])
		.where('c.id', 'in', ids)
		.orderBy('c.name')
		.orderBy('c.id')
		.execute();
	return rows.map(({ id, name, code }) => ({ id, name, path: pathOf({ name, code }) }));
}

/** How many cooperations a hub follows in its day. */
const mostFollowed = 2000;

/** The cooperations that accepted one of the actor's hubs and have not ended: what its day may know, the longest silent first. */
export async function listAccompaniedCooperations(context: Context) {
	const rows = await context.db
		.selectFrom('cooperations as c')
		.select(['c.id', 'c.code', 'c.name', 'c.zone', 'c.place', 'c.begunAt', 'c.begunFor', 'c.lastLineAt', 'c.endedAt'])
		.select(stepsDone.as('done'))
		.where('c.id', 'in', accompaniedCooperations(context))
		.where('c.endedAt', 'is', null)
		.orderBy(sql`coalesce(c.last_line_at, c.begun_at)`)
		.limit(mostFollowed)
		.execute();
	const partners = await partnersOf(
		context,
		rows.map(({ id }) => id)
	);
	const byCooperation = Map.groupBy(partners, ({ cooperationId }) => cooperationId);
	return rows.map(({ done, ...row }) => ({
		...row,
		...progress(done),
		path: pathOf(row),
		partners: byCooperation.get(row.id) ?? []
	}));
}
export type Followed = Awaited<ReturnType<typeof listAccompaniedCooperations>>[number];

/** The id that the code of an address means, and nothing else of that cooperation: for whoever was told the code. */
export async function idOfCode({ db }: Context, address: string): Promise<string | null> {
	const row = await db.selectFrom('cooperations').select('id').where('code', '=', codeOf(address)).executeTakeFirst();
	return row?.id ?? null;
}

/** The names of cooperations, and nothing else of them: for a hub that they asked. The caller has checked that they did. */
export async function namesOfAsking({ db }: Context, ids: string[]): Promise<Map<string, string>> {
	if (!ids.length) return new Map();
	const rows = await db.selectFrom('cooperations').select(['id', 'name']).where('id', 'in', ids).execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The cooperations that answer a question, among those that the actor sees. */
export const searchCooperations = (context: Context, asked: Asked) =>
	exactlyOrNearly(asked, async (nearly) => {
		const rows = await visibleCooperations(context)
			.select(['c.id', 'c.code', 'c.name', 'c.sentence', 'c.place'])
			.where(holds(asked, 'c.words', nearly))
			.orderBy(sql`coalesce(c.last_line_at, c.begun_at)`, 'desc')
			.orderBy('c.id')
			.limit(mostFound)
			.execute();
		return rows.map((row) => ({
			id: row.id,
			title: row.name,
			text: [row.sentence, row.place].filter(Boolean).join(' '),
			path: pathOf(row)
		}));
	});

/** The ids of the cooperations that the actor sees: where a search in what is written there begins. */
export const visibleCooperationIds = (context: Context) => visibleCooperations(context).select('c.id');
