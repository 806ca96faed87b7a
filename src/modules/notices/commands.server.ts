import type { Writer } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { newToken } from '#platform/secrets.server.ts';
import { m } from '#words';
import { letter, type Letter, type Passage } from '#platform/mail/letter.ts';
import { isSilenced } from './queries.server.ts';
import type { Told } from './rules.ts';

/** A mail as the domain thinks of it. */
export type Post = {
	to: { name: string; email: string };
	/** In whose name it is sent: « Nadia Benali, par Ensemblier ». */
	fromName?: string;
	replyTo?: string | null;
	subject: string;
	letter: Omit<Letter, 'sender'>;
	/** What it is about, for the outbox and for those who want no more of this kind. */
	kind: string;
	calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
	/** Holds a link that signs in. */
	secret?: boolean;
	/** Can be stopped by a link in its last line: by the choices of a person we know, or for that address altogether. */
	stop?: { personId: string } | 'address';
};

/** Puts a mail into the outbox, in the transaction of the fact that causes it: both happen or none. */
export async function post(write: Writer, now: Date, mail: Post): Promise<void> {
	if (mail.stop === 'address' && (await isSilenced(write, mail.to.email))) return;
	const stopToken = mail.stop ? newToken() : null;
	const foot: Passage[] = [...(mail.letter.foot ?? [])];
	if (stopToken) foot.push({ text: m.notices_stop_foot(), url: address(`/avis/${stopToken}`) });
	const { text, html } = letter({ ...mail.letter, foot, sender: m.shell_title() });
	await write
		.insertInto('mails')
		.values({
			id: newId(),
			toName: mail.to.name,
			toEmail: mail.to.email,
			fromName: mail.fromName ?? null,
			replyTo: mail.replyTo ?? null,
			subject: mail.subject.replace(/\s+/g, ' ').trim(),
			text,
			html,
			kind: mail.kind,
			calendar: mail.calendar?.content ?? null,
			calendarMethod: mail.calendar?.method ?? null,
			secret: mail.secret ?? false,
			personId: typeof mail.stop === 'object' ? mail.stop.personId : null,
			stopToken,
			queuedAt: now,
			nextAttemptAt: now
		})
		.execute();
}

/** Keeps one thing to tell somebody: it leaves with the others, in one mail, at the rhythm that they chose. */
export async function notify(write: Writer, now: Date, told: Told | Told[]): Promise<void> {
	const all = [told].flat();
	if (!all.length) return;
	await write
		.insertInto('notices')
		.values(all.map((one) => ({ id: newId(), ...one, at: now })))
		.execute();
}

/** Keeps that somebody was reminded of something: whoever would remind them again sees when. */
export async function keepReminder(
	write: Writer,
	now: Date,
	{ thing, recipient, by }: { thing: string; recipient: string; by: string | null }
): Promise<void> {
	await write.insertInto('reminders').values({ id: newId(), thing, recipient, sentAt: now, sentBy: by }).execute();
}
