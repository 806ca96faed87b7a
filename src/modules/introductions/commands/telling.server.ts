import { m } from '#words';
import { makeLink } from '#modules/links/commands.server.ts';
import { post, type Letterhead } from '#modules/notices/commands.server.ts';
import { contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { address } from '#platform/running.server.ts';

type Written = { subject: string; title: string; paragraphs: string[]; button: string };

/** Writes to an organisation: to its managers, else to its address; the link under the button answers in its name. Says whether it could. */
export async function writeTo(
	write: Writer,
	context: Context,
	place: { id: string; organisationId: string },
	said: Written,
	house: Letterhead | null = null
): Promise<boolean> {
	const contact = (await contactsOf(context, [place.organisationId])).get(place.organisationId);
	if (!contact) return false;
	const managers = contact.managers.filter(({ email }) => email);
	const reached = managers.length
		? managers.map(({ name, email }) => ({ name, email: email! }))
		: contact.email
			? [{ name: contact.name, email: contact.email }]
			: [];
	for (const to of reached) {
		const token = await makeLink(write, context.now, {
			thing: place.id,
			may: 'answer',
			invitee: place.organisationId,
			organisationId: place.organisationId
		});
		await post(write, context.now, {
			to,
			house,
			subject: said.subject,
			letter: {
				title: said.title,
				paragraphs: said.paragraphs,
				buttons: [{ label: said.button, url: address(`/mise-en-relation/${token}`) }],
				foot: [m.introductions_mail_foot({ organisation: contact.name })]
			},
			kind: 'introduction',
			...(managers.length ? {} : { stop: 'address' as const })
		});
	}
	return reached.length > 0;
}
