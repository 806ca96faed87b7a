import { afterAll, beforeEach, expect, test } from 'vitest';
import { inTransaction, allow, type Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import type { Run } from '#platform/jobs.server.ts';
import { smtpServer, type SmtpBehaviour } from '../../../../tests/smtp.ts';
import { testWorld } from '../../../../tests/world.ts';
import { post, type Post } from '../commands.server.ts';
import { forgetTexts, sendAgain, takeMail } from './commands.server.ts';
import { countMails, findMail, lastBackup, listMails } from './queries.server.ts';
import { deliverWaiting } from './reactions.server.ts';
import { stateOf } from './rules.ts';

const { db, as, keep, world } = await testWorld();
const smtp = await smtpServer();
afterAll(smtp.close);
const through = { smtpUrl: smtp.url, mailFrom: 'Ensemblier <nous@exemple.org>' };
const start = new Date('2026-11-22T10:00:00Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeEach(async () => {
	await db.deleteFrom('mails').execute();
	smtp.messages.length = 0;
	smtp.behaviour = 'accept';
});

const runAt = (now: Date, over: Partial<Run> = {}): Run => ({
	db,
	now,
	stopping: () => false,
	asSystem: (work) => inTransaction(db, { actor: { is: 'system', name: 'deliver-mails' }, now, mode: 'write' }, work),
	...over
});
const deliverAt = (now: Date) => deliverWaiting(runAt(now), through);

const written: Post = {
	to: { name: 'Odile Marchand', email: 'odile@example.org' },
	fromName: 'Nadia Benali',
	replyTo: 'nadia@example.org',
	subject: 'Une date pour la première',
	letter: { title: 'Une date', paragraphs: ['Dites-nous vos jours.'] },
	kind: 'poll'
};
async function queue(over: Partial<Post> = {}, now = start): Promise<string> {
	await keep({ is: 'system', name: 'test' }, now)((context) => post(allow(context, true), now, { ...written, ...over }));
	const last = await db.selectFrom('mails').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
	return last.id;
}
const mail = (id: string) => db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test('a mail leaves once, in somebody’s name, with a Message-ID that is its own', async () => {
	const id = await queue();
	await deliverAt(after(1));
	await deliverAt(after(2));
	expect(smtp.messages).toHaveLength(1);
	const raw = smtp.messages[0]!.raw.toString();
	expect(raw).toContain(`Message-ID: <${id}@localhost>`);
	expect(raw).toContain('From: "Nadia Benali, par Ensemblier" <nous@exemple.org>');
	expect(raw).toContain('Reply-To: nadia@example.org');
	expect(raw).toContain('Date: Sun, 22 Nov 2026 10:00:00 +0000');
	expect(await mail(id)).toMatchObject({ sentAt: after(1), handingOverAt: null, attempts: 1 });
});

test('a link that signs in is not kept once it has left', async () => {
	const id = await queue({ secret: true });
	const kept = await queue();
	await deliverAt(after(1));
	expect(await mail(id)).toMatchObject({ text: '', html: null });
	expect((await mail(kept)).text).toContain('Dites-nous vos jours.');
});

test.each<[SmtpBehaviour, string]>([
	['refuse recipient', 'refused'],
	['refuse content', 'refused'],
	['refuse greeting', 'waiting'],
	['refuse sign-in', 'waiting'],
	['defer recipient', 'waiting'],
	['defer content', 'waiting'],
	['cut before data', 'waiting'],
	['cut after data', 'unclear']
])('« %s » leaves the mail %s', async (behaviour, state) => {
	smtp.behaviour = behaviour;
	const id = await queue();
	const url = behaviour === 'refuse sign-in' ? smtp.url.replace('//', '//a:b@') : smtp.url;
	await deliverWaiting(runAt(after(1)), { ...through, smtpUrl: url });
	const left = await mail(id);
	expect(stateOf(left)).toBe(state);
	expect(left.handingOverAt).toBe(null);
	expect(left.reason).toBeTruthy();
	smtp.behaviour = 'accept';
	smtp.messages.length = 0;
	await deliverAt(after(1.5));
	expect(smtp.messages, 'too early').toHaveLength(0);
	await deliverAt(after(2));
	expect(smtp.messages).toHaveLength(state === 'waiting' ? 1 : 0);
});

