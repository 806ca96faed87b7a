import { durationIds } from '#content/stages/durations.ts';
import { id, oneOf, optionalId, optionalOneOf, optionalText, several, z } from '#platform/forms.ts';
import { entryModes, triggerIds } from './rules.ts';

/** `shown` is what the page showed: of two people at once, the second learns of the first. */
export const originForm = z.object({
	id: id(),
	shown: optionalId(),
	mode: optionalOneOf(entryModes),
	reason: optionalText(500),
	triggers: several(oneOf(triggerIds), triggerIds.length),
	object: optionalText(200),
	objectKind: optionalOneOf(durationIds),
	parentId: optionalId(),
	actingFor: optionalId()
});
export type OriginSaid = z.output<typeof originForm>;
