import { m } from '#words';
import { addresseeKinds } from '#content/arguments/argument.ts';
import { id, oneOf, optionalId, several, text, z } from '#platform/forms.ts';

const addressee = () => text(m.pitches_addressee_missing, 80);
const opening = () => text(m.pitches_opening_missing, 600);

/** To whom the page is: what the first screen asks. */
export const toForm = z.object({ pour: oneOf(addresseeKinds, m.pitches_kind_missing), nom: addressee() });

/** What goes on the page. The id is made with it, so that it is kept once. */
export const pitchForm = z.object({
	id: id(),
	kind: oneOf(addresseeKinds, m.pitches_kind_missing),
	addressee: addressee(),
	opening: opening(),
	gains: several(z.string().max(60), 40),
	asked: several(id(), 100),
	proven: several(id(), 100),
	sessions: z.string().optional().transform(Boolean),
	redoes: optionalId(),
	actingFor: optionalId()
});
export type WrittenPitch = z.output<typeof pitchForm>;

/** Posts the sentence that was read, so that two who rewrite it at once lose nothing. */
export const openingForm = z.object({ opening: opening(), read: z.string().max(2000) });
