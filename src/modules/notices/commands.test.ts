import { beforeEach, expect, test } from 'vitest';
import { stranger, type LinkBearer } from '#platform/actor.ts';
import { allow, inTransaction } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Run } from '#platform/jobs.server.ts';
import { namesOfCooperations } from '#modules/cooperations/queries.server.ts';
import { zonesOf } from '#modules/organisations/queries/people.server.ts';
import { listRecipients } from '#modules/people/queries.server.ts';
import { testWorld } from '../../../tests/world.ts';
import { chooseByLink, chooseNotices, forgetNotices, notify, post, tell } from './commands.server.ts';
import { findMyChoices, findStop, listMyNotices, listWaiting } from './queries.server.ts';
import { tellWaiting, type Known } from './reactions.server.ts';
import { everything, kinds, type Told } from './rules.ts';

const { db, as, keep, world } = await testWorld();
const { nadia, odile } = world.actors;
const cooperation = world.cooperation.id;
const noon = new Date('2026-11-24T11:00:00Z');
const tomorrow = new Date('2026-11-25T08:00:00Z');

const known: Known = {
	recipients: async (context, ids) => {
		const people = await listRecipients(context, ids);
		const zones = await zonesOf(context.db, ids);
		return people.map((person) => ({ ...person, zone: zones.get(person.id) ?? 'Europe/Paris' }));
	},
	cooperations: namesOfCooperations
};
const runAt = (now: Date): Run => ({
	db,
	now,
	stopping: () => false,
	asSystem: (work) => inTransaction(db, { actor: { is: 'system', name: 'tell-notices' }, now, mode: 'write' }, work)
});
const tellAt = (now: Date) => tellWaiting(runAt(now), known);
const system = { is: 'system', name: 'test' } as const;
const say = (over: Partial<Told> = {}, now = noon) =>
	keep(
		system,
		now
	)((context) =>
		notify(allow(context, true), now, {
			personId: nadia.id,
			kind: 'task',
			cooperationId: cooperation,
			text: 'Réserver la salle avant le 3 décembre.',
			path: '/taches',
			...over
		})
	);
const mails = () => db.selectFrom('mails').selectAll().orderBy('queuedAt').orderBy('toEmail').execute();

beforeEach(async () => {
	for (const table of ['mails', 'notices', 'noticeChoices', 'silencedAddresses'] as const) await db.deleteFrom(table).execute();
});

test('what waits is told each morning, in one mail for each person, and once', async () => {
	await say();
	await say({ kind: 'line', text: 'Odile a écrit : la salle est libre.' });
	await say({ cooperationId: null, kind: 'organisation', text: 'Samir a rejoint votre structure.' });
	await say({ personId: odile.id, text: 'Prévenir la mairie.' });
	await tellAt(noon);
	expect(await mails()).toEqual([]);
	await tellAt(tomorrow);
	await tellAt(tomorrow);
	const [first, second, ...more] = await mails();
	expect(more).toEqual([]);
	expect([first!.toEmail, first!.subject]).toEqual(['nadia@example.org', '3 nouvelles pour vous']);
	expect([second!.toEmail, second!.subject]).toEqual(['odile@example.org', 'Prévenir la mairie.']);
	const order = ['Ce qu’on attend de vous', 'Réserver la salle', 'Ce qui s’est écrit', 'la salle est libre', 'Samir a rejoint'];
	const places = order.map((text) => first!.text.indexOf(text));
	expect(places.every((place) => place >= 0)).toBe(true);
	expect(places).toEqual(places.toSorted((a, b) => a - b));
	expect(first!.text).toContain('Avril enchanté');
	expect(first!.text).toContain('http://localhost:3000/taches');
	expect(first!.text).toContain(`http://localhost:3000/avis/${first!.stopToken}`);
});

test('two workers at once tell each thing once', async () => {
	for (let n = 0; n < 6; n++) await say({ text: `Chose ${n}.` });
	await Promise.all([tellAt(tomorrow), tellAt(tomorrow)]);
	const all = (await mails()).map(({ text }) => text).join();
	for (let n = 0; n < 6; n++) expect(all.split(`Chose ${n}.`)).toHaveLength(2);
});

test('the minutes of a meeting come ten minutes later, with all that waits', async () => {
	await say({ text: 'Hier.' });
	await say({ kind: 'minutes', text: 'Le compte rendu est là.' });
	await tellAt(new Date(noon.getTime() + 9 * 60_000));
	expect(await mails()).toHaveLength(0);
	await tellAt(new Date(noon.getTime() + 10 * 60_000));
	expect((await mails())[0]!.subject).toBe('Avril enchanté\u00a0: 2 nouvelles');
});

