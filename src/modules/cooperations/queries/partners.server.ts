import { orNobody } from '#platform/ids.ts';
import type { Reader } from '#platform/context.server.ts';

/** The living cooperations in which two organisations are both partners, invited or accepted: by name, a few. */
export async function bothPartnersIn(db: Reader, one: string, other: string): Promise<string[]> {
	const rows = await db
		.selectFrom('partners as a')
		.innerJoin('partners as b', 'b.cooperationId', 'a.cooperationId')
		.innerJoin('cooperations as c', 'c.id', 'a.cooperationId')
		.select('c.name')
		.where('a.organisationId', '=', one)
		.where('b.organisationId', '=', other)
		.where('a.declinedAt', 'is', null)
		.where('a.leftAt', 'is', null)
		.where('b.declinedAt', 'is', null)
		.where('b.leftAt', 'is', null)
		.where('c.endedAt', 'is', null)
		.orderBy('c.begunAt')
		.limit(5)
		.execute();
	return rows.map(({ name }) => name);
}

/** Who is a partner of these cooperations today, as « cooperation organisation ». The caller has checked that it may know. */
export async function acceptedIn(db: Reader, cooperationIds: string[]): Promise<Set<string>> {
	const rows = await db
		.selectFrom('partners')
		.select(['cooperationId', 'organisationId'])
		.where('cooperationId', 'in', orNobody(cooperationIds))
		.where('acceptedAt', 'is not', null)
		.where('leftAt', 'is', null)
		.execute();
	return new Set(rows.map(({ cooperationId, organisationId }) => `${cooperationId} ${organisationId}`));
}
