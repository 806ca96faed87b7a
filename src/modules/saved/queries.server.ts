import { sql, type SelectQueryBuilder } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { nobody } from '#platform/ids.ts';
import { mostCounted, mostKept, narrowed } from './rules.ts';

/** Every read of this module starts here: one's own. */
export const ownViews = ({ db, actor }: Context) =>
	db.selectFrom('savedViews').where('personId', '=', actor.is === 'person' ? actor.id : nobody);

// What a list holds at an address: as a query, which is counted together with the others, or as a number.
// oxlint-disable-next-line typescript/no-explicit-any -- each list reads tables of its own
type Held = SelectQueryBuilder<DB, any, object> | number | Promise<number>;

/**
 * What one kept of the list that `url` shows, each with as many things as the list holds today; `held` is that list's own query, so a
 * count says nothing that the page would not show. All that can be counted by queries is counted at once.
 */
export async function listViews(context: Context, url: URL, held: (at: URL) => Held) {
	const here = narrowed(url.pathname + url.search);
	if (!here || context.actor.is !== 'person') return { address: null, current: null, views: [] };
	const rows = await ownViews(context)
		.select(['id', 'name', 'query'])
		.where('place', '=', here.place)
		.orderBy(sql`lower(name)`)
		.orderBy('id')
		.execute();
	const counts = new Map<string, number>();
	const queries: { id: string; query: Exclude<Held, number | Promise<number>> }[] = [];
	for (const { id, query } of rows) {
		const one = held(new URL(`${url.pathname}?${query}`, url));
		if (typeof one === 'number' || one instanceof Promise) counts.set(id, await one);
		else queries.push({ id, query: one });
	}
	if (queries.length) {
		const counted = await context.db
			.selectFrom(sql`(select 1)`.as('once'))
			.select(
				queries.map(({ query }, i) =>
					sql<number>`(select count(*)::int from ${query.select(sql`1`.as('one')).limit(mostCounted + 1)} as found)`.as(`n${i}`)
				)
			)
			.executeTakeFirstOrThrow();
		for (const [i, { id }] of queries.entries()) counts.set(id, (counted as Record<string, number>)[`n${i}`]!);
	}
	const views = rows.map(({ id, name, query }) => {
		const count = counts.get(id)!;
		const href = `${url.pathname}?${query}`;
		return { id, name, href, count: Math.min(count, mostCounted), beyond: count > mostCounted, current: query === here.query };
	});
	return {
		/** What would be kept: nothing when the list is whole. */
		address: here.query ? `${here.place}?${here.query}` : null,
		current: views.find(({ current }) => current)?.name ?? null,
		views
	};
}

export type Views = Awaited<ReturnType<typeof listViews>>;

/** All that one kept, to rename or to remove it. */
export async function listMyViews(context: Context) {
	const rows = await ownViews(context)
		.select(['id', 'place', 'query', 'name'])
		.orderBy('place')
		.orderBy(sql`lower(name)`)
		.limit(mostKept)
		.execute();
	return rows.flatMap(({ id, place, query, name }) => {
		const path = `${place}?${query}`;
		const list = narrowed(path)?.list;
		return list ? [{ id, name, path, list }] : [];
	});
}

/** What this module holds about oneself, for the export. */
export const listOwnViews = async ({ db, actor }: Context) =>
	actor.is === 'person'
		? db
				.selectFrom('savedViews')
				.select(['name', 'place', 'query', 'savedAt'])
				.where('personId', '=', actor.id)
				.orderBy('savedAt')
				.execute()
		: [];
