import { m } from '#words';
import { id, optionalId, text, z } from '#platform/forms.ts';

/** One answer, on the page of its question. */
export const answerForm = z.object({ answer: text(m.cooperations_form_answer_missing, 40) });

/** A reading is kept once: its id is made with the page. `after` is the reading that stood when one began. */
export const readingForm = z.object({
	id: id(),
	answers: text(m.cooperations_form_answer_missing, 200),
	after: optionalId(),
	actingFor: optionalId()
});
