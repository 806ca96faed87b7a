import { m } from '#words';
import { day, id, oneOf, optionalText, several, text, ticked, words, z } from '#platform/forms.ts';
import { postures } from './rules.ts';

export const offerForm = z.object({
	helpsWith: text(m.resources_helps_missing, 600),
	topics: words(10),
	area: optionalText(120),
	postures: several(oneOf(postures)).refine((chosen) => chosen.length > 0, { error: () => m.resources_posture_missing() }),
	consent: ticked().refine((given) => given, { error: () => m.resources_consent_missing() })
});
export const withdrawForm = z.object({});
export const askForm = z.object({
	id: id(),
	personId: id(),
	posture: oneOf(postures),
	reason: text(m.resources_reason_missing, 600),
	fromDay: day(),
	toDay: day()
});
export const answerAskForm = z.object({ id: id(), answer: oneOf(['yes', 'no']) });
export const endAskForm = z.object({ id: id() });
