import { sql } from 'kysely';
import { abbreviations } from '#content/search/abbreviations.ts';
import type { Context } from '#platform/context.server.ts';
import { holds, understand, wordsOf, type Asked as Question } from '#platform/database/text-search.server.ts';
import { communeOf } from '#modules/needs/queries.server.ts';
import { communesAround } from '#modules/territories/queries/nearby.server.ts';
import { placeMeant } from '#modules/territories/queries/areas.server.ts';
import { centresOf } from '#modules/territories/queries/places.server.ts';
import { kilometres } from '#modules/territories/rules/points.ts';
import type { Asked } from '../forms.ts';
import { listedIdeas, pathOf } from '../queries.server.ts';
import { stateOf, states, type State } from '../rules.ts';

export const pageSize = 20;

type Understood = { asked: Asked; question: Question | null; nearly: boolean; codes: string[] | null };

const stateIs = (state: State) =>
	({
		open: sql<boolean>`i.cooperation_id is null and i.asleep_at is null`,
		asleep: sql<boolean>`i.cooperation_id is null and i.asleep_at is not null`,
		became: sql<boolean>`i.cooperation_id is not null`
	})[state];

/** The ideas that answer; what is left out is counted over what the rest leaves. */
function narrowed(context: Context, { asked, question, nearly, codes }: Understood, but?: 'state' | 'theme') {
	let query = listedIdeas(context);
	if (question) query = query.where(holds(question, 'i.words', nearly));
	if (codes) query = query.where(sql<boolean>`i.commune_code = any(${codes}::text[])`);
	if (asked.theme && but !== 'theme') query = query.where(sql<boolean>`plain_words(i.themes) @> array[plain(${asked.theme})]`);
	if (asked.state && but !== 'state') query = query.where(stateIs(asked.state));
	return query;
}

async function understood(context: Context, asked: Asked) {
	const { db } = context;
	const words = asked.words ? wordsOf(asked.words) : null;
	const question = Array.isArray(words) ? await understand(db, words, abbreviations) : null;
	const place = asked.place ? await placeMeant(db, asked.place, asked.km) : null;
	const here = await communeOf(context);
	const around = !asked.place && asked.km !== null && here ? await communesAround(db, here, asked.km, 2000) : null;
	const is: Understood = {
		asked,
		question,
		nearly: false,
		codes: place ? place.codes : around ? around.map(({ code }) => code) : null
	};
	if (question?.words.some(({ near }) => near.length)) {
		const exactly = await narrowed(context, is).select('i.id').limit(1).executeTakeFirst();
		is.nearly = !exactly;
	}
	return { is, place, here };
}

/** How many ideas a kept view holds. */
export const countIdeas = async (context: Context, asked: Asked): Promise<number> =>
	(
		await narrowed(context, (await understood(context, asked)).is)
			.select(sql<number>`count(*)::int`.as('count'))
			.executeTakeFirstOrThrow()
	).count;

/** A page of ideas, the latest first, from the one after which it begins; how many there are in each state and of each theme. */
export async function listIdeas(context: Context, asked: Asked) {
	const { db } = context;
	const { is, place, here } = await understood(context, asked);
	const last = asked.after
		? await db.selectFrom('ideas').select(['publishedAt', 'id']).where('code', '=', asked.after).executeTakeFirst()
		: undefined;
	let page = narrowed(context, is);
	if (last?.publishedAt)
		page = page.where(sql<boolean>`(i.published_at, i.id) < (${last.publishedAt}::timestamptz, ${last.id}::uuid)`);
	const rows = await page
		.select(['i.id', 'i.code', 'i.text', 'i.communeCode', 'i.communeName', 'i.forWhom', 'i.publishedAt', 'i.asleepAt'])
		.select(['i.becameAt', 'i.themes'])
		.select(
			sql<number>`(select count(*)::int from idea_voices v where v.idea_id = i.id and v.left_at is null and v.confirmed_at is not null
				and not v.dropped)`.as('joined')
		)
		.orderBy('i.publishedAt', 'desc')
		.orderBy('i.id', 'desc')
		.limit(pageSize + 1)
		.execute();
	const counted = await narrowed(context, is, 'state')
		.select(states.map((state) => sql<number>`(count(*) filter (where ${stateIs(state)}))::int`.as(state)))
		.executeTakeFirstOrThrow();
	const counts = counted as Record<State, number>;
	const themes = await db
		.selectFrom(narrowed(context, is, 'theme').select('i.themes').as('f'))
		.innerJoin(sql<{ theme: string }>`lateral unnest(f.themes)`.as<'t'>(sql`t(theme)`), (join) => join.onTrue())
		.select(['t.theme', sql<number>`count(*)::int`.as('count')])
		.groupBy('t.theme')
		.orderBy('count', 'desc')
		.orderBy('t.theme')
		.limit(30)
		.execute();
	const centres = await centresOf(db);
	const from = place?.from ?? (here ? centres.get(here) : undefined);
	return {
		ideas: rows.slice(0, pageSize).map((row) => {
			const point = row.communeCode ? centres.get(row.communeCode) : undefined;
			return { ...row, path: pathOf(row), state: stateOf(row), km: from && point ? kilometres(from, point) : null };
		}),
		next: rows.length > pageSize ? rows[pageSize - 1]!.code : null,
		counts,
		count: asked.state ? counts[asked.state] : counts.open + counts.asleep + counts.became,
		themes,
		place: place && { said: place.said, found: place.area !== null, nearly: place.nearly ? place.area!.name : null },
		canMeasure: asked.place !== null || here !== null
	};
}
