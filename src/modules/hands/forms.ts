import { m } from '#words';
import { id, optionalId, optionalText, text, z } from '#platform/forms.ts';

/** `website` is a field that nobody sees: whoever fills it in is a machine. */
export const offerForm = z.object({
	id: id(),
	hand: text(m.hands_text_missing, 500),
	available: optionalText(200),
	name: text(m.hands_name_missing, 80),
	reach: text(m.hands_reach_missing, 200),
	agreed: z.literal('on', { error: () => m.hands_agreed_missing() }),
	website: z.string().optional()
});
export type Offered = z.output<typeof offerForm>;

export const handForm = z.object({ id: id(), actingFor: optionalId() });
