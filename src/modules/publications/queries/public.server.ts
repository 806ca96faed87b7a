import { sql } from 'kysely';
import { carries, type Role } from '#modules/cooperations/rules.ts';
import { keptOf, placeOf } from '#modules/organisations/queries.server.ts';
import { listOpenSessions } from '#modules/sessions/queries/open.server.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf, orNobody } from '#platform/ids.ts';
import { contentOfVersion, coverOf, namedOf } from '../queries.server.ts';
import { inOrder } from '../rules.ts';

/** Every read of anybody starts here: the pages to which all who carry the cooperation say yes. */
const visiblePages = ({ db }: Pick<Context, 'db'>) =>
	db
		.selectFrom('publicPages as g')
		.innerJoin('publicPageVersions as v', 'v.id', 'g.versionId')
		.innerJoin('cooperations as c', 'c.id', 'v.cooperationId');

/** Where anybody reads a page. */
export const publicPath = ({ title, code }: { title: string; code: string }): string => `/projets/${addressName(title, code)}`;

/** The partners of public pages that the page names, in no order. */
async function partnersOf({ db }: Pick<Context, 'db'>, cooperationIds: string[]) {
	if (!cooperationIds.length) return [];
	const rows = await db
		.selectFrom('partners as p')
		.innerJoin('organisations as named', 'named.id', 'p.organisationId')
		.innerJoin('organisations as o', (join) => join.on('o.id', '=', keptOf('named')))
		.select(['p.cooperationId', 'p.organisationId', 'p.role', 'o.name', 'o.communeCode', 'o.communeName'])
		.where('p.cooperationId', 'in', cooperationIds)
		.where('p.acceptedAt', 'is not', null)
		.where('p.leftAt', 'is', null)
		.execute();
	return rows.map(({ communeCode, communeName, role, ...row }) => ({
		...row,
		role: role as Role,
		commune: placeOf({ communeCode, communeName })
	}));
}

/** One public page, as anybody reads it: no name of a person, no street. Whatever is not public is not found. */
export async function findPublication(context: Context, address: string) {
	const row = await visiblePages(context)
		.select(['v.id', contentOfVersion, 'g.since', 'c.id as cooperationId', 'c.code', 'c.endedAt', 'c.begunAt', 'c.zone'])
		.where('c.code', '=', codeOf(address))
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const { content } = row;
	const named = await namedOf(context, row.cooperationId);
	const partners = inOrder(await partnersOf(context, [row.cooperationId]), content.order);
	const shown = partners.filter((one) => carries(one.role) || named.has(one.organisationId));
	return {
		...row,
		content: {
			...content,
			// what a partner that has left put there goes with it
			lines: content.lines.filter((line) => partners.some(({ organisationId }) => organisationId === line.organisationId))
		},
		since: row.since!,
		cover: await coverOf(context, row.id),
		path: publicPath({ title: content.title, code: row.code }),
		partners: shown.map(({ organisationId, name, commune, role }) => ({
			id: organisationId,
			name,
			commune,
			outlined: !carries(role)
		})),
		sessions:
			content.open && !row.endedAt
				? await listOpenSessions(context.db, { cooperationId: row.cooperationId, now: context.now, limit: 8 })
				: []
	};
}

export type Publication = Awaited<ReturnType<typeof findPublication>>;

/** The public page of a cooperation, as a name and an address; null when it has none. */
export async function findPublicPathOf(context: Context, cooperationId: string): Promise<{ name: string; path: string } | null> {
	const row = await visiblePages(context)
		.select([contentOfVersion, 'c.code'])
		.where('c.id', '=', cooperationId)
		.executeTakeFirst();
	if (!row) return null;
	const { title } = row.content;
	return { name: title, path: publicPath({ title, code: row.code }) };
}

export const pageSize = 24;

