import { hubsOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';

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

/** The communes of the territories of the actor’s hubs: a subquery of codes. A territory says where a hub works. */
export const territoriesOfMine = ({ db, actor }: Context) =>
	db
		.selectFrom('hubCommunes')
		.where('hubId', 'in', orNobody(hubsOf(actor)))
		.select('communeCode');

/** Those of the actor’s hubs that work in a commune. */
export async function hubsWithin({ db, actor }: Context, communeCode: string): Promise<string[]> {
	if (!hubsOf(actor).length) return [];
	const rows = await db
		.selectFrom('hubCommunes')
		.select('hubId')
		.where('hubId', 'in', hubsOf(actor))
		.where('communeCode', '=', communeCode)
		.execute();
	return rows.map(({ hubId }) => hubId);
}
