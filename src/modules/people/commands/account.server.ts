import { m } from '#words';
import { post } from '#modules/notices/commands.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { address } from '#platform/running.server.ts';
import { hashPassword, hashToken, newToken } from '#platform/secrets.server.ts';
import { mayChangeAccount, mayEnter } from '../policy.ts';
import { countAddressChanges, findAccount, findAddressChange, findByEmail } from '../queries.server.ts';
import { addressChangeLasts, addressChangesADay } from '../rules.ts';

/** Changes one's own name or telephone. An address counts once it is proven: see `askToChangeEmail`. */
export async function changeAccount(context: Context, { name, phone }: { name: string; phone: string | null }): Promise<void> {
	const account = await findAccount(context);
	const write = allow(context, mayChangeAccount(context.actor, account.id));
	await write.updateTable('persons').set({ name, phone }).where('id', '=', account.id).execute();
}

/**
 * Asks to be known by another address: a link goes there, and nothing changes before it is opened. The answer is the same when
 * the address is already somebody's, so that nobody learns which addresses exist.
 */
export async function askToChangeEmail(context: Context, { email }: { email: string }): Promise<void> {
	const account = await findAccount(context);
	const write = allow(context, mayChangeAccount(context.actor, account.id));
	if (account.email?.toLowerCase() === email) throw new Refused('people.email-same', {}, 'email');
	if ((await countAddressChanges(context, account.id)) >= addressChangesADay)
		throw new Refused('people.email-too-often', {}, 'email');
	const token = newToken();
	await write
		.updateTable('addressChanges')
		.set({ expiresAt: context.now })
		.where('personId', '=', account.id)
		.where('confirmedAt', 'is', null)
		.where('expiresAt', '>', context.now)
		.execute();
	await write
		.insertInto('addressChanges')
		.values({
			tokenHash: hashToken(token),
			personId: account.id,
			email,
			askedAt: context.now,
			expiresAt: new Date(context.now.getTime() + addressChangeLasts)
		})
		.execute();
	if (await findByEmail(context.db, email)) return;
	await post(write, context.now, {
		to: { name: account.name, email },
		subject: m.people_email_mail_subject(),
		letter: {
			title: m.people_email_mail_title({ name: account.name }),
			paragraphs: [m.people_email_mail_text()],
			buttons: [{ label: m.people_email_mail_button(), url: address(`/compte/adresse/${token}`) }],
			foot: [m.people_email_mail_foot()]
		},
		kind: 'address',
		secret: true
	});
}

/** The new address is proven: it counts from now on, and the old one is told. */
export async function confirmEmail(context: Context, token: string): Promise<void> {
	const change = await findAddressChange(context, token);
	const write = allow(context, mayEnter());
	if (change.state !== 'waiting') throw new Refused(`people.email-change-${change.state}`);
	const confirmed = await write
		.updateTable('addressChanges')
		.set({ confirmedAt: context.now })
		.where('tokenHash', '=', hashToken(token))
		.where('confirmedAt', 'is', null)
		.executeTakeFirst();
	if (confirmed.numUpdatedRows === 0n) throw new Refused('people.email-change-used');
	await write.updateTable('persons').set({ email: change.email }).where('id', '=', change.personId).execute();
	await write.deleteFrom('entryLinks').where('personId', '=', change.personId).where('usedAt', 'is', null).execute();
	if (change.oldEmail)
		await post(write, context.now, {
			to: { name: change.name, email: change.oldEmail },
			subject: m.people_email_changed_mail_subject(),
			letter: { title: m.people_email_changed_mail_subject(), paragraphs: [m.people_email_changed_mail_text()] },
			kind: 'address'
		});
}

/** Ends every session but this one. */
export async function endOtherSessions(context: Context, keptSession: string): Promise<void> {
	const account = await findAccount(context);
	await closeSessions(allow(context, mayChangeAccount(context.actor, account.id)), account.id, keptSession);
}

const closeSessions = (write: Writer, personId: string, kept: string) =>
	write.deleteFrom('sessions').where('personId', '=', personId).where('tokenHash', '!=', hashToken(kept)).execute();

/** Chooses a password; other sessions end. */
export async function choosePassword(context: Context, { password }: { password: string }, keptSession: string): Promise<void> {
	const account = await findAccount(context);
	const write = allow(context, mayChangeAccount(context.actor, account.id));
	await write
		.updateTable('persons')
		.set({ passwordHash: await hashPassword(password) })
		.where('id', '=', account.id)
		.execute();
	await closeSessions(write, account.id, keptSession);
}
