import { sql, type RawBuilder } from 'kysely';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { excerpt, inTitle, meant, ranked } from '#platform/database/text-search.server.ts';
import { communesOutside, outsideOf } from '#modules/territories/queries/outside.server.ts';
import { centresOf } from '#modules/territories/queries/places.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeInFull } from '#modules/territories/rules.ts';
import { kilometres, type Point } from '#modules/territories/rules/points.ts';
import type { At, Cursor } from '../forms.ts';
import { placeOf, shown, summary } from '../queries.server.ts';
import { answering, directoryFor, wordFacets, type Query, type Understood } from './asked.server.ts';

export const pageSize = 24;
/** Counting stops here: « plus de 1 000 ». */
export const mostCounted = 1000;
/** With words, this many are looked at, the nearest first; all of them are listed by name. */
const mostRanked = 240;

/** The organisations that answer, as far as one counts. */
const bounded = async (query: Query): Promise<string[]> =>
	(
		await query
			.clearSelect()
			.select('id')
			.limit(mostCounted + 1)
			.execute()
	).map(({ id }) => id);

/** How many organisations answer, as far as one counts. */
export const countDirectory = async (context: Context, understood: Understood): Promise<number> =>
	(await bounded(answering(context, understood))).length;

const shownHere = [...shown, 'themes', 'audiences', 'networks', 'shows', 'lives'] as const;

/** Where an organisation stands in the list, for PostgreSQL: those that live first, then by name. */
const position = sql`(not lives, name collate "fr-x-icu", id)`;
const beyond = ({ lives, name, id }: Cursor, back: boolean): RawBuilder<boolean> =>
	sql<boolean>`${position} ${sql.raw(back ? '<' : '>')} (${!lives}::boolean, ${name} collate "fr-x-icu", ${id}::uuid)`;
const inOrder = (query: Query, back = false): Query => {
	const way = back ? 'desc' : 'asc';
	return query
		.orderBy(sql`not lives`, way)
		.orderBy(sql`name collate "fr-x-icu"`, way)
		.orderBy('id', way);
};

/**
 * The organisations after one, or before one, in the order of the list: a page, and whether there is something on either side.
 * Whatever is added in between moves nothing; an organisation that is gone still marks its place.
 */
async function pageOf(query: Query, { after, before }: Pick<At, 'after' | 'before'>) {
	const read = (from: Cursor | null, back: boolean, most: number) =>
		inOrder(from ? query.where(beyond(from, back)) : query, back)
			.select(shownHere)
			.limit(most)
			.execute();
	const isThere = async (from: Cursor, back: boolean) => (await read(from, back, 1)).length > 0;
	const backwards = before ? await read(before, true, pageSize + 1) : [];
	// fewer than a page before it: the first page
	if (backwards.length > pageSize) {
		const rows = backwards.slice(0, pageSize).toReversed();
		return { rows, before: true, after: await isThere(rows.at(-1)!, false) };
	}
	const forwards = await read(before ? null : after, false, pageSize + 1);
	if (!forwards.length && after && !before) {
		const rows = (await read(null, true, pageSize)).toReversed();
		return { rows, before: rows.length > 0 && (await isThere(rows[0]!, true)), after: false };
	}
	const rows = forwards.slice(0, pageSize);
	return {
		rows,
		before: after !== null && !before && (await isThere(rows[0]!, true)),
		after: forwards.length > pageSize
	};
}

/**
 * One page of the directory: by name, or the nearest first when words were asked; those without any sign of life last. Each with what
 * matched, and how far it is. By name there is no last page but the last; the nearest are so many.
 */
