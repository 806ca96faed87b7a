import { m } from '#words';
import { attached, ticked, z } from '#platform/forms.ts';

/** Nothing is shown without a consent that was ticked. */
export const portraitForm = z.object({
	photo: attached(m.portraits_photo_missing),
	consent: ticked().refine((given) => given, { error: () => m.portraits_consent_missing() })
});
