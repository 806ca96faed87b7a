import { m } from '#words';
import { deliver } from '#platform/mail/mail.server.ts';
import type { Job, Run } from '#platform/jobs.server.ts';
import { address, settings } from '#platform/running.server.ts';
import { forgetTexts, leaveUnclear, refuseOutdated, settleMail, takeMail } from './commands.server.ts';
import { deferralsInARow, mailbox } from './rules.ts';

/** Hands the waiting mails to the SMTP server, one after the other. */
export async function deliverWaiting(run: Run, through: { smtpUrl: string; mailFrom: string }): Promise<void> {
	const { host } = new URL(address('/'));
	const from = mailbox(through.mailFrom);
	await run.asSystem(leaveUnclear);
	await run.asSystem(refuseOutdated);
	let deferred = 0;
	while (!run.stopping() && deferred < deferralsInARow) {
		const mail = await run.asSystem(takeMail);
		if (!mail) return;
		const delivery = await deliver(through.smtpUrl, {
			messageId: `<${mail.id}@${host.replace(/:\d+$/, '')}>`,
			date: mail.queuedAt,
			// the address stays the instance's: one that speaks for another domain is thrown away on the way
			from:
				mail.byHouse && mail.fromName
					? { ...from, name: mail.fromName }
					: mail.fromName
						? { ...from, name: m.notices_from({ name: mail.fromName, sender: from.name ?? m.shell_title() }) }
						: from,
			...(mail.replyTo ? { replyTo: { email: mail.replyTo } } : {}),
			to: { name: mail.toName, email: mail.toEmail },
			subject: mail.subject,
			text: mail.text,
			...(mail.html ? { html: mail.html } : {}),
			...(mail.calendar
				? {
						calendar: {
							method: mail.calendarMethod === 'CANCEL' ? ('CANCEL' as const) : ('REQUEST' as const),
							content: mail.calendar,
							filename: 'reunion.ics'
						}
					}
				: {}),
			...(mail.stopToken ? { unsubscribe: address(`/avis/${mail.stopToken}`) } : {})
		});
		deferred = delivery !== 'accepted' && 'later' in delivery ? deferred + 1 : 0;
		await run.asSystem((context) => settleMail(context, mail, delivery));
	}
}

/** Hands over what waits, when somebody set an SMTP server; until then mails wait in the outbox. */
export const deliverMails: Job = {
	name: 'deliver-mails',
	every: '* * * * *',
	run: async (run) => {
		const { smtpUrl, mailFrom } = settings();
		if (smtpUrl && mailFrom) await deliverWaiting(run, { smtpUrl, mailFrom });
	}
};

/** Each night, the texts of what was sent long ago are forgotten. */
export const sweepMails: Job = { name: 'sweep-mails', every: '20 3 * * *', run: (run) => run.asSystem(forgetTexts) };
