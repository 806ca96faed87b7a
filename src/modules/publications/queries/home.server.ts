import { pathOf } from '#modules/cooperations/queries.server.ts';
import { organisationsOf, speaksFor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';

/** The versions that wait for the yes of an organisation that the actor may commit: in one query. */
export async function answersHome(context: Context) {
	const { actor, db } = context;
	const organisations = organisationsOf(actor).filter((id) => speaksFor(actor, id, 'commit'));
	if (!organisations.length) return [];
	const rows = await db
		.selectFrom('publicPageVersions as v')
		.innerJoin('cooperations as c', 'c.id', 'v.cooperationId')
		.innerJoin('partners as p', 'p.cooperationId', 'c.id')
		.innerJoin('organisations as o', 'o.id', 'p.organisationId')
		.select(['v.id', 'v.n', 'c.name', 'c.code', 'o.name as organisation', 'p.organisationId'])
		.where('p.organisationId', 'in', organisations)
		.where('p.acceptedAt', 'is not', null)
		.where('p.leftAt', 'is', null)
		.where('p.role', 'in', ['lead', 'carrier', 'associate'])
		.where('c.endedAt', 'is', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('publicPageVersions as w')
						.select('w.id')
						.whereRef('w.cooperationId', '=', 'v.cooperationId')
						.whereRef('w.n', '>', 'v.n')
				)
			)
		)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('publicPageAnswers as a')
						.select('a.id')
						.whereRef('a.versionId', '=', 'v.id')
						.whereRef('a.organisationId', '=', 'p.organisationId')
						.where('a.endedAt', 'is', null)
				)
			)
		)
		.orderBy('v.proposedAt')
		.limit(20)
		.execute();
	return rows.map(({ name, code, ...row }) => ({ ...row, cooperation: name, path: `${pathOf({ name, code })}/page-publique` }));
}
