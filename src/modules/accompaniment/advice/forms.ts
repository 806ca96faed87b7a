import { m } from '#words';
import { preceptIds } from '#content/advice/precepts.ts';
import { id, oneOf, optionalId, optionalText, text, z } from '#platform/forms.ts';
import { adviceStates } from './rules.ts';

/** The id is made with the page: a form sent twice advises once. */
export const adviseForm = z.object({
	id: id(),
	precept: oneOf(preceptIds, m.accompaniment_advice_precept_missing),
	text: text(m.accompaniment_advice_text_missing, 1000),
	/** Nobody chosen: all the partners. */
	organisationId: optionalId()
});

/** One click: who answers, and what they make of it. */
export const answerAdviceForm = z.object({
	adviceId: id(),
	organisationId: id(),
	state: oneOf(adviceStates, m.accompaniment_advice_state_missing),
	reason: optionalText(300)
});

/** The same from one's home, where the cooperation has to be said. */
export const answerAdviceHereForm = answerAdviceForm.extend({ cooperationId: id() });
