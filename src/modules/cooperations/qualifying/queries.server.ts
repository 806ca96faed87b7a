import type { Context } from '#platform/context.server.ts';
import type { Cooperation } from '../queries.server.ts';
import { forThoseInside, namesOfSayers } from '../stages/queries.server.ts';
import { formIds, type FormId } from '#content/forms/forms.ts';
import { isAnswer, questionIds, type Answers } from './rules.ts';

/** How many readings a page shows. */
const shown = 20;

/** What a cooperation was found to be, the last reading first. The answers are the partners' own; the form is for all inside. */
export async function listReadings(context: Context, cooperation: Cooperation, limit = shown) {
	const partner = forThoseInside(context, cooperation) === 'partner';
	const rows = await context.db
		.selectFrom('readings')
		.select(['id', 'answers', 'forms', 'meanwhile', 'readAt as at', 'readBy as by', 'readFor as for'])
		.where('cooperationId', '=', cooperation.id)
		.orderBy('readAt', 'desc')
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
	const saidBy = await namesOfSayers(context, rows);
	return rows.map(({ answers, forms, ...row }) => ({
		...row,
		forms: forms.filter((form): form is FormId => (formIds as readonly string[]).includes(form)),
		answers: partner ? answersOf(answers) : null,
		saidBy: saidBy(row)
	}));
}

/** Stored answers, without what the questions no longer know. */
function answersOf(stored: unknown): Answers {
	const given = stored as Record<string, unknown>;
	return Object.fromEntries(
		questionIds.flatMap((question) => {
			const answer = given[question];
			return typeof answer === 'string' && isAnswer(question, answer) ? [[question, answer]] : [];
		})
	);
}
