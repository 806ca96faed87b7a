import { sql } from 'kysely';
import { accompaniedOrganisations } from '#modules/hubs/queries.server.ts';
import { pathOf } from '#modules/organisations/queries.server.ts';
import { administers, hubsOf, manages, organisationsOf, personOf } from '#platform/actor.ts';
import { longDay, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { stateOf } from './rules.ts';

const takeovers = ({ db }: Pick<Context, 'db'>) =>
	db
		.selectFrom('takeovers as t')
		.innerJoin('persons as p', 'p.id', 't.personId')
		.innerJoin('organisations as o', 'o.id', 't.organisationId')
		.select([
			't.id',
			't.organisationId',
			't.personId',
			't.reason',
			't.askedAt',
			't.objectionsUntil',
			't.grantedAt',
			't.refusedAt'
		])
		.select(['t.withdrawnAt', 't.words', 'p.name as person', 'o.name', 'o.code', 'o.communeCode', 'o.zone'])
		.select(
			sql<{ name: string; words: string }[]>`(select coalesce(json_agg(json_build_object('name', q.name, 'words', x.words)
				order by x.objected_at), '[]') from takeover_objections x join persons q on q.id = x.person_id where x.takeover_id = t.id)`.as(
				'objections'
			)
		);

const seen = (row: Awaited<ReturnType<ReturnType<typeof takeovers>['executeTakeFirstOrThrow']>>, now: Date) => ({
	...row,
	state: stateOf(row),
	path: pathOf(row),
	ripe: row.objectionsUntil <= now
});
export type Takeover = ReturnType<typeof seen>;

/** One takeover, for those who answer it; the caller says who may. */
export async function findTakeover(context: Pick<Context, 'db' | 'now'>, id: string): Promise<Takeover> {
	const row = await takeovers(context).where('t.id', '=', id).executeTakeFirst();
	if (!row) throw new NotFound();
	return seen(row, context.now);
}

/** The takeovers of an organisation, for those who are there, who asked, or who decide. */
export async function listTakeovers(context: Context, organisationId: string): Promise<Takeover[]> {
	const { actor, now } = context;
	const inside =
		organisationsOf(actor).includes(organisationId) ||
		administers(actor) ||
		(hubsOf(actor).length > 0 &&
			(await accompaniedOrganisations(context).where('organisationId', '=', organisationId).executeTakeFirst()) !== undefined);
	const me = personOf(actor);
	if (!me) return [];
	const rows = await takeovers(context)
		.where('t.organisationId', '=', organisationId)
		.$if(!inside, (query) => query.where('t.personId', '=', me))
		.orderBy('t.askedAt', 'desc')
		.limit(10)
		.execute();
	return rows.map((row) => seen(row, now));
}

/** The takeovers that wait for the actor's word: an administrator's, or of the organisations that their hub accompanies. */
export async function listTakeoversToDecide(context: Context): Promise<Takeover[]> {
	const { actor, now } = context;
	if (!administers(actor) && !hubsOf(actor).length) return [];
	const rows = await takeovers(context)
		.where('t.grantedAt', 'is', null)
		.where('t.refusedAt', 'is', null)
		.where('t.withdrawnAt', 'is', null)
		.where('t.personId', '<>', personOf(actor)!)
		.$if(!administers(actor), (query) => query.where('t.organisationId', 'in', accompaniedOrganisations(context)))
		.orderBy('t.askedAt')
		.limit(100)
		.execute();
	return rows.map((row) => seen(row, now));
}

/** The takeovers of organisations that the actor manages, until one who manages has objected or somebody has decided; the first to end first. */
export async function listTakeoversToAnswer(context: Context) {
	const { actor, now } = context;
	const managed = organisationsOf(actor).filter((id) => manages(actor, id));
	if (!managed.length) return [];
	const rows = await takeovers(context)
		.where('t.organisationId', 'in', managed)
		.where('t.grantedAt', 'is', null)
		.where('t.refusedAt', 'is', null)
		.where('t.withdrawnAt', 'is', null)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('takeoverObjections as x').select('x.takeoverId').whereRef('x.takeoverId', '=', 't.id')))
		)
		.orderBy('t.objectionsUntil')
		.limit(20)
		.execute();
	return rows.map((row) => {
		const { id, person, name, reason, path, ripe } = seen(row, now);
		return { id, person, name, reason, path, ripe, until: longDay(today(row.objectionsUntil, row.zone), today(now, row.zone)) };
	});
}
