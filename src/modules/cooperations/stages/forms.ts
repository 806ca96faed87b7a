import { m } from '#words';
import { day, id, oneOf, optionalId, optionalText, text, z } from '#platform/forms.ts';
import { movable } from './rules.ts';

/** A move names the stage that its page showed, by its number: of two people at once, the second learns of the first. */
export const moveForm = z.object({
	id: id(),
	shown: z.coerce.number({ error: () => m.forms_id_unreal() }).int({ error: () => m.forms_id_unreal() }),
	stage: oneOf(movable, m.cooperations_stage_missing),
	since: day(m.cooperations_stage_since_missing),
	note: optionalText(500),
	actingFor: optionalId()
});

export const pauseForm = z.object({
	id: id(),
	reason: text(m.cooperations_pause_reason_missing, 500),
	until: day(m.cooperations_pause_until_missing),
	actingFor: optionalId()
});

export const resumeForm = z.object({ pauseId: id(), actingFor: optionalId() });
