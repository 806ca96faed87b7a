import { sql, type Kysely } from 'kysely';
import { announcedBetween, dissolutionOf, grantedBetween } from '#modules/register/queries/life.server.ts';
import { recentFor } from '#modules/register/rules/sources.ts';
import type { Writer } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';

/**
 * Finds which organisations show a sign of life, by the same rule as their page (`signsOfLife`): all of them in one query, or those
 * that just changed. The directory shows the others last.
 */
export async function markLife(write: Writer | Kysely<DB>, now: Date, ids: string[] | null = null): Promise<number> {
	const at = `timestamptz '${now.toISOString()}'`;
	// What came before a published dissolution shows nothing any more; nor does an address, of which no day is known.
	const { numAffectedRows } = await sql`
		update organisations o set lives = found.lives from (
			select o.id, (
				exists (select from memberships m join managers g on g.membership_id = m.id and g.until is null
					where m.organisation_id = o.id and m.left_at is null and greatest(g.since, o.updated_at) >= s.since)
				or exists (select from fact_confirmations f where f.organisation_id = o.id and f.confirmed_at >= s.since)
				or exists (select from organisation_official_records r join official_bodies b on b.id = r.body_id
					where r.organisation_id = o.id and r.until is null and b.active and b.vanished_at is null
					and (b.source in ('sirene', 'bce') and d.day is null or b.declared_on >= s.since::date))
				or ${sql.raw(grantedBetween('n.numbers', 's.since', at))}
				or ${sql.raw(announcedBetween('n.numbers', 's.since', at))}
			) as lives from organisations o
			cross join lateral (select array (
				select case i.kind when 'siret' then left(i.value, 9) else i.value end from organisation_identifiers i
					where i.organisation_id = o.id and i.kind in ('siren', 'siret', 'rna')
				union select unnest(array[b.siren, b.rna, case when b.source in ('rna-waldec', 'sirene') then b.key end])
					from organisation_official_records r join official_bodies b on b.id = r.body_id
					where r.organisation_id = o.id and r.until is null
			) as numbers) n
			cross join lateral (select ${sql.raw(dissolutionOf('n.numbers', at))} as day) d
			cross join lateral (select greatest(${sql.raw(at)} - make_interval(days => ${recentFor}), (d.day + 1)::timestamptz) as since) s
			where o.merged_into is null and (${ids === null} or o.id = any (${ids ?? []}::uuid[]))
		) found where found.id = o.id and o.lives <> found.lives`.execute(write);
	return Number(numAffectedRows ?? 0);
}
