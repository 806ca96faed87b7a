import type { Context } from '#platform/context.server.ts';
import { visibleCooperationIds } from '../queries.server.ts';

/** Who took part in a cooperation with one of these organisations, among those that the actor sees: the cooperation by its name. */
export async function listAlongside(
	context: Context,
	organisationIds: string[]
): Promise<{ organisationId: string; cooperation: string }[]> {
	if (!organisationIds.length) return [];
	return context.db
		.selectFrom('partners as mine')
		.innerJoin('partners as other', 'other.cooperationId', 'mine.cooperationId')
		.innerJoin('cooperations as c', 'c.id', 'mine.cooperationId')
		.select(['other.organisationId', 'c.name as cooperation'])
		.distinct()
		.where('mine.organisationId', 'in', organisationIds)
		.where('mine.acceptedAt', 'is not', null)
		.where('other.acceptedAt', 'is not', null)
		.where('other.organisationId', 'not in', organisationIds)
		.where('c.id', 'in', visibleCooperationIds(context))
		.orderBy('c.name')
		.orderBy('other.organisationId')
		.limit(1000)
		.execute();
}
