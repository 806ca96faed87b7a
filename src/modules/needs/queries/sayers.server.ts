import { sql, type Expression } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { holds, type Asked as Question } from '#platform/database/text-search.server.ts';
import { openNeeds, pathOf } from '../queries.server.ts';
import type { Kind, Side } from '../rules.ts';

/** The organisations that look for something of a kind, or offer some, as far as the asker may read it. */
export const sayersOf = (context: Context, side: Side, kind: Kind) =>
	openNeeds(context).select('n.organisationId').where('n.side', '=', side).where('n.kind', '=', kind);

/** The organisations of which one need or offer holds the words of a question. */
export const sayersOfWords = (context: Context, question: Question, nearly: boolean) =>
	openNeeds(context)
		.select('n.organisationId')
		.where(holds(question, 'n.words', nearly));

/** How many of these organisations look for something of each kind, or offer some; the most first. */
export async function countSayers(context: Context, side: Side, among: Expression<{ id: string }>) {
	const rows = await openNeeds(context)
		.select(['n.kind', sql<number>`count(distinct n.organisation_id)::int`.as('count')])
		.where('n.side', '=', side)
		.where(sql<boolean>`n.organisation_id in ${among}`)
		.groupBy('n.kind')
		.orderBy('count', 'desc')
		.orderBy('n.kind')
		.execute();
	return rows.map(({ kind, count }) => ({ kind: kind as Kind, count }));
}

const mostSaid = 3;
export type Saying = { side: Side; kind: Kind; text: string; path: string };

/** The sentences of these organisations that answer: of the kinds that were asked for, or that hold the words; a few of each. */
export async function sayingsOf(
	context: Context,
	organisationIds: readonly string[],
	asked: { need: Kind | null; offer: Kind | null; question: Question | null; nearly: boolean }
): Promise<Map<string, Saying[]>> {
	if (!organisationIds.length || !(asked.need || asked.offer || asked.question)) return new Map();
	const rows = await openNeeds(context)
		.select(['n.organisationId', 'n.side', 'n.kind', 'n.text', 'n.code'])
		.where('n.organisationId', 'in', [...organisationIds])
		.where((is) =>
			is.or([
				...(asked.need ? [is.and([is('n.side', '=', 'need'), is('n.kind', '=', asked.need)])] : []),
				...(asked.offer ? [is.and([is('n.side', '=', 'offer'), is('n.kind', '=', asked.offer)])] : []),
				...(asked.question ? [holds(asked.question, 'n.words', asked.nearly)] : [])
			])
		)
		.orderBy('n.changedAt', 'desc')
		.orderBy('n.id', 'desc')
		.limit(organisationIds.length * 20)
		.execute();
	const said = new Map<string, Saying[]>();
	for (const { organisationId, side, kind, text, code } of rows) {
		const some = said.get(organisationId) ?? [];
		if (some.length < mostSaid)
			said.set(organisationId, [...some, { side: side as Side, kind: kind as Kind, text, path: pathOf({ text, code }) }]);
	}
	return said;
}

/** What one organisation says that it looks for and offers, all that the asker may read of it, for a file. */
export async function allSayingsOf(context: Context, organisationIds: readonly string[]): Promise<Map<string, Saying[]>> {
	if (!organisationIds.length) return new Map();
	const rows = await openNeeds(context)
		.select(['n.organisationId', 'n.side', 'n.kind', 'n.text', 'n.code'])
		.where('n.organisationId', 'in', [...organisationIds])
		.orderBy('n.changedAt', 'desc')
		.orderBy('n.id', 'desc')
		.limit(organisationIds.length * 20)
		.execute();
	const said = rows.map(({ organisationId, side, kind, text, code }) => ({
		organisationId,
		saying: { side: side as Side, kind: kind as Kind, text, path: pathOf({ text, code }) }
	}));
	return new Map([...Map.groupBy(said, (one) => one.organisationId)].map(([id, some]) => [id, some.map(({ saying }) => saying)]));
}
