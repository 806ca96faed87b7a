import { m } from '#words';
import { z } from '#platform/forms.ts';

/** A record of a register, as the page gave it. */
export const recordForm = z.object({
	bodyId: z
		.string({ error: m.forms_id_unreal })
		.regex(/^[1-9]\d{0,15}$/, { error: () => m.forms_id_unreal() })
		.transform(Number)
});
