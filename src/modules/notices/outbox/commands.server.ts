import { allow, type Context } from '#platform/context.server.ts';
import type { Delivery } from '#platform/mail/mail.server.ts';
import { Refused } from '#platform/errors.ts';
import { mayHandOver, mayReadOutbox, maySweep } from './policy.ts';
import { findMail, type Mail } from './queries.server.ts';
import { handOverLasts, nextAttempt, stateOf, staysTrue, textsKept } from './rules.ts';

/** Takes the mail that has waited longest, and says so before anything leaves: what is cut from here on is unclear. */
export async function takeMail(context: Context): Promise<Mail | null> {
	const write = allow(context, mayHandOver(context.actor));
	const { now } = context;
	const mail = await write
		.selectFrom('mails')
		.selectAll()
		.where('sentAt', 'is', null)
		.where('refusedAt', 'is', null)
		.where('unclearAt', 'is', null)
		.where('handingOverAt', 'is', null)
		.where('nextAttemptAt', '<=', now)
		.orderBy('nextAttemptAt')
		.limit(1)
		.forUpdate()
		.skipLocked()
		.executeTakeFirst();
	if (!mail) return null;
	await write.updateTable('mails').set({ handingOverAt: now }).where('id', '=', mail.id).execute();
	return mail;
}

/** Writes down what became of a mail that was handed over. */
export async function settleMail(
	context: Context,
	{ id, attempts, secret }: Pick<Mail, 'id' | 'attempts' | 'secret'>,
	delivery: Delivery
): Promise<void> {
	const write = allow(context, mayHandOver(context.actor));
	const { now } = context;
	const settle = write
		.updateTable('mails')
		.where('id', '=', id)
		.set({ handingOverAt: null, attempts: attempts + 1 });
	if (delivery === 'accepted') {
		// Whatever was thought meanwhile, the server took it. A link that signs in is not kept.
		await settle.set({ sentAt: now, unclearAt: null, reason: null, ...(secret ? { text: '', html: null } : {}) }).execute();
	} else if ('refused' in delivery) {
		await settle.set({ refusedAt: now, reason: delivery.refused }).execute();
	} else if ('unclear' in delivery) {
		await settle.set({ unclearAt: now, reason: delivery.unclear }).execute();
	} else {
		const again = nextAttempt(attempts + 1, now);
		await settle
			.set(again ? { nextAttemptAt: again, reason: delivery.later } : { refusedAt: now, reason: delivery.later })
			.execute();
	}
}

/** Mails whose handing over was cut: they may have left, so they are not sent again without a hand. */
export async function leaveUnclear(context: Context): Promise<void> {
	const write = allow(context, mayHandOver(context.actor));
	await write
		.updateTable('mails')
		.set({ handingOverAt: null, unclearAt: context.now, reason: null })
		.where('handingOverAt', '<', new Date(context.now.getTime() - handOverLasts))
		.execute();
}

/** Mails that should have left long ago say nothing true any more: they wait for somebody who reads them first. */
export async function refuseOutdated(context: Context): Promise<void> {
	const write = allow(context, mayHandOver(context.actor));
	await write
		.updateTable('mails')
		.set({ refusedAt: context.now, reason: null })
		.where('sentAt', 'is', null)
		.where('refusedAt', 'is', null)
		.where('unclearAt', 'is', null)
		.where('handingOverAt', 'is', null)
		.where('nextAttemptAt', '<', new Date(context.now.getTime() - staysTrue))
		.execute();
}

/** Sends a mail again that was refused, or of which nobody knows whether it left: somebody looked at it and decided. */
export async function sendAgain(context: Context, id: string): Promise<void> {
	const mail = await findMail(context, id);
	const write = allow(context, mayReadOutbox(context.actor));
	const state = stateOf(mail);
	if (state !== 'refused' && state !== 'unclear') throw new Refused('administration.mail-already', {});
	await write
		.updateTable('mails')
		.set({ refusedAt: null, unclearAt: null, reason: null, attempts: 0, nextAttemptAt: context.now })
		.where('id', '=', id)
		.where('sentAt', 'is', null)
		.execute();
}

/** Forgets the texts of mails that left three months ago; that they left stays known. */
export async function forgetTexts(context: Context): Promise<void> {
	const write = allow(context, maySweep(context.actor));
	await write
		.updateTable('mails')
		.set({ text: '', html: null, calendar: null })
		.where('sentAt', '<', new Date(context.now.getTime() - textsKept))
		.where('text', '!=', '')
		.execute();
}
