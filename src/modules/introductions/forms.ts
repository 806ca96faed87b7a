import { m } from '#words';
import { id, oneOf, several, text, z } from '#platform/forms.ts';
import { answers, outcomes } from './rules.ts';

export const introduceForm = z.object({
	id: id(),
	reason: text(m.introductions_reason_missing, 1000),
	organisations: several(id(), 20)
});
export const answerIntroductionForm = z.object({ answer: oneOf(answers) });
export const outcomeForm = z.object({ outcome: oneOf(outcomes) });
