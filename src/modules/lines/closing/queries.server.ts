import { sql } from 'kysely';
import { sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { carries } from '#modules/cooperations/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { linesSeen, unmarked, visibleLines, type LineSeen } from '../queries.server.ts';
import { reviewed } from '../rules/sections.ts';
import { sharedAs, type Openness } from './rules.ts';

/** What the partners wrote in the closing review, oldest first. */
export const listReview = (context: Context, cooperationId: string): Promise<LineSeen[]> =>
	linesSeen(context)
		.where('l.cooperationId', '=', cooperationId)
		.where('l.kind', '=', 'information')
		.where('l.topic', 'in', reviewed)
		.where(unmarked('withdrawn'))
		.orderBy('l.root')
		.limit(500)
		.execute();

/** What each carrier answered about sharing, and what follows. Partners read it; nobody else does. */
export async function findSharing(context: Context, cooperation: Cooperation) {
	const rows = await context.db
		.selectFrom('reviewConsents')
		.select(['organisationId', 'openness', 'givenAt'])
		.where('cooperationId', '=', cooperation.id)
		.where('cooperationId', 'in', sharedCooperations(context))
		.where('replacedAt', 'is', null)
		.execute();
	const answers = new Map(rows.map(({ organisationId, openness }) => [organisationId, openness as Openness]));
	const carriers = cooperation.accepted.filter(({ role }) => carries(role));
	return {
		shared: sharedAs(
			carriers.map(({ organisationId }) => organisationId),
			answers
		),
		carriers: carriers.map(({ organisationId, name }) => ({
			organisationId,
			name,
			openness: answers.get(organisationId) ?? null
		}))
	};
}

/** The cooperations whose carriers all said yes, and the least of what they said. */
const sharedReviews = sql<{ cooperationId: string; named: boolean }>`(
	select p.cooperation_id, bool_and(c.openness = 'with names') as named
	from partners p left join review_consents c on c.cooperation_id = p.cooperation_id
		and c.organisation_id = p.organisation_id and c.replaced_at is null
	where p.accepted_at is not null and p.left_at is null and p.role in ('lead', 'carrier', 'associate')
		and p.cooperation_id in (select r.cooperation_id from review_consents r where r.replaced_at is null and r.openness <> 'no')
	group by p.cooperation_id
	having bool_and(coalesce(c.openness, 'no') <> 'no'))`;

/** A line `l` of a review as a carrier that agreed to share it last wrote it, kept from nobody. */
const sharedLine = sql<boolean>`l.kind = 'information' and l.topic in (${sql.join(reviewed)}) and l.audience <> 'organisation'
	and l.acting_for in (select p.organisation_id from partners p where p.cooperation_id = l.cooperation_id
		and p.accepted_at is not null and p.left_at is null and p.role in ('lead', 'carrier', 'associate'))
	and not exists (select from lines r where r.replaces = l.id) and ${unmarked('withdrawn')}`;

/** How many shared reviews stand on a page. */
const reviewsShown = 10;

/**
 * The closing reviews that every carrier agreed to share, the latest agreement first: for everyone, signed in or not. Of each, what
 * those who agreed wrote there, never what another partner did; a name only where all of them said « with names ».
 */
export async function listSharedReviews({ db }: Pick<Context, 'db'>, { page }: { page: number }) {
	const found = await db
		.selectFrom(sharedReviews.as('s'))
		.innerJoin('cooperations as c', 'c.id', 's.cooperationId')
		.select(['c.id', 'c.name', 's.named', sql<number>`count(*) over ()::int`.as('count')])
		.where(sql<boolean>`exists (select from lines l where l.cooperation_id = c.id and ${sharedLine})`)
		.orderBy(sql`(select max(r.given_at) from review_consents r where r.cooperation_id = c.id and r.replaced_at is null)`, 'desc')
		.orderBy('c.id')
		.limit(reviewsShown)
		.offset((page - 1) * reviewsShown)
		.execute();
	const lines = await db
		.selectFrom('lines as l')
		.innerJoin('organisations as o', 'o.id', 'l.actingFor')
		.select(['l.id', 'l.cooperationId', 'l.topic', 'l.text', 'o.name as speaker'])
		.where('l.cooperationId', 'in', orNobody(found.map(({ id }) => id)))
		.where(sharedLine)
		.orderBy('l.root')
		.execute();
	return {
		pages: Math.max(1, Math.ceil((found[0]?.count ?? 0) / reviewsShown)),
		reviews: found.map(({ id, name, named }) => ({
			name: named ? name : null,
			parts: reviewed.flatMap((topic) => {
				const said = lines.filter((line) => line.cooperationId === id && line.topic === topic);
				return said.length
					? [{ topic, lines: said.map(({ text, speaker }) => ({ text, speaker: named ? speaker : null })) }]
					: [];
			})
		}))
	};
}

/** How many lessons are shown at the start of a cooperation: few are read. */
const lessonsShown = 5;

/**
 * What did not work before, for the partners of a new cooperation: what its reader may read of cooperations that two of them
 * carried, and what the carriers of another in which one of them was have shared, named or not.
 */
export async function listLessons(context: Context, cooperation: Cooperation) {
	const ids = cooperation.accepted.map(({ organisationId }) => organisationId);
	const partners = sql.join(orNobody(ids));
	const met = sql<number>`(select count(distinct p.organisation_id) from partners p where p.cooperation_id = l.cooperation_id
		and p.accepted_at is not null and p.organisation_id in (${partners}))`;
	const readable = sql<boolean>`(l.id in (${visibleLines(context).select('l.id').where('l.kind', '=', 'information').where('l.topic', '=', 'failed')}))`;
	const named = sql<boolean | null>`(select s.named from ${sharedReviews} s where s.cooperation_id = l.cooperation_id)`;
	const rows = await context.db
		.selectFrom('lines as l')
		.innerJoin('cooperations as c', 'c.id', 'l.cooperationId')
		.select(['l.id', 'l.text', 'l.writtenAt', 'c.name'])
		.select([readable.as('readable'), named.as('named')])
		.where('l.kind', '=', 'information')
		.where('l.topic', '=', 'failed')
		.where('l.audience', '!=', 'organisation')
		.where('l.cooperationId', '!=', cooperation.id)
		.where(sql<boolean>`l.cooperation_id in (select o.cooperation_id from partners o where o.organisation_id in (${partners}))`)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('lines as r').select('r.id').whereRef('r.replaces', '=', 'l.id')))
		)
		.where(unmarked('withdrawn'))
		.where(sql<boolean>`(${readable} and ${met} >= 2 or ${named} is not null and ${met} >= 1)`)
		.orderBy('l.writtenAt', 'desc')
		.limit(lessonsShown)
		.execute();
	return rows.map(({ id, text, name, readable: seen, named: open }) => ({ id, text, from: seen || open ? name : null }));
}
export type Lesson = Awaited<ReturnType<typeof listLessons>>[number];
