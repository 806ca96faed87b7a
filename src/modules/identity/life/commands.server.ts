import { sql, type Kysely } from 'kysely';
import { recentFor } from '#modules/register/rules/sources.ts';
import type { Writer } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';

/**
 * Finds which organisations show a sign of life, by the same rule as their page (`signsOfLife`): all of them in one query, or those
 * that just changed. The directory shows the others last.
 */
export async function markLife(write: Writer | Kysely<DB>, now: Date, ids: string[] | null = null): Promise<number> {
	const since = new Date(now.getTime() - recentFor * 86_400_000);
	const { numAffectedRows } = await sql`
		update organisations o set lives = found.lives from (
			select o.id, (
				exists (select from memberships m join managers g on g.membership_id = m.id and g.until is null
					where m.organisation_id = o.id and m.left_at is null and greatest(g.since, o.updated_at) >= ${since})
				or exists (select from fact_confirmations f where f.organisation_id = o.id and f.confirmed_at >= ${since})
				or exists (select from organisation_official_records r join official_bodies b on b.id = r.body_id
					where r.organisation_id = o.id and r.until is null and b.active and b.vanished_at is null
					and (b.source = 'sirene' or b.declared_on >= ${since}::date))
			) as lives from organisations o
			where o.merged_into is null and (${ids === null} or o.id = any (${ids ?? []}::uuid[]))
		) found where found.id = o.id and o.lives <> found.lives`.execute(write as Kysely<DB>);
	return Number(numAffectedRows ?? 0);
}
