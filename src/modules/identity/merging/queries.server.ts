import { sql } from 'kysely';
import { bothPartnersIn } from '#modules/cooperations/queries/partners.server.ts';
import { pathOf, placeOf } from '#modules/organisations/queries.server.ts';
import { administers, hubsOf } from '#platform/actor.ts';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { mayMerge } from '../policy.ts';
import { aroundOf } from '../queries.server.ts';
import { needsAgreement, type Side } from './rules.ts';

/** One side of a merge as it is now. */
export async function sideOf(db: Reader, id: string): Promise<Side & { path: string; place: string | null }> {
	const row = await db
		.selectFrom('organisations as o')
		.select(['o.id', 'o.name', 'o.code', 'o.otherNames', 'o.mergedInto', 'o.communeCode', 'o.communeName'])
		.select([
			sql<boolean>`exists (select from hubs h where h.organisation_id = o.id and h.closed_at is null)`.as('hub'),
			sql<number>`(select count(*)::int from memberships m where m.organisation_id = o.id and m.left_at is null)`.as('members')
		])
		.where('o.id', '=', id)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	return { ...row, path: pathOf(row), place: placeOf(row) };
}

/** Whether the actor may make these two one. */
export async function mayMergeThese(context: Context, ids: string[]): Promise<boolean> {
	if (administers(context.actor)) return true;
	if (!hubsOf(context.actor).length) return false;
	return mayMerge(context.actor, await Promise.all(ids.map((id) => aroundOf(context, id))));
}

/** How many rows of each table name an organisation: what hangs on it. */
export async function countHangs(db: Reader, organisationId: string): Promise<{ table: string; n: number }[]> {
	const columns = await db.selectFrom('organisationColumns').select(['tableName', 'columnName']).execute();
	if (!columns.length) return [];
	return ask(
		db,
		sql<{ table: string; n: number }>`
		select "table", sum(n)::int as n from (${sql.join(
			columns.map(
				({ tableName, columnName }) =>
					sql`select ${tableName}::text as "table", count(*)::int as n from ${sql.table(tableName!)} where ${sql.ref(columnName!)} = ${organisationId}`
			),
			sql` union all `
		)}) counted where n > 0 group by 1 order by 2 desc, 1`
	);
}

/** What a merge would do: both sides, all that hangs on the absorbed one, whether both have people, and what forbids it. */
export async function previewMerge(context: Context, keptId: string, absorbedId: string) {
	const { db } = context;
	const [kept, absorbed] = [await sideOf(db, keptId), await sideOf(db, absorbedId)];
	return {
		kept,
		absorbed,
		hangs: await countHangs(db, absorbedId),
		shared: await bothPartnersIn(db, keptId, absorbedId),
		needsAgreement: needsAgreement(kept, absorbed)
	};
}

/** The merges of an organisation, the latest first, with what stayed behind: for those who may take them back. */
export async function listMerges(context: Context, organisationId: string) {
	const rows = await context.db
		.selectFrom('organisationMerges as g')
		.innerJoin('organisations as o', 'o.id', 'g.absorbedId')
		.leftJoin('persons as p', 'p.id', 'g.mergedBy')
		.select(['g.id', 'g.absorbedId', 'g.reason', 'g.mergedAt', 'g.undoneAt', 'o.name', 'p.name as by'])
		.select([
			sql<number>`(select count(*)::int from organisation_merge_moves v where v.merge_id = g.id and v.moved)`.as('moved'),
			sql<{ table: string; n: number }[]>`(select coalesce(json_agg(json_build_object('table', s.table_name, 'n', s.n)), '[]')
				from (select v.table_name, count(*)::int as n from organisation_merge_moves v where v.merge_id = g.id and not v.moved
				group by 1 order by 1) s)`.as('stayed')
		])
		.where('g.keptId', '=', organisationId)
		.orderBy('g.mergedAt', 'desc')
		.limit(20)
		.execute();
	return rows;
}

/** One merge, for whoever would take it back. */
export async function findMerge(db: Reader, mergeId: string) {
	const merge = await db.selectFrom('organisationMerges').selectAll().where('id', '=', mergeId).executeTakeFirst();
	if (!merge) throw new NotFound();
	return merge;
}
