import { m } from '#words';
import { day, id, oneOf, text, ticked, z } from '#platform/forms.ts';
import { postures } from '#modules/resources/rules.ts';

export const askForm = z.object({
	id: id(),
	personId: id(),
	posture: oneOf(postures),
	reason: text(m.resources_reason_missing, 600),
	fromDay: day(),
	toDay: day(),
	prepares: ticked()
});
export const answerAskForm = z.object({ id: id(), answer: oneOf(['yes', 'no']) });
export const endAskForm = z.object({ id: id() });
export const prepareForm = z.object({ id: id(), prepares: oneOf(['yes', 'no']) });
