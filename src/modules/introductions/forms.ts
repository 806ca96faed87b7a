import { m } from '#words';
import { id, oneOf, several, text, z } from '#platform/forms.ts';
import { answers, outcomes } from './rules.ts';

export const introduceForm = z.object({
	id: id(),
	reason: text(m.introductions_reason_missing, 1000),
	organisations: several(id(), 20)
});
export const answerIntroductionForm = z.object({ answer: oneOf(answers) });
/** The page makes the number of the cooperation, so that a form sent twice begins one. */
export const becomeForm = z.object({ id: id(), what: text(m.cooperations_what_missing, 500) });
export const outcomeForm = z.object({ outcome: oneOf(outcomes) });