test('what is put off is offered for three days, then refused with the reason', async () => {
	smtp.behaviour = 'defer recipient';
	const id = await queue();
	let now = start;
	for (let round = 0; round < 60 && stateOf(await mail(id)) === 'waiting'; round++) {
		now = (await mail(id)).nextAttemptAt;
		await deliverAt(now);
	}
	const left = await mail(id);
	expect(stateOf(left)).toBe('refused');
	expect(left.reason).toContain('450');
	expect((now.getTime() - start.getTime()) / 86_400_000).toBeGreaterThan(2.5);
});

test('a server that answers nobody is left alone until the next minute', async () => {
	smtp.behaviour = 'defer recipient';
	for (let n = 0; n < 8; n++) await queue();
	await deliverAt(after(1));
	const tried = await db.selectFrom('mails').select('id').where('attempts', '>', 0).execute();
	expect(tried).toHaveLength(5);
});

test('killed while handing over: it is unclear, is not sent again by itself, and is when somebody decides so', async () => {
	const id = await queue();
	await expect(
		deliverWaiting(
			runAt(after(1), {
				asSystem: (work) =>
					runAt(after(1)).asSystem(async (context) => {
						if (smtp.messages.length) throw new Error('killed');
						return work(context);
					})
			}),
			through
		)
	).rejects.toThrow('killed');
	expect(smtp.messages).toHaveLength(1);
	await deliverAt(after(2));
	expect(stateOf(await mail(id))).toBe('waiting');
	await deliverAt(after(17));
	expect(stateOf(await mail(id))).toBe('unclear');
	expect(smtp.messages).toHaveLength(1);
	await keep('agathe', after(20))((context) => sendAgain(context, id));
	await deliverAt(after(21));
	expect(smtp.messages).toHaveLength(2);
	expect(await mail(id)).toMatchObject({ sentAt: after(21), unclearAt: null });
	await expect(keep('agathe')((context) => sendAgain(context, id))).rejects.toThrow('administration.mail-already');
});

test('two workers at once send each mail once', async () => {
	for (let n = 0; n < 12; n++) await queue({ subject: `Lettre ${n}` });
	await Promise.all([deliverAt(after(1)), deliverAt(after(1))]);
	const subjects = smtp.messages.map(({ raw }) => /Subject: (.*)/.exec(raw.toString())![1]!.trim());
	expect(subjects.toSorted()).toEqual(Array.from({ length: 12 }, (_, n) => `Lettre ${n}`).toSorted());
});

test('a mail that waited a fortnight for a server waits for a hand', async () => {
	const id = await queue();
	await deliverAt(after(15 * 24 * 60));
	expect(stateOf(await mail(id))).toBe('refused');
	expect(smtp.messages).toHaveLength(0);
});

test('a product that stops begins no other mail', async () => {
	await queue();
	await deliverWaiting(runAt(after(1), { stopping: () => true }), through);
	expect(smtp.messages).toHaveLength(0);
});

test('three months later the texts are forgotten; what still waits keeps its own', async () => {
	const sent = await queue();
	await deliverAt(after(1));
	const waiting = await queue({}, after(2));
	await keep({ is: 'system', name: 'sweep-mails' }, after(91 * 24 * 60))(forgetTexts);
	expect((await mail(sent)).text).toBe('');
	expect((await mail(waiting)).text).not.toBe('');
});

test('the outbox is for whoever looks after the instance: to others it does not exist', async () => {
	const id = await queue();
	await db.insertInto('backups').values({ id, at: start, size: 12, sha256: '' }).execute();
	const seen = async (context: Context) => ({
		mails: (await listMails(context, { state: 'waiting', page: 1 })).mails.map((one) => one.id),
		waiting: (await countMails(context)).waiting,
		backup: await lastBackup(context)
	});
	for (const name of ['nadia', 'odile', 'helene', 'claire', 'yann', 'samir', 'bruno'] as const) {
		expect(await as(name)(seen), name).toEqual({ mails: [], waiting: 0, backup: null });
		await expect(as(name)((context) => findMail(context, id))).rejects.toThrow(NotFound);
		await expect(as(name)((context) => sendAgain(context, id))).rejects.toThrow(NotFound);
		await expect(as(name)(takeMail)).rejects.toThrow('');
	}
	expect(await as('agathe')(seen)).toEqual({ mails: [id], waiting: 1, backup: { at: start, size: 12 } });
	await expect(as(world.actors.agathe)(takeMail)).rejects.toThrow('');
	await expect(as('agathe')((context) => findMail(context, 'autre'))).rejects.toThrow(NotFound);
});
