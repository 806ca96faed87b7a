import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { today } from '#platform/clock.ts';
import { namesOfCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { mayAskIn } from './policy.ts';
import { standingOf, type Posture } from './rules.ts';

const nobody = '00000000-0000-0000-0000-000000000000';
const me = ({ actor }: Context) => (actor.is === 'person' ? actor.id : nobody);

/** Every read of the list starts here: those who agreed to be on it, for those who signed in. */
const visibleResourcePeople = (context: Context) =>
	context.db
		.selectFrom('resourcePeople as r')
		.innerJoin('persons as p', 'p.id', 'r.personId')
		.where('r.unlistedAt', 'is', null)
		.where('p.erasedAt', 'is', null)
		.$if(context.actor.is !== 'person', (query) => query.where(sql<boolean>`false`));

export const peopleOnAPage = 24;

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

/** Who was asked into a cooperation, for its partners and the house that accompanies it. */
export async function listAsks(context: Context, cooperation: Cooperation) {
	if (!mayAskIn(context.actor, cooperation) && !cooperation.accompanied) return [];
	const rows = await context.db
		.selectFrom('resourceAsks as a')
		.innerJoin('persons as p', 'p.id', 'a.personId')
		.select([
			'a.id',
			'a.personId',
			'p.name',
			'a.posture',
			'a.reason',
			'a.fromDay',
			'a.toDay',
			'a.askedAt',
			'a.answer',
			'a.endedAt'
		])
		.where('a.cooperationId', '=', cooperation.id)
		.orderBy('a.fromDay', 'desc')
		.limit(50)
		.execute();
	const day = today(context.now, cooperation.zone);
	return rows.map((row) => ({ ...row, posture: row.posture as Posture, standing: standingOf(row, day) }));
}

/** What one was asked, and has not answered, or does today. */
export async function listMyAsks(context: Context) {
	const rows = await context.db
		.selectFrom('resourceAsks as a')
		.innerJoin('organisations as o', 'o.id', 'a.askedFor')
		.innerJoin('cooperations as c', 'c.id', 'a.cooperationId')
		.select(['a.id', 'a.cooperationId', 'c.name as cooperation', 'c.sentence', 'o.name as by', 'a.posture', 'a.reason'])
		.select(['a.fromDay', 'a.toDay', 'a.answer', 'a.endedAt'])
		.where('a.personId', '=', me(context))
		.where('a.endedAt', 'is', null)
		.where('a.toDay', '>=', today(context.now, 'Europe/Paris'))
		.orderBy('a.fromDay')
		.limit(20)
		.execute();
	const day = today(context.now, 'Europe/Paris');
	return rows.map((row) => ({ ...row, posture: row.posture as Posture, standing: standingOf(row, day) }));
}

/** What this module holds about oneself, for the export. */
export async function listOwnHelp(context: Context) {
	const { db, actor } = context;
	if (actor.is !== 'person') return null;
	const asks = await db
		.selectFrom('resourceAsks')
		.select(['cooperationId', 'posture', 'reason', 'fromDay', 'toDay', 'askedAt', 'answer', 'endedAt'])
		.where((eb) => eb.or([eb('personId', '=', actor.id), eb('askedBy', '=', actor.id), eb('endedBy', '=', actor.id)]))
		.orderBy('askedAt')
		.execute();
	const names = await namesOfCooperations(context, [...new Set(asks.map(({ cooperationId }) => cooperationId))]);
	const of = new Map(names.map(({ id, name }) => [id, name]));
	return {
		offer: await findMyOffer(context),
		asks: asks.map(({ cooperationId, ...ask }) => ({ cooperation: of.get(cooperationId) ?? null, ...ask }))
	};
}
