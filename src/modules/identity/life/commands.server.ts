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
				or exists (select from (
					select left(i.value, 9) as siren, null as rna from organisation_identifiers i
						where i.organisation_id = o.id and i.kind in ('siren', 'siret')
					union all select null, i.value from organisation_identifiers i where i.organisation_id = o.id and i.kind = 'rna'
					union all select b.siren, coalesce(b.rna, case when b.source = 'rna-waldec' then b.key end)
						from organisation_official_records r join official_bodies b on b.id = r.body_id
						where r.organisation_id = o.id and r.until is null
					) n cross join lateral (
						select from official_grants g where g.siren = n.siren and g.amount_cents > 0 and g.granted_on between ${since}::date and ${now}::date
						union all
						select from official_grants g where g.rna = n.rna and g.amount_cents > 0 and g.granted_on between ${since}::date and ${now}::date
					) g)
			) as lives from organisations o
			where o.merged_into is null and (${ids === null} or o.id = any (${ids ?? []}::uuid[]))
		) found where found.id = o.id and o.lives <> found.lives`.execute(write as Kysely<DB>);
	return Number(numAffectedRows ?? 0);
}
