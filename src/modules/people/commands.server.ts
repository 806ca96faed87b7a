import { createHmac } from 'node:crypto';
import { m } from '#words';
import { post } from '#modules/notices/commands.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { hashToken, newToken, passwordMatches } from '#platform/secrets.server.ts';
import { mayEnter, maySweep } from './policy.ts';
import { countAttempts, findByEmail, findEntryLink, hasAdministrator } from './queries.server.ts';
import {
	attemptsCountFor,
	entryLinkLasts,
	firstEntryLinkLasts,
	safePath,
	sessionLasts,
	usable,
	usedLinksKept,
	withinRate,
	type EntryLink
} from './rules.ts';

const attemptKey = (kind: string, value: string): Buffer => createHmac('sha256', kind).update(value.toLowerCase()).digest();

/** Counts an attempt to sign in. Committed apart, so that a refusal's rollback doesn't forget it. */
export async function countAttempt(context: Context, { email, network }: { email: string; network: string }): Promise<void> {
	const write = allow(context, mayEnter());
	const keys = { email: attemptKey('email', email), network: attemptKey('network', network) };
	await write
		.insertInto('signInAttempts')
		.values([keys.email, keys.network].map((key) => ({ key, at: context.now })))
		.execute();
	await write
		.deleteFrom('signInAttempts')
		.where('at', '<', new Date(context.now.getTime() - 86_400_000))
		.execute();
}

/** Refuses when somebody tried too often, whether the address exists or not. */
export async function limitAttempts(context: Context, { email, network }: { email: string; network: string }): Promise<void> {
	withinRate(await countAttempts(context, { email: attemptKey('email', email), network: attemptKey('network', network) }));
}

/** Sends an entry link to somebody we know. To somebody we don't, nothing: and nobody can tell the difference. */
export async function askToEnter(context: Context, { email, path }: { email: string; path?: string | undefined }): Promise<void> {
	const write = allow(context, mayEnter());
	const person = await findByEmail(context.db, email);
	if (!person) return;
	await sendEntryLink(write, context.now, { id: person.id, name: person.name, email }, path);
}

/** Makes an entry link and posts it. */
async function sendEntryLink(
	write: Writer,
	now: Date,
	person: { id: string; name: string; email: string },
	path?: string
): Promise<void> {
	const url = await makeEntryLink(write, now, person.id, entryLinkLasts);
	const next = safePath(path);
	await post(write, now, {
		to: person,
		subject: m.people_entry_mail_subject(),
		letter: {
			title: m.people_entry_mail_title({ name: person.name }),
			paragraphs: [m.people_entry_mail_text()],
			buttons: [{ label: m.people_entry_mail_button(), url: next === '/' ? url : `${url}?suite=${encodeURIComponent(next)}` }],
			foot: [m.people_entry_mail_foot()]
		},
		kind: 'entry',
		secret: true
	});
}

/** An entry link of somebody known, to be shown at the terminal: the demonstration has no mail. */
export async function entryLinkOf(context: Context, email: string): Promise<string> {
	const person = await findByEmail(context.db, email);
	if (!person) throw new Refused('people.link-unknown');
	return makeEntryLink(allow(context, context.actor.is === 'system'), context.now, person.id, firstEntryLinkLasts);
}

/** Makes a link that signs somebody in, once. */
export async function makeEntryLink(write: Writer, now: Date, personId: string | null, lasts: number): Promise<string> {
	const token = newToken();
	await write
		.insertInto('entryLinks')
		.values({ tokenHash: hashToken(token), personId, madeAt: now, expiresAt: new Date(now.getTime() + lasts) })
		.execute();
	return address(`/entrer/${token}`);
}

/** The link that is printed at the terminal when nobody looks after the instance yet; null when somebody does. */
export async function firstEntryLink(context: Context): Promise<string | null> {
	if (await hasAdministrator(context.db)) return null;
	return makeEntryLink(allow(context, context.actor.is === 'system'), context.now, null, firstEntryLinkLasts);
}

/** Signs in with an entry link, which is used up. Two clicks at once: one of them enters. */
export async function enterByLink(context: Context, token: string): Promise<string> {
	const { write, link } = await useLink(context, token);
	if (!link.personId) throw new Refused('people.name-missing');
	return openSession(write, context.now, link.personId);
}

