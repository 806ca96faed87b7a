import { answerIntroduction, sayOutcome } from '#modules/introductions/commands.server.ts';
import { becomeCooperation } from '#modules/introductions/commands/together.server.ts';
import { answerIntroductionForm, becomeForm, outcomeForm } from '#modules/introductions/forms.ts';
import { findIntroduction } from '#modules/introductions/queries.server.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { organisation: string; introduction: string };

async function seen(context: Context, { organisation, introduction }: Params) {
	const { id, name, path, zone } = await findOrganisation(context, organisation);
	return { home: { id, name, path, zone }, introduction: await findIntroduction(context, id, introduction) };
}

export const load = page('signed in', async (context, params: Params) => {
	const { home, introduction } = await seen(context, params);
	return { home, introduction, today: today(context.now, home.zone), newId: newId() };
});

export const actions = {
	answer: action(
		'signed in',
		answerIntroductionForm,
		async (context, input, params: Params) => {
			const { home, introduction } = await seen(context, params);
			await answerIntroduction(context, introduction.id, home.id, input);
			return input;
		},
		{ say: ({ answer }) => (answer === 'yes' ? m.introductions_said_yes() : m.introductions_said_not_now()) }
	),
	become: action(
		'signed in',
		becomeForm,
		async (context, input, params: Params) => {
			const { home, introduction } = await seen(context, params);
			return becomeCooperation(context, introduction.id, home.id, input);
		},
		{ to: ({ path }) => path, say: () => m.cooperations_begun() }
	),
	outcome: action(
		'signed in',
		outcomeForm,
		async (context, input, params: Params) => {
			const { home, introduction } = await seen(context, params);
			await sayOutcome(context, introduction.id, home.id, input);
		},
		{ say: () => m.introductions_outcome_saved() }
	)
};
