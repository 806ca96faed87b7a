import { sql } from 'kysely';
import type { Reader } from '#platform/context.server.ts';

/** How often each organisation stood first among the parties of the agreement of a cooperation. The caller may read it. */
export async function countFirstParties(db: Reader, cooperationId: string): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('agreementParties as p')
		.innerJoin('agreementVersions as v', 'v.id', 'p.versionId')
		.innerJoin('agreements as a', 'a.id', 'v.agreementId')
		.select(['p.organisationId', sql<number>`count(*)::int`.as('times')])
		.where('a.cooperationId', '=', cooperationId)
		.where('p.position', '=', 0)
		.groupBy('p.organisationId')
		.execute();
	return new Map(rows.map(({ organisationId, times }) => [organisationId, times]));
}
