import { sql } from 'kysely';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf } from '#platform/ids.ts';
import { accompaniedCooperations } from '#modules/hubs/queries.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { standingOf, steps, stepUnderWay, type Role, type Step } from './rules.ts';

const nobody = ['00000000-0000-0000-0000-000000000000'];
const mine = (context: Context): string[] => {
	const ids = organisationsOf(context.actor);
	return ids.length ? ids : nobody;
};

/** The cooperations of which one of the actor's organisations is a partner today: a subquery of ids, for other modules' reads. */
export const sharedCooperations = (context: Context) =>
	context.db
		.selectFrom('partners')
		.where('organisationId', 'in', mine(context))
		.where('acceptedAt', 'is not', null)
		.where('leftAt', 'is', null)
		.select('cooperationId');

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

/** Every read of this module starts here: partners, invited or departed ones included, and the hubs that accompany. */
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
				eb('c.id', 'in', accompaniedCooperations(context)),
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
		.selectFrom('partners')
		.select([
			'id',
			'cooperationId',
			'organisationId',
			'role',
			'place',
			'invitedAt',
			'acceptedAt',
			'declinedAt',
			'leftAt',
			'leftReason'
		])
		.select(['acceptedEvidence', 'invitedFor'])
		.where('cooperationId', 'in', cooperationIds)
		.orderBy('position')
		.orderBy('id')
		.execute();
	const organisations = await summariesOf(
		db,
		rows.map(({ organisationId }) => organisationId)
	);
	return rows.map((row) => {
		const organisation = organisations.get(row.organisationId)!;
		return {
			...row,
			role: row.role as Role,
			name: organisation.name,
			kind: organisation.kind,
			commune: organisation.place,
			organisationPath: organisation.path
		};
	});
}

async function stepsDone({ db }: Context, cooperationIds: string[]): Promise<Map<string, Step[]>> {
	const done = new Map<string, Step[]>();
	if (!cooperationIds.length) return done;
	const rows = await db
		.selectFrom('stepMarks')
		.select(['cooperationId', 'step'])
		.where('cooperationId', 'in', cooperationIds)
		.where('undoneAt', 'is', null)
		.execute();
	for (const { cooperationId, step } of rows) done.set(cooperationId, [...(done.get(cooperationId) ?? []), step as Step]);
	return done;
}

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

/** A cooperation by its code in an address, with who stands where. */
export async function findCooperation(context: Context, address: string) {
	return found(context, await visibleCooperations(context).selectAll().where('c.code', '=', codeOf(address)).executeTakeFirst());
}

/** The same by its id, for commands and other modules. */
export async function findCooperationById(context: Context, id: string) {
	return found(context, await visibleCooperations(context).selectAll().where('c.id', '=', id).executeTakeFirst());
}

async function found(context: Context, row: Awaited<ReturnType<ReturnType<typeof all>['executeTakeFirst']>>) {
	if (!row) throw new NotFound();
	const accompanying = await accompaniedCooperations(context).where('cooperationId', '=', row.id).executeTakeFirst();
	const partners = await partnersOf(context, [row.id]);
	const done = (await stepsDone(context, [row.id])).get(row.id) ?? [];
	return {
		...row,
		...progress(done),
		partners,
		accompanied: accompanying !== undefined,
		path: pathOf(row),
		/** Those that count today: accepted, in the order of every page. */
		accepted: partners.filter((one) => standingOf(one) === 'accepted')
	};
}
const all = (context: Context) => visibleCooperations(context).selectAll();

/**
 * Whether the link of this invitation reached the organisation itself: it went to the address that the directory held, or the
 * inviter had written the organisation into the directory. An address that a partner typed for a known organisation proves nothing.
 */
export async function linkSpeaksForItself({ db }: Context, partnerId: string): Promise<boolean> {
	const row = await db
		.selectFrom('partners as p')
		.innerJoin('organisations as o', 'o.id', 'p.organisationId')
		.select(['p.invitedAtOwnAddress', 'p.invitedBy', 'o.registeredBy'])
		.where('p.id', '=', partnerId)
		.executeTakeFirst();
	return row !== undefined && (row.invitedAtOwnAddress || (row.invitedBy !== null && row.invitedBy === row.registeredBy));
}

/** The cooperation of which somebody accepts to be a partner by a link: the link names the invitation, not the cooperation. */
export async function findCooperationOfLink(context: Context) {
	const { actor } = context;
	if (actor.is !== 'link' || actor.may !== 'accept') throw new NotFound('link');
	const row = await visibleCooperations(context).selectAll().executeTakeFirst();
	if (!row) throw new NotFound('link');
	return found(context, row);
}

export type Cooperation = Awaited<ReturnType<typeof findCooperation>>;

export const pageSize = 24;

/** The cooperations that the actor takes part in or is invited to, the latest news first. */
export async function listMyCooperations(context: Context, { page }: { page: number }) {
	const rows = await context.db
		.selectFrom('cooperations as c')
		.select(['c.id', 'c.code', 'c.name', 'c.sentence', 'c.place', 'c.endedAt'])
		.where('c.id', 'in', (eb) =>
			eb
				.selectFrom('partners')
				.where('organisationId', 'in', mine(context))
				.where('declinedAt', 'is', null)
				.where('leftAt', 'is', null)
				.select('cooperationId')
		)
		.orderBy(sql`coalesce(c.last_line_at, c.begun_at)`, 'desc')
		.orderBy('c.id')
		.limit(pageSize + 1)
		.offset((page - 1) * pageSize)
		.execute();
	const shown = rows.slice(0, pageSize);
	const ids = shown.map(({ id }) => id);
	const partners = await partnersOf(context, ids);
	const done = await stepsDone(context, ids);
	return {
		more: rows.length > pageSize,
		cooperations: shown.map((row) => ({
			...row,
			...progress(done.get(row.id) ?? []),
			path: pathOf(row),
			partners: partners.filter((one) => one.cooperationId === row.id)
		}))
	};
}

/** The invitations that wait for an answer of one of the actor's organisations. */
export async function listInvitationsToMe(context: Context) {
	const rows = await context.db
		.selectFrom('partners as p')
		.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
		.leftJoin('organisations as o', 'o.id', 'p.invitedFor')
		.select([
			'p.id as partnerId',
			'p.organisationId',
			'p.role',
			'p.invitedAt',
			'c.name',
			'c.code',
			'c.sentence',
			'o.name as inviter'
		])
		.where('p.organisationId', 'in', mine(context))
		.where('p.acceptedAt', 'is', null)
		.where('p.declinedAt', 'is', null)
		.where('p.leftAt', 'is', null)
		.orderBy('p.invitedAt')
		.limit(50)
		.execute();
	return rows.map((row) => ({ ...row, path: pathOf(row) }));
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
		.select(['c.id', 'c.code', 'c.name', 'c.zone', 'c.begunAt', 'c.begunFor', 'c.lastLineAt', 'c.endedAt'])
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
	return rows.map((row) => ({ ...row, path: pathOf(row), partners: byCooperation.get(row.id) ?? [] }));
}

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
