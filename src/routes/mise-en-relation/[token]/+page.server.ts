import { answerIntroduction, sayOutcome } from '#modules/introductions/commands.server.ts';
import { answerIntroductionForm, outcomeForm } from '#modules/introductions/forms.ts';
import { findIntroductionOfLink } from '#modules/introductions/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

async function seen(context: Context) {
	const { actor } = context;
	if (actor.is !== 'link' || !actor.organisationId) throw new NotFound('link');
	return { introduction: await findIntroductionOfLink(context), organisationId: actor.organisationId };
}

export const load = page('by link', async (context) => ({ introduction: (await seen(context)).introduction }));

export const actions = {
	answer: action(
		'by link',
		answerIntroductionForm,
		async (context, input) => {
			const { introduction, organisationId } = await seen(context);
			await answerIntroduction(context, introduction.id, organisationId, input);
			return input;
		},
		{ say: ({ answer }) => (answer === 'yes' ? m.introductions_said_yes() : m.introductions_said_not_now()) }
	),
	outcome: action(
		'by link',
		outcomeForm,
		async (context, input) => {
			const { introduction, organisationId } = await seen(context);
			await sayOutcome(context, introduction.id, organisationId, input);
		},
		{ say: () => m.introductions_outcome_saved() }
	)
};