/** The first link of an empty instance: whoever was at the terminal says who they are, and looks after the instance. */
export async function enterAsFirstAdministrator(
	context: Context,
	token: string,
	{ name, email }: { name: string; email: string }
) {
	const { write, link } = await useLink(context, token);
	if (link.personId || (await hasAdministrator(context.db))) throw new Refused('people.link-used');
	const id = await personFor(write, context.now, { name, email });
	await write.updateTable('persons').set({ administratorSince: context.now }).where('id', '=', id).execute();
	return openSession(write, context.now, id);
}

async function useLink(context: Context, token: string): Promise<{ write: Writer; link: EntryLink }> {
	const link = await findEntryLink(context, token);
	const write = allow(context, mayEnter());
	usable(link, context.now);
	const used = await write
		.updateTable('entryLinks')
		.set({ usedAt: context.now })
		.where('tokenHash', '=', hashToken(token))
		.where('usedAt', 'is', null)
		.executeTakeFirst();
	if (used.numUpdatedRows === 0n) throw new Refused('people.link-used');
	return { write, link };
}

/** Signs in with an e-mail and a password. Says the same, as late, whether the address or the password is wrong. */
export async function enterByPassword(
	context: Context,
	{ email, password }: { email: string; password: string }
): Promise<string> {
	const write = allow(context, mayEnter());
	const person = await findByEmail(context.db, email);
	if (!(await passwordMatches(password, person?.passwordHash ?? null)) || !person) throw new Refused('people.wrong-password');
	return openSession(write, context.now, person.id);
}

/** Opens a session, for whoever has just shown who they are. */
export async function openSession(write: Writer, now: Date, personId: string): Promise<string> {
	const token = newToken();
	await write
		.insertInto('sessions')
		.values({ tokenHash: hashToken(token), personId, createdAt: now, expiresAt: new Date(now.getTime() + sessionLasts) })
		.execute();
	await write.deleteFrom('sessions').where('personId', '=', personId).where('expiresAt', '<', now).execute();
	return token;
}

/** Signs out here, and only here. */
export async function leave(context: Context, token: string): Promise<void> {
	const write = allow(context, mayEnter());
	await write.deleteFrom('sessions').where('tokenHash', '=', hashToken(token)).execute();
}

/**
 * Erases what tells who somebody is, by right: the row stays, so that what was done keeps an author. The caller has been allowed,
 * and erases what other modules hold.
 */
export async function erasePerson(write: Writer, now: Date, personId: string): Promise<void> {
	for (const table of ['sessions', 'entryLinks', 'addressChanges'] as const)
		await write.deleteFrom(table).where('personId', '=', personId).execute();
	await write
		.updateTable('persons')
		.set({
			name: m.people_erased_name(),
			email: null,
			phone: null,
			passwordHash: null,
			administratorSince: null,
			erasedAt: now
		})
		.where('id', '=', personId)
		.execute();
}

/** Finds the person of an e-mail, or registers one. For those who are invited: the caller has already been allowed. */
export async function personFor(write: Writer, now: Date, { name, email }: { name: string; email: string }): Promise<string> {
	const known = await findByEmail(write, email);
	if (known) return known.id;
	const id = newId();
	await write.insertInto('persons').values({ id, name, email, createdAt: now }).execute();
	return id;
}

/** Forgets the sessions that ended, the links that can't be used any more and the attempts that no longer count. */
export async function forgetExpired(context: Context): Promise<void> {
	const write = allow(context, maySweep(context.actor));
	const { now } = context;
	await write.deleteFrom('sessions').where('expiresAt', '<', now).execute();
	// An old link still says « expired » for a month: whoever finds it in a mail learns what to do.
	await write
		.deleteFrom('entryLinks')
		.where('expiresAt', '<', new Date(now.getTime() - usedLinksKept))
		.execute();
	await write
		.deleteFrom('addressChanges')
		.where('expiresAt', '<', new Date(now.getTime() - usedLinksKept))
		.execute();
	await write
		.deleteFrom('signInAttempts')
		.where('at', '<', new Date(now.getTime() - attemptsCountFor))
		.execute();
}
