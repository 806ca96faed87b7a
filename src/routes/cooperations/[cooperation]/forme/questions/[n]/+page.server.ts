import { keepReading } from '#modules/cooperations/qualifying/commands.server.ts';
import { answerForm, readingForm } from '#modules/cooperations/qualifying/forms.ts';
import { answersAs, answersIn, isAnswer, questionIds, readForm } from '#modules/cooperations/qualifying/rules.ts';
import { mayTakePart, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string; n: string };

/** What the address carries: the answers so far, and the reading that stood when one began. */
const carried = (url: URL) => ({
	answers: answersIn(url.searchParams.get('reponses') ?? ''),
	after: /^[\da-f-]{36}$/.exec(url.searchParams.get('apres') ?? '')?.[0] ?? null
});
const addressOf = (n: number, answers: string, after: string | null) =>
	`${n}?reponses=${answers}${after ? `&apres=${after}` : ''}`;

export const load = page('signed in', async (context, params: Params, url) => {
	const cooperation = await findCooperation(context, params.cooperation);
	if (!mayTakePart(context.actor, cooperation)) throw new Forbidden();
	const n = Number(params.n);
	if (!Number.isInteger(n) || n < 1 || n > questionIds.length + 1) throw new NotFound();
	const { answers, after } = carried(url);
	const so = answersAs(answers);
	return {
		cooperation,
		n,
		answers,
		so,
		after,
		back: n > 1 ? addressOf(n - 1, so, after) : null,
		changes: questionIds.map((_, i) => addressOf(i + 1, so, after)),
		reading: readForm(answers),
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation)),
		newReading: newId()
	};
});

export const actions = {
	answer: action(
		'signed in',
		answerForm.extend({ reponses: readingForm.shape.answers.optional(), apres: readingForm.shape.after }),
		async (context, { answer, reponses, apres }, { cooperation: at, n }: Params) => {
			const cooperation = await findCooperation(context, at);
			if (!mayTakePart(context.actor, cooperation)) throw new Forbidden();
			const question = questionIds[Number(n) - 1];
			if (!question) throw new NotFound();
			if (!isAnswer(question, answer)) throw new Refused('cooperations.form-answer-missing', {}, 'answer');
			const answers = { ...answersIn(reponses ?? ''), [question]: answer };
			return `${cooperation.path}/forme/questions/${addressOf(Number(n) + 1, answersAs(answers), apres)}`;
		},
		{ to: (path) => path }
	),
	keep: action(
		'signed in',
		readingForm,
		async (context, input, { cooperation: at }: Params) => {
			const cooperation = await findCooperation(context, at);
			return { ...(await keepReading(context, cooperation.id, input)), path: `${cooperation.path}/forme` };
		},
		{
			to: ({ path }) => path,
			say: ({ meanwhile }) => (meanwhile ? m.cooperations_form_meanwhile() : m.cooperations_form_kept())
		}
	)
};
