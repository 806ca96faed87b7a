import { expect, test } from 'vitest';
import { findActorOfSession } from '#modules/hubs/queries.server.ts';
import { stranger } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { testWorld } from '../../../tests/world.ts';
import {
	askToEnter,
	countAttempt,
	enterAsFirstAdministrator,
	enterByLink,
	enterByPassword,
	firstEntryLink,
	leave,
	limitAttempts,
	openSession
} from './commands.server.ts';
import { askToChangeEmail, changeAccount, choosePassword, confirmEmail, endOtherSessions } from './commands/account.server.ts';
import { countSessions, findAccount, findWaitingEmail, linkState, listOwnAccount } from './queries.server.ts';
import { addressChangesADay, attemptsAllowed, sessionLasts } from './rules.ts';

const { db, world, as, keep, later } = await testWorld();
const after = (milliseconds: number) => new Date(later.getTime() + milliseconds);
const minutes = 60_000;

const mailsTo = (context: Context, email: string) =>
	context.db.selectFrom('mails').select(['text', 'subject']).where('toEmail', '=', email).orderBy('id').execute();
/** The secret at the end of the last link sent to an address. */
async function tokenTo(context: Context, email: string): Promise<string> {
	return /\/([\w-]{32})(?=[\s?)>]|$)/.exec((await mailsTo(context, email)).at(-1)!.text)![1]!;
}
const entryLink = (email: string, now = later) =>
	keep(
		stranger,
		now
	)(async (context) => {
		await askToEnter(context, { email });
		return tokenTo(context, email);
	});

test('a known and an unknown address get the same answer; only the known one gets a mail', async () => {
	await as(stranger)(async (context) => {
		const answers = [
			await askToEnter(context, { email: 'nadia@example.org' }),
			await askToEnter(context, { email: 'personne@example.org' })
		];
		expect(answers).toEqual([undefined, undefined]);
		expect(await mailsTo(context, 'nadia@example.org')).toHaveLength(1);
		expect(await mailsTo(context, 'personne@example.org')).toEqual([]);
		const refusals = [];
		for (const email of ['nadia@example.org', 'personne@example.org'])
			refusals.push(
				await enterByPassword(context, { email, password: 'mauvais mot de passe' }).catch((problem: Refused) => problem.code)
			);
		expect(refusals).toEqual(['people.wrong-password', 'people.wrong-password']);
	});
});

test.each(['helene@example.org', 'inconnue@example.org'])(
	'attempts for %s are counted apart: what a refusal rolls back does not forget them',
	async (email) => {
		const typed = { email, network: `net of ${email}` };
		for (let n = 1; n <= attemptsAllowed.email; n++) {
			await keep(stranger)((context) => countAttempt(context, typed));
			await expect(
				keep(stranger)(async (context) => {
					await limitAttempts(context, typed);
					await enterByLink(context, 'x'.repeat(32));
				})
			).rejects.toMatchObject({ code: 'people.link-unknown' });
		}
		await keep(stranger)((context) => countAttempt(context, typed));
		const once = (now = later) => keep(stranger, now)((context) => limitAttempts(context, typed));
		await expect(once()).rejects.toMatchObject({ code: 'people.too-many-attempts' });
		await expect(once(after(14 * minutes))).rejects.toThrow(Refused);
		await once(after(15 * minutes + 1));
		// Another address from another network is not held up.
		await keep(stranger)((context) => limitAttempts(context, { email: 'odile@example.org', network: 'elsewhere' }));
	}
);

test('one network that tries many addresses is held up too', async () => {
	const network = 'a house';
	for (let n = 0; n <= attemptsAllowed.network; n++)
		await keep(stranger)((context) => countAttempt(context, { email: `essai${n}@example.org`, network }));
	await expect(as(stranger)((context) => limitAttempts(context, { email: 'neuf@example.org', network }))).rejects.toMatchObject({
		code: 'people.too-many-attempts'
	});
});

