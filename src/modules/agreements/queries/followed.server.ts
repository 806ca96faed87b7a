import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { visibleVersions } from './versions.server.ts';

/** Of some cooperations, the last frozen version that waits for signatures: how many, since when. For those who read it, in one query. */
export async function listAwaited(
	context: Context,
	cooperationIds: string[]
): Promise<Map<string, { n: number; waiting: number; since: Date }>> {
	if (!cooperationIds.length) return new Map();
	const rows = await visibleVersions(context)
		.select(['a.cooperationId', 'v.n', 'v.frozenAt as since'])
		.select(
			sql<number>`(select count(*)::int from agreement_parties p where p.version_id = v.id and not exists (
				select from agreement_signatures s where s.version_id = v.id and s.organisation_id = p.organisation_id
				and s.replaced_at is null and s.file is not null))`.as('waiting')
		)
		.where('a.cooperationId', 'in', cooperationIds)
		.where(sql<boolean>`not exists (select from agreement_versions w where w.agreement_id = v.agreement_id and w.n > v.n)`)
		.execute();
	return new Map(
		rows.flatMap(({ cooperationId, n, since, waiting }) => (waiting ? [[cooperationId, { n, since, waiting }] as const] : []))
	);
}
