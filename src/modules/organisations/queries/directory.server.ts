import { sql, type SelectQueryBuilder } from 'kysely';
import { abbreviations } from '#content/search/abbreviations.ts';
import type { Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import {
	excerpt,
	holds,
	inTitle,
	meant,
	ranked,
	understand,
	wordsOf,
	type Asked as Question
} from '#platform/database/text-search.server.ts';
import { centresOf } from '#modules/territories/queries/places.server.ts';
import { placeMeant } from '#modules/territories/queries/areas.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeInFull } from '#modules/territories/rules.ts';
import { kilometres, type Point } from '#modules/territories/rules/points.ts';
import type { Asked } from '../forms.ts';
import { placeOf, shown, summary, visibleOrganisations } from '../queries.server.ts';

type Query = SelectQueryBuilder<DB, 'organisations', object>;
export type Place = Awaited<ReturnType<typeof placeMeant>>;

/** The directory: whoever signed in reads all of it; a stranger reads those that chose to be shown to everyone. */
export const directoryFor = (context: Context): Query =>
	context.actor.is === 'stranger'
		? context.db
				.selectFrom('organisations')
				.where('mergedInto', 'is', null)
				.where(sql<boolean>`'public' = any (shows)`)
		: visibleOrganisations(context);

export const pageSize = 24;
/** Counting stops here: « plus de 1 000 ». */
export const mostCounted = 1000;
/** With words, this many are looked at, the nearest first. */
const mostRanked = 240;

/** What was asked, understood: the words, the place, and whether only mistaken words answer. */
export type Understood = {
	asked: Asked;
	question: Question | null;
	unasked: string | null;
	nearly: boolean;
	place: Place | null;
};

type Facet = 'kind' | 'theme' | 'audience' | 'network';

/** The organisations that answer; a facet left out is counted over what the others leave. */
function narrowed(context: Context, { asked, question, nearly, place }: Understood, but?: Facet): Query {
	let query = directoryFor(context);
	if (question) query = query.where(holds(question, 'words', nearly));
	if (asked.kind && but !== 'kind') query = query.where('kind', '=', asked.kind);
	for (const [facet, column] of [
		['theme', 'themes'],
		['audience', 'audiences'],
		['network', 'networks']
	] as const)
		if (asked[facet] && but !== facet)
			query = query.where(sql<boolean>`plain_words(${sql.ref(column)}) @> array[plain(${asked[facet]})]`);
	if (place) {
		const abroad = place.area?.abroad;
		query = query.where((is) =>
			is.or([
				sql<boolean>`commune_code = any(${place.codes}::text[])`,
				...(abroad
					? [
							sql<boolean>`commune_code is null and (trim(bare(commune_name)) = ${abroad.nameKey} or postcode = any(${abroad.postcodes}::text[]))`
						]
					: [])
			])
		);
	}
	return query;
}

/** Understands what was asked: a place that nothing is called leaves nothing. */
export async function understandDirectory(context: Context, asked: Asked): Promise<Understood> {
	const words = asked.words ? wordsOf(asked.words) : null;
	const question = Array.isArray(words) ? await understand(context.db, words, abbreviations) : null;
	const place = asked.place ? await placeMeant(context.db, asked.place, asked.km) : null;
	const understood = { asked, question, unasked: typeof words === 'string' ? words : null, nearly: false, place };
	if (!question || !question.words.some(({ near }) => near.length)) return understood;
	const exactly = await narrowed(context, understood).select('id').limit(1).executeTakeFirst();
	return { ...understood, nearly: !exactly };
}

const bounded = async (query: Query): Promise<number> =>
	(
		await query
			.clearSelect()
			.select('id')
			.limit(mostCounted + 1)
			.execute()
	).length;

/** How many organisations answer, as far as one counts. */
export const countDirectory = async (context: Context, asked: Asked): Promise<number> =>
	bounded(narrowed(context, await understandDirectory(context, asked)));

const shownHere = [...shown, 'themes', 'audiences', 'networks', 'shows', 'lives'] as const;

/**
 * One page of the directory: by name, or the nearest first when words were asked; those without any sign of life last. Each with what matched, and how far
 * it is.
 */
export async function listDirectory(context: Context, understood: Understood, page: number) {
	const { question, place } = understood;
	const query = narrowed(context, understood);
	const count = await bounded(query);
	const within = Math.min(count, question ? mostRanked : mostCounted);
	const pages = Math.max(1, Math.ceil(within / pageSize));
	const at = Math.min(page, pages);
	const from = (at - 1) * pageSize;
	const texts = (row: { name: string; shortName: string | null; purpose: string | null; themes: string[] }) => ({
		title: [row.name, row.shortName].filter(Boolean).join(', '),
		text: [row.purpose, row.themes.join(', ')].filter(Boolean).join('. ')
	});
	const rows = question
		? ranked(
				question,
				(
					await query
						.select(shownHere)
						.orderBy('lives', 'desc')
						.orderBy(inTitle(question, 'words'), 'desc')
						.orderBy('id')
						.limit(mostRanked)
						.execute()
				).map((row) => ({ ...row, ...texts(row) }))
			)
				.toSorted((a, b) => Number(b.lives) - Number(a.lives))
				.slice(from, from + pageSize)
		: await query
				.select(shownHere)
				.orderBy('lives', 'desc')
				.orderBy(sql`name collate "fr-x-icu"`)
				.orderBy('id')
				.limit(pageSize)
				.offset(from)
				.execute();
	const centres = place?.from ? await centresOf(context.db) : null;
	const organisations = rows.map((row) => {
		const { title, text } = texts(row);
		const point = centres?.get(row.communeCode ?? '');
		return {
			...summary(row),
			themes: row.themes,
			lives: row.lives,
			everyone: row.shows.includes('public'),
			marked: question
				? { title: excerpt(question, title), text: excerpt(question, text), place: excerpt(question, placeOf(row) ?? '') }
				: null,
			km: point && place?.from ? Math.round(kilometres(place.from, point)) : null
		};
	});
	return {
		organisations,
		count: Math.min(count, mostCounted),
		beyond: count > mostCounted,
		page: at,
		pages,
		meant: question
			? meant(
					question,
					rows.slice(0, 10).map((row) => ({ title: `${row.name} ${placeOf(row) ?? ''}`, text: texts(row).text }))
				)
			: null
	};
}

/** What narrows further, each with how many organisations it leaves. */
export async function listFacets(context: Context, understood: Understood) {
	const kinds = await narrowed(context, understood, 'kind')
		.select(['kind', sql<number>`count(*)::int`.as('count')])
		.groupBy('kind')
		.orderBy('count', 'desc')
		.orderBy('kind')
		.execute();
	const words = (facet: Facet, column: 'themes' | 'audiences' | 'networks') =>
		context.db
			.selectFrom(
				narrowed(context, understood, facet)
					.select(sql<string>`unnest(${sql.ref(column)})`.as('word'))
					.as('said')
			)
			.select([sql<string>`min(word)`.as('word'), sql<number>`count(*)::int`.as('count')])
			.groupBy(sql`plain(word)`)
			.orderBy('count', 'desc')
			.orderBy(sql`plain(word)`)
			.limit(10)
			.execute();
	return {
		kinds,
		themes: await words('theme', 'themes'),
		audiences: await words('audience', 'audiences'),
		networks: await words('network', 'networks')
	};
}

export type OnMap = { code: string; name: string; point: Point; count: number };

/** How many organisations answer in each commune whose centre is known; and how many stand nowhere on a map. */
export async function placeDirectory(context: Context, understood: Understood): Promise<{ towns: OnMap[]; nowhere: number }> {
	const rows = await narrowed(context, understood)
		.select(['communeCode', sql<number>`count(*)::int`.as('count')])
		.groupBy('communeCode')
		.execute();
	const centres = await centresOf(context.db);
	let nowhere = 0;
	const towns = rows.flatMap(({ communeCode, count }) => {
		const commune = communeCode ? findCommune(communeCode) : null;
		const point = commune && centres.get(commune.code);
		if (commune && point) return [{ code: commune.code, name: communeInFull(commune), point, count }];
		nowhere += count;
		return [];
	});
	return { towns: towns.toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)), nowhere };
}

export type Taken = Awaited<ReturnType<typeof takeDirectory>>[number];

/** The next organisations for a file that somebody takes away, after the last one; with how to reach each only as far as it agreed. */
export async function takeDirectory(
	context: Context,
	understood: Understood,
	after: { name: string; id: string } | null,
	limit: number
) {
	const rows = await narrowed(context, understood)
		.select([...shownHere, 'website', 'email', 'phone', 'updatedAt'])
		.$if(after !== null, (query) =>
			query.where(sql<boolean>`(name collate "fr-x-icu", id) > (${after!.name} collate "fr-x-icu", ${after!.id}::uuid)`)
		)
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.limit(limit)
		.execute();
	const centres = await centresOf(context.db);
	return rows.map(({ website, email, phone, shows, ...row }) => ({
		...row,
		...summary(row),
		website: shows.includes('website') ? website : null,
		email: shows.includes('email') ? email : null,
		phone: shows.includes('phone') ? phone : null,
		point: (row.communeCode && centres.get(findCommune(row.communeCode)?.code ?? '')) || null
	}));
}