test('an entry link signs in once, even when it is opened twice at the same moment', async () => {
	const token = await entryLink('odile@example.org');
	expect(await as(stranger)((context) => linkState(context, token))).toBe('person');
	const entered = await Promise.allSettled([
		keep(stranger)((context) => enterByLink(context, token)),
		keep(stranger)((context) => enterByLink(context, token))
	]);
	expect(entered.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect(entered.find((one) => one.status === 'rejected')!.reason).toMatchObject({ code: 'people.link-used' });
	expect(await as(stranger)((context) => linkState(context, token))).toBe('used');
	await expect(as(stranger)((context) => enterByLink(context, token))).rejects.toMatchObject({ code: 'people.link-used' });
});

test('an entry link lasts half an hour, and an unknown one is said to be so', async () => {
	const token = await entryLink('odile@example.org');
	await expect(as(stranger, after(30 * minutes))((context) => enterByLink(context, token))).rejects.toMatchObject({
		code: 'people.link-expired'
	});
	await as(stranger, after(29 * minutes))((context) => enterByLink(context, token));
	await expect(as(stranger)((context) => enterByLink(context, 'x'.repeat(32)))).rejects.toMatchObject({
		code: 'people.link-unknown'
	});
	expect(await as(stranger)((context) => linkState(context, 'x'.repeat(32)))).toBe('unknown');
});

test('a session ends after sixty days, or when one leaves, and here only', async () => {
	const [here, there] = await keep('yann')(async (context) => [
		await openSession(allow(context, true), context.now, world.actors.yann.id),
		await openSession(allow(context, true), context.now, world.actors.yann.id)
	]);
	expect(await findActorOfSession(db, here!, after(sessionLasts - 1))).toMatchObject({ name: 'Yann Le Goff' });
	expect(await findActorOfSession(db, here!, after(sessionLasts))).toBeNull();
	await keep('yann')((context) => leave(context, here!));
	expect(await findActorOfSession(db, here!, later)).toBeNull();
	expect(await findActorOfSession(db, there!, later)).not.toBeNull();
});

test('a password opens the account and ends the other sessions; so does asking for it', async () => {
	await as('claire')(async (context) => {
		const open = () => openSession(allow(context, true), context.now, world.actors.claire.id);
		const [kept, other] = [await open(), await open()];
		const password = 'quatre mots sans rapport';
		await choosePassword(context, { password }, kept);
		expect(await findActorOfSession(context.db, other, context.now)).toBeNull();
		expect(await findActorOfSession(context.db, kept, context.now)).not.toBeNull();
		await enterByPassword(context, { email: 'claire@example.org', password });
		await expect(enterByPassword(context, { email: 'claire@example.org', password: `${password}.` })).rejects.toMatchObject({
			code: 'people.wrong-password'
		});
		expect(await countSessions(context)).toBe(2);
		await endOtherSessions(context, kept);
		expect(await countSessions(context)).toBe(1);
	});
});

test('a new address counts once it is proven, and the old one is told', async () => {
	await as('samir')(async (context) => {
		const asked = { email: 'samir@radio.example' };
		await expect(askToChangeEmail(context, { email: 'samir@example.org' })).rejects.toMatchObject({ code: 'people.email-same' });
		await askToChangeEmail(context, asked);
		expect((await findAccount(context)).email).toBe('samir@example.org');
		expect(await findWaitingEmail(context)).toBe(asked.email);
		const first = await tokenTo(context, asked.email);
		await askToChangeEmail(context, asked);
		const token = await tokenTo(context, asked.email);
		const nobody = { ...context, actor: stranger };
		await expect(confirmEmail(nobody, first)).rejects.toMatchObject({ code: 'people.email-change-expired' });
		await expect(confirmEmail({ ...nobody, now: after(2 * 86_400_000) }, token)).rejects.toMatchObject({
			code: 'people.email-change-expired'
		});
		await confirmEmail(nobody, token);
		expect((await findAccount(context)).email).toBe(asked.email);
		expect((await mailsTo(context, 'samir@example.org')).at(-1)!.subject).toBe('Votre adresse a changé');
		await expect(confirmEmail(nobody, token)).rejects.toMatchObject({ code: 'people.email-change-used' });
		await expect(confirmEmail(nobody, 'x'.repeat(32))).rejects.toThrow(NotFound);
	});
});

test("somebody else's address gives the same answer, no mail, and can't be taken", async () => {
	await as('samir')(async (context) => {
		const before = await mailsTo(context, 'bruno@example.org');
		await askToChangeEmail(context, { email: 'bruno@example.org' });
		expect(await findWaitingEmail(context)).toBe('bruno@example.org');
		expect(await mailsTo(context, 'bruno@example.org')).toEqual(before);
		for (let n = 1; n < addressChangesADay; n++) await askToChangeEmail(context, { email: `s${n}@example.org` });
		await expect(askToChangeEmail(context, { email: 'encore@example.org' })).rejects.toMatchObject({
			code: 'people.email-too-often'
		});
	});
});

test('two people who prove the same free address: the first has it', async () => {
	const ask = (name: 'samir' | 'bruno') =>
		keep(name)(async (context) => {
			await askToChangeEmail(context, { email: 'libre@example.org' });
			return tokenTo(context, 'libre@example.org');
		});
	const tokens = [await ask('samir'), await ask('bruno')];
	await keep(stranger)((context) => confirmEmail(context, tokens[0]!));
	await expect(keep(stranger)((context) => confirmEmail(context, tokens[1]!))).rejects.toMatchObject({
		constraint: 'email_is_one_persons'
	});
});

test('one reads and changes one’s own account, and nobody reads another’s', async () => {
	await as('helene')(async (context) => {
		await changeAccount(context, { name: 'Hélène R.', phone: '01 02 03 04 05' });
		expect(await listOwnAccount(context)).toMatchObject({ name: 'Hélène R.', phone: '01 02 03 04 05' });
	});
	await expect(as(stranger)(findAccount)).rejects.toThrow(NotFound);
	await expect(as(stranger)(listOwnAccount)).rejects.toThrow(NotFound);
	await expect(as(stranger)((context) => changeAccount(context, { name: 'x', phone: null }))).rejects.toThrow(NotFound);
	expect(await as(stranger)(countSessions)).toBe(0);
});

test('an instance that has an administrator prints no link, and an old one makes no second', async () => {
	const system = { is: 'system', name: 'start' } as const;
	expect(await as(system)(firstEntryLink)).toBeNull();
	await as(system)(async (context) => {
		const write = allow(context, true);
		await write.updateTable('persons').set({ administratorSince: null }).execute();
		const link = (await firstEntryLink(context))!;
		const token = link.slice(link.lastIndexOf('/') + 1);
		await expect(enterByLink(context, token)).rejects.toMatchObject({ code: 'people.name-missing' });
		await write.updateTable('entryLinks').set({ usedAt: null }).execute();
		await write.updateTable('persons').set({ administratorSince: later }).where('id', '=', world.actors.agathe.id).execute();
		await expect(
			enterAsFirstAdministrator(context, token, { name: 'Intruse', email: 'intruse@example.org' })
		).rejects.toMatchObject({ code: 'people.link-used' });
	});
});
