import { hubsOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { trustedCommunes } from '../queries.server.ts';

/** The hubs that an organisation accepted and that can be written to. */
export const hubsAccompanying = (db: Reader, organisationId: string) =>
	db
		.selectFrom('accompaniments as a')
		.innerJoin('hubs as h', 'h.organisationId', 'a.hubId')
		.select(['h.organisationId as id', 'h.senderName as name', 'h.senderEmail as email'])
		.where('a.organisationId', '=', organisationId)
		.where('a.acceptedAt', 'is not', null)
		.where('a.endedAt', 'is', null)
		.where('h.closedAt', 'is', null)
		.execute();

/** Those of the actor’s hubs that an administrator told to answer for people in a commune. */
export async function hubsWithin({ db, actor }: Context, communeCode: string): Promise<string[]> {
	if (!hubsOf(actor).length) return [];
	const rows = await trustedCommunes(db, hubsOf(actor))
		.select('house.organisationId')
		.distinct()
		.where('within.communeCode', '=', communeCode)
		.execute();
	return rows.map(({ organisationId }) => organisationId);
}

/** The open houses that have a telephone and a commune in their territory, the one that does less elsewhere first: whom anybody may ask. */
export const housesToAsk = (db: Reader, communeCode: string) =>
	db
		.selectFrom('hubs as h')
		.innerJoin('areaCommunes as c', 'c.areaId', 'h.areaId')
		.select(['h.organisationId as id', 'h.senderName as name', 'h.phone', 'h.hours'])
		.where('c.communeCode', '=', communeCode)
		.where('h.closedAt', 'is', null)
		.where('h.phone', 'is not', null)
		.groupBy(['h.organisationId', 'h.senderName', 'h.phone', 'h.hours', 'h.areaId'])
		.orderBy(({ selectFrom, fn }) =>
			selectFrom('areaCommunes as s').whereRef('s.areaId', '=', 'h.areaId').select(fn.countAll().as('n'))
		)
		.orderBy('h.senderName')
		.limit(2)
		.execute();
