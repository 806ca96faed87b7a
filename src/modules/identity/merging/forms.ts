import { m } from '#words';
import { id, text, ticked, z } from '#platform/forms.ts';

/** Which of two is absorbed, why, and whether both agree. */
export const mergeForm = z.object({
	absorbedId: id(),
	reason: text(m.identity_merge_reason_missing, 500),
	agreed: ticked()
});

export const separateForm = z.object({ mergeId: id() });
