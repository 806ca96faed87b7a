import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { nobody } from '#platform/ids.ts';
import type { Posture } from './rules.ts';

const me = ({ actor }: Context) => (actor.is === 'person' ? actor.id : nobody);

/** Every read of the list starts here: those who agreed to be on it, for those who signed in. */
const visibleResourcePeople = (context: Context) =>
	context.db
		.selectFrom('resourcePeople as r')
		.innerJoin('persons as p', 'p.id', 'r.personId')
		.where('r.unlistedAt', 'is', null)
		.where('p.erasedAt', 'is', null)
		.$if(context.actor.is !== 'person', (query) => query.where(sql<boolean>`false`));

const peopleOnAPage = 24;

/** One page of the resource people, by name; with words, those whose name, help or place holds them all. */
export async function listResourcePeople(context: Context, { words, page }: { words: string; page: number }) {
	let query = visibleResourcePeople(context);
	for (const one of words.split(/\s+/).filter(Boolean).slice(0, 8))
		query = query.where(
			sql<boolean>`plain(p.name || ' ' || r.helps_with || ' ' || array_to_string(r.topics, ' ') || ' ' || coalesce(r.area, ''))
				like '%' || plain(${one.replace(/[%_\\]/g, '\\$&')}) || '%'`
		);
	const rows = await query
		.select(['p.id', 'p.name', 'r.helpsWith', 'r.topics', 'r.area', 'r.postures'])
		.orderBy(sql`p.name collate "fr-x-icu"`)
		.orderBy('p.id')
		.limit(peopleOnAPage + 1)
		.offset((page - 1) * peopleOnAPage)
		.execute();
	return {
		more: rows.length > peopleOnAPage,
		people: rows.slice(0, peopleOnAPage).map((row) => ({ ...row, postures: row.postures as Posture[] }))
	};
}

/** Whether somebody is on the list, for those who may read it. */
export const isListed = async (context: Context, personId: string): Promise<boolean> =>
	(await visibleResourcePeople(context).select('p.id').where('p.id', '=', personId).executeTakeFirst()) !== undefined;

/** What one says of oneself there; null when one never did, or left. */
export async function findMyOffer(context: Context) {
	const row = await context.db
		.selectFrom('resourcePeople')
		.select(['helpsWith', 'topics', 'area', 'postures', 'agreedTo', 'listedAt', 'unlistedAt'])
		.where('personId', '=', me(context))
		.executeTakeFirst();
	return row ? { ...row, postures: row.postures as Posture[] } : null;
}
