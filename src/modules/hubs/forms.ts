import { m } from '#words';
import { email, id, optionalEmail, optionalText, text, z } from '#platform/forms.ts';

/** What a hub signs with and when it answers. */
export const hubForm = z.object({
	senderName: text(m.hubs_sender_missing, 120),
	senderEmail: optionalEmail(),
	phone: optionalText(40),
	hours: optionalText(200),
	presentation: optionalText(2000)
});
export type HubSaid = z.output<typeof hubForm>;

export const openHubForm = hubForm.extend({ organisationId: id() });

/** A territory by its key, as addresses write it. */
export const areaForm = z.object({
	area: z.string({ error: m.hubs_area_unknown }).regex(/^[a-z]+-[a-z0-9]{1,20}$/, { error: () => m.hubs_area_unknown() })
});

export const memberForm = z.object({ membershipId: id() });
export const inviteAccompagnateurForm = z.object({ name: text(m.organisations_invite_name_missing, 120), email: email() });
export const revokeForm = z.object({ id: id() });

/** How a house signs, and where it is answered. */
export const signatureForm = z.object({ signature: optionalText(500) });
export const replyToForm = z.object({ email: email() });

export const accompanimentForm = z.object({ id: id() });
export const hubChoiceForm = z.object({ hubId: id() });
