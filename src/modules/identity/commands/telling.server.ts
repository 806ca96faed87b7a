import { hubsAccompanying } from '#modules/hubs/queries/around.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { administratorsOf } from '#modules/people/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { address } from '#platform/running.server.ts';
import { m } from '#words';

/** Tells by mail those who look after this: administrators, and the managers of the hubs that the organisation accepted. */
export async function tellDeciders(
	write: Writer,
	context: Context,
	organisationId: string,
	said: { subject: string; text: string; path: string }
): Promise<void> {
	const { now } = context;
	const hubs = await hubsAccompanying(write, organisationId);
	for (const { personId, name, email } of await administratorsOf(write))
		if (email && personId !== personOf(context.actor)) await postSaid(write, now, { name, email }, said);
	for (const { name, email } of hubs) if (email) await postSaid(write, now, { name, email }, said);
}

/** A mail that says one thing about who answers for an organisation, and leads to where it is read. */
export const postSaid = (
	write: Writer,
	now: Date,
	to: { name: string; email: string },
	{ subject, text, path }: { subject: string; text: string; path: string }
) =>
	post(write, now, {
		to,
		subject,
		letter: { title: subject, paragraphs: [text], buttons: [{ label: m.identity_mail_button(), url: address(path) }] },
		kind: 'identity'
	});
