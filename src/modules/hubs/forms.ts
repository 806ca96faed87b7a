import { m } from '#words';
import { id, optionalEmail, optionalText, text, z } from '#platform/forms.ts';

/** What a hub signs with and when it answers. */
export const hubForm = z.object({
	senderName: text(m.hubs_sender_missing, 120),
	senderEmail: optionalEmail(),
	phone: optionalText(40),
	hours: optionalText(200)
});
export type HubSaid = z.output<typeof hubForm>;

export const openHubForm = hubForm.extend({ organisationId: id() });

export const communeForm = z.object({
	hubId: id(),
	commune: z.string({ error: m.hubs_commune_unknown }).regex(/^[0-9A-Z]{5}$/, { error: () => m.hubs_commune_unknown() })
});

export const accompanimentForm = z.object({ id: id() });
export const hubChoiceForm = z.object({ hubId: id() });
