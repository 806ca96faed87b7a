import { sql, type RawBuilder } from 'kysely';
import type { Belonging, May } from '#platform/actor.ts';
import { ask, type Reader } from '#platform/context.server.ts';
import { pathOf } from '../queries.server.ts';

/** Managers hold all three; others what their longest-reaching living mandate says; a member may always discuss. */
export const mayToday = sql<May>`case when manager then 'sign' else coalesce((
	select case max(array_position(array['discuss', 'commit', 'sign'], d.may)) when 3 then 'sign' when 2 then 'commit' else 'discuss' end
	from mandates d where d.membership_id = m.id and d.ended_at is null
	and (now_at at time zone o.zone)::date between d.valid_from and coalesce(d.valid_to, 'infinity')), 'discuss') end`;

/** Beside each member `m`: the moment it is, and whether they manage. */
export const held = (now: Date) => sql`lateral (select ${now}::timestamptz as now_at,
	exists (select from managers g where g.membership_id = m.id and g.until is null) as manager) held`;

type BelongingRow = { organisationId: string; name: string; code: string; manager: boolean; may: May; joinedAt: Date } & {
	/** Named by the house that the organisation is, if it is one. */
	accompanies: boolean;
};

/** The organisations that a person belongs to today: a question to ask alone, or of each row of a larger one. */
export const belongingsOf = (personId: RawBuilder<string>, now: Date) => sql<BelongingRow>`
	select o.id as organisation_id, o.name, o.code, manager, ${mayToday} as may, m.joined_at,
		m.accompanies_since is not null as accompanies
	from memberships m join organisations o on o.id = m.organisation_id, ${held(now)}
	where m.person_id = ${personId} and m.left_at is null and o.merged_into is null`;

/** A belonging as the actor carries it. */
export const belonging = ({
	organisationId,
	name,
	code,
	manager,
	may
}: Omit<BelongingRow, 'joinedAt' | 'accompanies'>): Belonging => ({
	organisationId,
	name,
	path: pathOf({ name, code }),
	manager,
	may
});

/** The organisations that somebody belongs to today, and what they may do there, in the order in which they joined. */
export async function listBelongings(db: Reader, personId: string, now: Date): Promise<Belonging[]> {
	const rows = await ask(db, sql<BelongingRow>`${belongingsOf(sql.val(personId), now)} order by m.joined_at`);
	return rows.map(belonging);
}
