import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { worthKeys, type WorthKey } from '#content/worth/questions.ts';
import type { Answer } from './rules.ts';

/** Every read of this subject starts here: what the actor's own organisations asked themselves. Nobody else reads a word of it. */
const visibleWeighings = (context: Context) => {
	const mine = organisationsOf(context.actor);
	return context.db.selectFrom('weighings as w').where('w.organisationId', 'in', orNobody(mine));
};

/** What an organisation answered about a cooperation, the last time first. */
export async function listWeighings(context: Context, cooperationId: string, organisationId: string) {
	const rows = await visibleWeighings(context)
		.select(['w.id', 'w.minutes', 'w.madeAt', 'w.madeBy'])
		.where('w.cooperationId', '=', cooperationId)
		.where('w.organisationId', '=', organisationId)
		.orderBy('w.madeAt', 'desc')
		.orderBy('w.id', 'desc')
		.limit(24)
		.execute();
	if (!rows.length) return [];
	const said = await context.db
		.selectFrom('weighingAnswers')
		.select(['weighingId', 'question', 'answer', 'words'])
		.where(
			'weighingId',
			'in',
			rows.map(({ id }) => id)
		)
		.execute();
	const persons = await namesOfPersons(
		context.db,
		rows.flatMap(({ madeBy }) => madeBy ?? [])
	);
	return rows.map(({ madeBy, ...row }) => ({
		...row,
		who: madeBy ? (persons.get(madeBy) ?? null) : null,
		said: worthKeys.flatMap((key) =>
			said
				.filter(({ weighingId, question }) => weighingId === row.id && question === key)
				.map(({ question, answer, words }) => ({ question: question as WorthKey, answer: answer as Answer, words }))
		)
	}));
}

/** The hours a month that organisations of the actor last said that they had for each of their cooperations. */
export const listDeclared = (context: Context, organisationIds: string[]) =>
	visibleWeighings(context)
		.select(['w.organisationId', 'w.cooperationId', 'w.minutes'])
		.distinctOn(['w.organisationId', 'w.cooperationId'])
		.where('w.organisationId', 'in', orNobody(organisationIds))
		.where('w.minutes', 'is not', null)
		.orderBy('w.organisationId')
		.orderBy('w.cooperationId')
		.orderBy('w.madeAt', 'desc')
		.limit(1000)
		.execute();