export async function listDirectory(context: Context, understood: Understood, { page, after, before }: At) {
	const { asked, question, marking, place } = understood;
	const all = answering(context, understood);
	const counted = await bounded(all);
	const count = counted.length;
	// few enough to be known: none of the others is looked at
	const query = count > mostCounted ? all : directoryFor(context).where(sql<boolean>`id = any(${counted}::uuid[])`);
	const byNearness = question !== null && !asked.byName;
	const pages = byNearness ? Math.max(1, Math.ceil(Math.min(count, mostRanked) / pageSize)) : 1;
	const at = Math.min(page, pages);
	const texts = (row: { name: string; shortName: string | null; purpose: string | null; themes: string[] }) => ({
		title: [row.name, row.shortName].filter(Boolean).join(', '),
		text: [row.purpose?.replace(/\.$/, ''), row.themes.join(', ')].filter(Boolean).join('. ')
	});
	const byName = byNearness ? null : await pageOf(query, { after, before });
	const rows =
		byName?.rows ??
		ranked(
			question!,
			(
				await query
					.select(shownHere)
					.orderBy('lives', 'desc')
					.orderBy(inTitle(question!, 'words'), 'desc')
					.orderBy('id')
					.limit(mostRanked)
					.execute()
			).map((row) => ({ ...row, ...texts(row) }))
		)
			.toSorted((a, b) => Number(b.lives) - Number(a.lives))
			.slice((at - 1) * pageSize, at * pageSize);
	const pointOf = place?.from ? await pointsOf(context.db) : null;
	const organisations = rows.map((row) => {
		const { title, text } = texts(row);
		const point = pointOf?.(row);
		return {
			...summary(row),
			themes: row.themes,
			lives: row.lives,
			everyone: row.shows.includes('public'),
			marked: marking
				? { title: excerpt(marking, title), text: excerpt(marking, text), place: excerpt(marking, placeOf(row) ?? '') }
				: null,
			km: point && place?.from ? Math.round(kilometres(place.from, point)) : null
		};
	});
	const cursor = (row: Cursor | undefined): Cursor | null => (row ? { lives: row.lives, name: row.name, id: row.id } : null);
	return {
		organisations,
		count: Math.min(count, mostCounted),
		beyond: count > mostCounted,
		byNearness,
		ranked: mostRanked,
		/** More answer than are ranked: the others are found by name. */
		unranked: byNearness && count > mostRanked,
		page: at,
		pages,
		before: byName?.before ? cursor(rows[0]) : null,
		after: byName?.after ? cursor(rows.at(-1)) : null,
		meant: marking
			? meant(
					marking,
					rows.slice(0, 10).map((row) => ({ title: `${row.name} ${placeOf(row) ?? ''}`, text: texts(row).text }))
				)
			: null
	};
}

/** The words that a facet offers. */
const mostOffered = 10;

/**
 * What narrows further, each with how many organisations it leaves. Those that answer are read once, for all facets of which nothing
 * is chosen; words are counted by their combinations, which are few.
 */
export async function listFacets(context: Context, understood: Understood) {
	const { asked } = understood;
	const facets = ['kind', 'themes', 'audiences', 'networks'] as const;
	const over = (facet: Parameters<typeof answering>[2]) =>
		asked[facet!] ? sql`(${answering(context, understood, facet).select(facets)})` : sql`found`;
	const [themes, audiences, networks] = wordFacets.map(
		([facet, column]) =>
			sql<Counted[]>`(select coalesce(json_agg(json_build_object('word', word, 'count', count)), '[]') from (
				select (array_agg(word order by count desc, word))[1] as word, sum(count)::int as count
				from (select ${sql.ref(column)} as words, count(*) from ${over(facet)} as these where ${sql.ref(column)} <> '{}' group by 1) as said,
					lateral (select distinct on (plain(one)) plain(one) as key, one as word from unnest(words) one order by 1, 2) as each
				group by key order by 2 desc, key limit ${mostOffered}) as most)`
	);
	const rows = await ask(
		context.db,
		sql<{
			kinds: { kind: string; count: number }[];
			themes: Counted[];
			audiences: Counted[];
			networks: Counted[];
		}>`
		with found as materialized (${answering(context, understood).select(facets)})
		select (select coalesce(json_agg(json_build_object('kind', kind, 'count', count)), '[]') from (
				select kind, count(*)::int as count from ${over('kind')} as these group by kind order by 2 desc, kind) as most) as kinds,
			${themes} as themes, ${audiences} as audiences, ${networks} as networks`
	);
	return rows[0]!;
}
type Counted = { word: string; count: number };