test('whoever has no e-mail, or wants none, gets none, and it never comes later', async () => {
	await keep('odile')((context) =>
		chooseNotices(
			context,
			{ rhythm: 'day', kinds: kinds.filter((kind) => kind !== 'line'), cooperations: [] },
			{ kinds, cooperations: [cooperation] }
		)
	);
	await say({ personId: odile.id, kind: 'line' });
	await say({ personId: odile.id, kind: 'task' });
	await say({ personId: odile.id, kind: 'organisation', cooperationId: null, text: 'Reste.' });
	const quiet = newId();
	await db.insertInto('persons').values({ id: quiet, name: 'Paulette', createdAt: noon }).execute();
	await say({ personId: quiet });
	await tellAt(tomorrow);
	expect((await mails()).map(({ subject }) => subject)).toEqual(['Reste.']);
	await keep('odile')((context) =>
		chooseNotices(
			context,
			{ rhythm: 'day', kinds: [...kinds], cooperations: [cooperation] },
			{ kinds, cooperations: [cooperation] }
		)
	);
	await tellAt(new Date(tomorrow.getTime() + 86_400_000));
	expect(await mails()).toHaveLength(1);
	expect(await as('odile')(findMyChoices)).toEqual(everything);
});

test('a choice about a cooperation that the page did not show stays', async () => {
	const elsewhere = newId();
	await keep('nadia')((context) =>
		chooseNotices(context, { rhythm: 'week', kinds: [...kinds], cooperations: [] }, { kinds, cooperations: [elsewhere] })
	);
	await keep('nadia')((context) =>
		chooseNotices(context, { rhythm: 'week', kinds: [], cooperations: [cooperation] }, { kinds, cooperations: [cooperation] })
	);
	expect(await as('nadia')(findMyChoices)).toEqual({
		rhythm: 'week',
		withoutKinds: [...kinds],
		withoutCooperations: [elsewhere]
	});
});

test('the link under a mail stops such mails without signing in, and nothing else', async () => {
	await say();
	await tellAt(tomorrow);
	const token = (await mails())[0]!.stopToken!;
	await keep(stranger)((context) => chooseByLink(context, token, { rhythm: 'never' }));
	expect((await as('nadia')(findMyChoices)).rhythm).toBe('never');
	await say({}, tomorrow);
	await tellAt(new Date(tomorrow.getTime() + 86_400_000));
	expect(await mails()).toHaveLength(1);
	expect(await as(stranger)((context) => findStop(context, token))).toMatchObject({
		email: 'nadia@example.org',
		rhythm: 'never'
	});
	for (const wrong of ['', 'autre', token.slice(1)])
		await expect(as(stranger)((context) => chooseByLink(context, wrong, { rhythm: 'never' }))).rejects.toThrow(NotFound);
});

test('an address without an account can stop all that can be stopped', async () => {
	const write = (stop?: 'address') =>
		keep(
			system,
			noon
		)((context) =>
			post(allow(context, true), noon, {
				to: { name: 'Guy', email: 'Guy@example.org' },
				subject: 'Rappel',
				letter: { title: 'Rappel', paragraphs: [] },
				kind: 'poll',
				...(stop ? { stop } : {})
			})
		);
	await write('address');
	const { stopToken } = (await mails())[0]!;
	await keep(stranger)((context) => chooseByLink(context, stopToken!, { rhythm: 'never' }));
	await write('address');
	expect(await mails()).toHaveLength(1);
	await write();
	expect(await mails()).toHaveLength(2);
	await keep(stranger)((context) => chooseByLink(context, stopToken!, { rhythm: 'day' }));
	await write('address');
	expect(await mails()).toHaveLength(3);
});

test('notices of last year are forgotten', async () => {
	await say();
	await keep({ is: 'system', name: 'sweep-notices' }, new Date('2027-11-26T12:00:00Z'))(forgetNotices);
	expect(await as('nadia')((context) => listMyNotices(context, { page: 1 }))).toEqual({ notices: [], more: false });
});

test('nobody reads another’s notices; nobody but the job groups them', async () => {
	await say();
	expect((await as('nadia')((context) => listMyNotices(context, { page: 1 }))).notices).toHaveLength(1);
	const link: LinkBearer = { is: 'link', id: newId(), may: 'answer', thing: newId(), invitee: null, organisationId: null };
	for (const actor of ['odile', 'helene', 'claire', 'yann', 'samir', 'bruno', 'agathe', stranger, link] as const) {
		expect((await as(actor)((context) => listMyNotices(context, { page: 1 }))).notices).toEqual([]);
		expect(await as(actor)((context) => listWaiting(context, { after: null, limit: 10 }))).toEqual([]);
		await expect(as(actor)((context) => tell(context, { ...nadia, email: 'x@example.org' }, []))).rejects.toThrow('');
	}
	await expect(as(stranger)(findMyChoices)).rejects.toThrow(NotFound);
});
