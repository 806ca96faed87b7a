import { m } from '#words';
import { optionalText, text, z } from '#platform/forms.ts';

/** A record of a register, as the page gave it. */
export const recordForm = z.object({
	bodyId: z
		.string({ error: m.forms_id_unreal })
		.regex(/^[1-9]\d{0,15}$/, { error: () => m.forms_id_unreal() })
		.transform(Number)
});

/** A number that somebody adds, and where they read it when that is worth saying. */
export const numberForm = z.object({ identifier: text(m.organisations_identifier_missing, 60), reason: optionalText(300) });
/** A number that ends, and why. */
export const endNumberForm = z.object({
	kind: z.string().max(20),
	value: z.string().max(60),
	reason: text(m.identity_number_end_missing, 300)
});
