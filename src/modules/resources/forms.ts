import { m } from '#words';
import { oneOf, optionalText, several, text, ticked, words, z } from '#platform/forms.ts';
import { postures } from './rules.ts';

export const offerForm = z.object({
	helpsWith: text(m.resources_helps_missing, 600),
	topics: words(10),
	area: optionalText(120),
	postures: several(oneOf(postures)).refine((chosen) => chosen.length > 0, { error: () => m.resources_posture_missing() }),
	consent: ticked().refine((given) => given, { error: () => m.resources_consent_missing() })
});
export const withdrawForm = z.object({});