export type OnMap = { code: string; name: string; point: Point; count: number };

/** How many organisations answer in each commune whose centre is known; and how many stand nowhere on a map. */
export async function placeDirectory(context: Context, understood: Understood): Promise<{ towns: OnMap[]; nowhere: number }> {
	const abroad = <C extends 'communeName' | 'postcode'>(column: C) =>
		sql<string | null>`case when commune_code is null then ${sql.ref(column)} end`.as(column);
	const rows = await answering(context, understood)
		.select(['communeCode', abroad('communeName'), abroad('postcode'), sql<number>`count(*)::int`.as('count')])
		.groupBy([sql`1`, sql`2`, sql`3`])
		.execute();
	return onMap(context.db, rows);
}

type Standing = { communeCode: string | null; communeName?: string | null; postcode?: string | null };

/** Where something stands: a commune of today, or one abroad that an administrator brought, with its centre; null when it is not known. */
async function standing(db: Reader): Promise<(row: Standing) => Pick<OnMap, 'code' | 'name' | 'point'> | null> {
	const centres = await centresOf(db);
	const outsides = await communesOutside(db);
	return ({ communeCode, communeName = null, postcode = null }) => {
		const commune = communeCode ? findCommune(communeCode) : null;
		const point = commune && centres.get(commune.code);
		if (commune) return point ? { code: commune.code, name: communeInFull(commune), point } : null;
		const outside = communeCode ? outsides.byKey.get(communeCode) : outsideOf(outsides, communeName, postcode);
		return outside?.point ? { code: outside.key, name: outside.name, point: outside.point } : null;
	};
}

/** The centre of the commune where something stands. */
export async function pointsOf(db: Reader): Promise<(row: Standing) => Point | null> {
	const where = await standing(db);
	return (row) => where(row)?.point ?? null;
}

/** Counts by commune as a map shows them: a commune of today once, those whose centre is not known apart. */
export async function onMap(
	db: Reader,
	rows: readonly (Standing & { count: number })[]
): Promise<{ towns: OnMap[]; nowhere: number }> {
	const where = await standing(db);
	let nowhere = 0;
	const towns = new Map<string, OnMap>();
	for (const row of rows) {
		const there = where(row);
		if (!there) nowhere += row.count;
		else towns.set(there.code, { ...there, count: row.count + (towns.get(there.code)?.count ?? 0) });
	}
	return { towns: [...towns.values()].toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)), nowhere };
}

export type Taken = Awaited<ReturnType<typeof takeDirectory>>[number];

/** The next organisations for a file that somebody takes away, after the last one; with how to reach each only as far as it agreed. */
export async function takeDirectory(context: Context, understood: Understood, after: Cursor | null, limit: number) {
	const query = answering(context, understood);
	const rows = await inOrder(after ? query.where(beyond(after, false)) : query)
		.select([...shownHere, 'website', 'email', 'phone', 'updatedAt'])
		.limit(limit)
		.execute();
	const pointOf = await pointsOf(context.db);
	return rows.map((row) => ({
		...row,
		...summary(row),
		...agreed(row),
		point: pointOf(row)
	}));
}

type Reached = { website: string | null; email: string | null; phone: string | null };

/** How to reach an organisation, as far as it agreed to say it outside. */
const agreed = ({ website, email, phone, shows }: Reached & { shows: string[] }): Reached => ({
	website: shows.includes('website') ? website : null,
	email: shows.includes('email') ? email : null,
	phone: shows.includes('phone') ? phone : null
});

/** The same of one organisation; null when who asks may not read it in the directory. */
export async function findReached(context: Context, organisationId: string): Promise<Reached | null> {
	const row = await directoryFor(context)
		.select(['website', 'email', 'phone', 'shows'])
		.where('id', '=', organisationId)
		.executeTakeFirst();
	return row ? agreed(row) : null;
}