/** The public pages, the last one first, those of one commune or of some cooperations if asked. */
export async function listPublications(
	context: Context,
	{
		page = 1,
		commune = null,
		size = pageSize,
		among = null
	}: { page?: number; commune?: string | null; size?: number; among?: string[] | null }
) {
	const matching = visiblePages(context)
		.$if(among !== null, (query) => query.where('c.id', 'in', orNobody(among!)))
		.$if(commune !== null, (query) =>
			query.where((eb) =>
				eb.exists(
					eb
						.selectFrom('partners as p')
						.innerJoin('organisations as o', 'o.id', 'p.organisationId')
						.select('p.id')
						.whereRef('p.cooperationId', '=', 'c.id')
						.where('p.acceptedAt', 'is not', null)
						.where('p.leftAt', 'is', null)
						.where('p.role', 'in', ['lead', 'carrier', 'associate'])
						.where('o.communeCode', '=', commune)
				)
			)
		);
	const { count } = await matching.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const rows = await matching
		.select(['v.id', contentOfVersion, 'g.since', 'c.id as cooperationId', 'c.code'])
		.orderBy('g.since', 'desc')
		.orderBy('v.id')
		.limit(size)
		.offset((page - 1) * size)
		.execute();
	const partners = Map.groupBy(
		await partnersOf(
			context,
			rows.map(({ cooperationId }) => cooperationId)
		),
		({ cooperationId }) => cooperationId
	);
	return {
		count,
		pages: Math.max(1, Math.ceil(count / size)),
		publications: rows.map((row) => {
			const { content } = row;
			const carrying = inOrder(
				(partners.get(row.cooperationId) ?? []).filter(({ role }) => carries(role)),
				content.order
			);
			return {
				id: row.id,
				since: row.since!,
				title: content.title,
				place: content.place,
				lead: content.lead,
				path: publicPath({ title: content.title, code: row.code }),
				partners: carrying.map(({ organisationId, name }) => ({ id: organisationId, name }))
			};
		})
	};
}

/** The communes of the associations that carry what is public: what the list is narrowed by. */
export async function listCommunes(context: Context): Promise<{ code: string; name: string }[]> {
	const rows = await context.db
		.selectFrom('publicPages as g')
		.innerJoin('partners as p', 'p.cooperationId', 'g.cooperationId')
		.innerJoin('organisations as o', 'o.id', 'p.organisationId')
		.select(['o.communeCode', 'o.communeName'])
		.distinct()
		.where('p.acceptedAt', 'is not', null)
		.where('p.leftAt', 'is', null)
		.where('p.role', 'in', ['lead', 'carrier', 'associate'])
		.where('o.communeCode', 'is not', null)
		.orderBy('o.communeName')
		.limit(300)
		.execute();
	return rows.map((row) => ({ code: row.communeCode!, name: placeOf(row) ?? row.communeCode! }));
}

/** Who stands with whom on public pages, where anybody may read it: of these organisations, with those others. */
export async function listShownTogether(
	{ db }: Pick<Context, 'db'>,
	ours: string[],
	others: string[]
): Promise<{ organisationId: string; with: string }[]> {
	if (!ours.length || !others.length) return [];
	const carrying = ['lead', 'carrier', 'associate'];
	return db
		.selectFrom('publicPages as g')
		.innerJoin('partners as p', 'p.cooperationId', 'g.cooperationId')
		.innerJoin('partners as q', 'q.cooperationId', 'g.cooperationId')
		.innerJoin('organisations as o', 'o.id', 'p.organisationId')
		.select(['q.organisationId', 'o.name as with'])
		.distinct()
		.where('p.organisationId', 'in', ours)
		.where('q.organisationId', 'in', others)
		.whereRef('p.organisationId', '!=', 'q.organisationId')
		.where('p.role', 'in', carrying)
		.where('q.role', 'in', carrying)
		.where('p.acceptedAt', 'is not', null)
		.where('q.acceptedAt', 'is not', null)
		.where('p.leftAt', 'is', null)
		.where('q.leftAt', 'is', null)
		.orderBy('o.name')
		.limit(500)
		.execute();
}
