import { expect, test } from 'vitest';
import { makeLink, revokeLinks } from '#modules/links/commands.server.ts';
import { findBearer } from '#modules/links/queries.server.ts';
import type { Actor, LinkBearer } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { newToken } from '#platform/secrets.server.ts';
import type { Name } from '../../../../seeds/world.ts';
import { testWorld } from '../../../../tests/world.ts';
import { cancelPoll, closePoll, openPoll, type Asked } from './commands.server.ts';
import { answerByLink, answerPoll, eraseMyAnswers, introduceMyself, noteAnswer } from './commands/answering.server.ts';
import { inviteToPoll } from './commands/inviting.server.ts';
import { welcomePartner } from '../commands/welcoming.server.ts';
import { acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { answerForm, introduceForm, openPollForm } from './forms.ts';
import { findPollById, findPollOfLink, listCandidates, listPolls, listPollsForMe } from './queries.server.ts';
import { findBoard } from './queries/board.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { pollsToRemind, remindPoll, remindPolls } from './reactions.server.ts';
import type { Answer } from './rules.ts';

const { db, world, as, keep, seenBy, later } = await testWorld();
const cooperation = world.cooperation.id;
const rows = [
	{ date: '2026-12-01', time: '18:30' },
	{ date: '2026-12-03', time: '' },
	{ date: '2026-12-08', time: '12:30' }
];
const asked = (over: Partial<Asked> = {}): Asked => ({
	id: newId(),
	title: 'la réunion de calage',
	place: 'salle Piat',
	minutes: 90,
	deadline: '2026-11-26',
	rows,
	who: [world.actors.odile.id, world.structures.helene],
	guests: 'Fatou Diop, fatou@example.org, Fil et Lumière',
	actingFor: null,
	...over
});
const board = async (context: Context, pollId: string) => findBoard(context, await findPollById(context, pollId));
const given = (slots: { id: string }[], ...answers: (Answer | undefined)[]) => ({
	answers: Object.fromEntries(answers.flatMap((one, i) => (one ? [[slots[i]!.id, one]] : []))),
	comment: null
});
const bearer = (pollId: string, invitee: string | null): LinkBearer => ({
	is: 'link',
	id: newId(),
	may: 'answer',
	thing: pollId,
	invitee,
	organisationId: null
});
const asActor = (context: Context, actor: Actor): Context => ({ ...context, actor });
const system: Actor = { is: 'system', name: 'test' };
const mails = (context: Context) =>
	context.db
		.selectFrom('mails')
		.select(['toEmail', 'subject', 'text', 'kind'])
		.where('queuedAt', '>=', later)
		.orderBy('id')
		.execute();
const linkIn = (text: string) => /\/sondage\/([\w-]{32})/.exec(text)![1]!;
const verbs = async (context: Context) =>
	(await context.db.selectFrom('entries').select('verb').where('chain', '=', cooperation).orderBy('n').execute())
		.map(({ verb }) => verb)
		.filter((verb) => verb.startsWith('poll') || verb === 'meeting-convened');
const evening = '18\u00a0h\u00a030 à 20\u00a0h';
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];

test('whoever asks for a date invites the partners’ people and others; each gets a link of their own', async () => {
	await as('nadia')(async (context) => {
		const candidates = await listCandidates(context, await findCooperationById(context, cooperation));
		expect(candidates.map(({ name, accepted }) => [name, accepted])).toEqual([
			['Nadia Benali', true],
			['Odile Marchand', true],
			['Hélène Roussel', false]
		]);
		const { id, path } = await openPoll(context, cooperation, asked({ who: candidates.map(({ key }) => key) }));
		expect(path).toMatch(/\/reunions\/sondage\/la-reunion-de-calage-\w{7}$/);
		const sent = await mails(context);
		expect(sent.map(({ toEmail, kind }) => [toEmail, kind])).toEqual([
			['odile@example.org', 'poll'],
			['helene@example.org', 'poll'],
			['fatou@example.org', 'poll']
		]);
		expect(new Set(sent.map(({ text }) => linkIn(text))).size).toBe(3);
		const { people, slots, organiser, organisation } = await board(context, id);
		expect([organiser, organisation]).toEqual(['Nadia Benali', 'L’Atelier du Soleil']);
		expect(people.map(({ name, organisation: theirs }) => [name, theirs])).toEqual([
			['Nadia Benali', 'L’Atelier du Soleil'],
			['Odile Marchand', 'Compagnie des Tréteaux'],
			['Hélène Roussel', 'Ville de Valsorbier'],
			['Fatou Diop', 'Fil et Lumière']
		]);
		expect(slots.map(({ startsAt }) => startsAt.toISOString())).toEqual([
			'2026-12-01T17:30:00.000Z',
			'2026-12-03T17:30:00.000Z',
			'2026-12-08T11:30:00.000Z'
		]);
		expect(await verbs(context)).toEqual(['poll-opened']);
	});
});

test('a form sent twice asks once; somebody else’s id asks nothing', async () => {
	await as('nadia')(async (context) => {
		const once = asked();
		const first = await openPoll(context, cooperation, once);
		const sent = (await mails(context)).length;
		expect(await openPoll(context, cooperation, once)).toEqual(first);
		expect(await mails(context)).toHaveLength(sent);
		await expect(openPoll(seenBy(context, 'odile'), cooperation, once)).rejects.toThrow('forms.id-unreal');
	});
});

test('an organisation that nobody speaks for is invited at its address, or waits for a call', async () => {
	await as('nadia')(async (context) => {
		const write = allow(context, true);
		await write.updateTable('memberships').set({ leftAt: later }).where('organisationId', '=', world.structures.odile).execute();
		const candidates = async () => (await listCandidates(context, await findCooperationById(context, cooperation)))[1];
		expect(await candidates()).toMatchObject({ name: 'Compagnie des Tréteaux', email: null, personId: null });
		await write
			.updateTable('organisations')
			.set({ email: 'treteaux@example.org' })
			.where('id', '=', world.structures.odile)
			.execute();
		expect(await candidates()).toMatchObject({ key: world.structures.odile, email: 'treteaux@example.org' });
		const { id } = await openPoll(context, cooperation, asked({ who: [world.structures.odile], guests: null }));
		expect((await mails(context)).map(({ toEmail }) => toEmail)).toEqual(['treteaux@example.org']);
		expect((await board(context, id)).people[1]).toMatchObject({ name: 'Compagnie des Tréteaux' });
	});
});

test('a forged invitee, or the same address twice, invites nobody more', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(
			context,
			cooperation,
			asked({
				who: [world.actors.bruno.id, world.actors.odile.id, world.actors.odile.id],
				guests: 'Odile, ODILE@example.org\nNadia nadia@example.org'
			})
		);
		expect((await board(context, id)).people.map(({ name }) => name)).toEqual(['Nadia Benali', 'Odile Marchand']);
	});
});

test.each([
	['meetings.poll-slot-none', { rows: [] }],
	[
		'meetings.poll-slot-too-many',
		{ rows: Array.from({ length: 41 }, (_, i) => ({ date: '2026-12-01', time: `1${i % 10}:${10 + Math.floor(i / 10)}` })) }
	],
	['meetings.poll-slot-twice', { rows: [...rows, rows[0]!] }],
	['meetings.poll-slot-past', { rows: [{ date: '2026-11-15', time: '18:30' }] }],
	['meetings.poll-deadline-late', { deadline: '2026-12-05' }],
	['meetings.poll-guest-without-address', { guests: 'Fatou' }],
	['meetings.poll-too-many-people', { guests: Array.from({ length: 200 }, (_, i) => `a${i}@example.org`).join('\n') }]
])('refused in words: %s', async (code, over) => {
	await as('nadia')(async (context) => {
		await expect(openPoll(context, cooperation, asked(over))).rejects.toMatchObject({ code });
		expect(await mails(context)).toEqual([]);
	});
});

test('dates and deadline are those of the cooperation’s zone', async () => {
	await as('nadia')(async (context) => {
		await allow(context, true)
			.updateTable('cooperations')
			.set({ zone: 'America/Cayenne' })
			.where('id', '=', cooperation)
			.execute();
		const { id } = await openPoll(context, cooperation, asked({ deadline: '2026-11-20' }));
		expect((await board(context, id)).slots[0]).toMatchObject({
			startsAt: new Date('2026-12-01T21:30:00Z'),
			hours: evening
		});
		const poll = await findPollById(context, id);
		expect([poll.deadline, poll.closesAt]).toEqual(['2026-11-20', new Date('2026-11-21T02:59:59.999Z')]);
	});
	await as('nadia')(async (context) => {
		const { id } = await openPoll(
			context,
			cooperation,
			asked({
				rows: [
					{ date: '2027-03-27', time: '18:30' },
					{ date: '2027-03-28', time: '' }
				]
			})
		);
		expect((await board(context, id)).slots.map(({ hours }) => hours)).toEqual([evening, evening]);
	});
});

test('an invitee answers by their link, sees the others by their first names, and changes their mind', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots } = await board(context, id);
		await answerPoll(context, id, { ...given(slots, 'yes', 'no', 'maybe'), actingFor: null });
		const mail = (await mails(context)).find(({ toEmail }) => toEmail === 'fatou@example.org')!;
		const token = linkIn(mail.text);
		// A link is looked up before there is a context; the transaction stands for the database here.
		const fatou = asActor(context, (await findBearer(context.db, token))!);
		await answerByLink(fatou, given(slots, 'yes', 'yes'));
		await answerByLink(fatou, { ...given(slots, 'no', 'yes'), comment: 'À partir de 19 h.' });
		const seen = await findBoard(fatou, await findPollOfLink(fatou));
		expect(seen.people.map(({ name, comment, answers }) => [name, comment, Object.values(answers)])).toEqual([
			['Nadia B.', null, ['yes', 'no', 'maybe']],
			['Odile M.', null, []],
			['Fatou D.', 'À partir de 19 h.', ['no', 'yes']]
		]);
		expect(seen.people.every(({ personId }) => personId === null)).toBe(true);
		expect(await verbs(context)).toEqual(['poll-opened', 'poll-answered', 'poll-answered', 'poll-answer-changed']);
		await answerByLink(fatou, { ...given(slots, 'no', 'yes'), comment: 'À partir de 19 h.' });
		expect(await verbs(context)).toHaveLength(4);
	});
});

test('by the open link one says who one is once; the same form again changes nothing, and nobody’s answer is taken over', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots } = await board(context, id);
		const open = asActor(context, bearer(id, null));
		const key = newToken();
		const me = { key, name: 'Samir Haddad', organisation: 'other', otherOrganisation: 'Radio Sorbier', ...given(slots, 'yes') };
		expect(await introduceMyself(open, me)).toEqual({ token: key });
		expect(await introduceMyself(open, me)).toEqual({ token: key });
		const people = async () => (await board(context, id)).people.map(({ name, organisation }) => [name, organisation]);
		expect((await people()).slice(3)).toEqual([['Samir Haddad', 'Radio Sorbier']]);
		const samir = (await findBearer(context.db, key))!;
		await answerByLink(asActor(context, samir), given(slots, 'no'));
		await introduceMyself(open, { ...me, key: newToken(), organisation: world.structures.odile, name: 'Une autre' });
		expect((await people())[4]).toEqual(['Une autre', 'Compagnie des Tréteaux']);
		await expect(introduceMyself(open, { ...me, key: newToken(), organisation: world.structures.bruno })).rejects.toThrow(
			'meetings.poll-structure-missing'
		);
		const elsewhere = await makeLink(allow(context, true), later, {
			thing: newId(),
			may: 'answer',
			invitee: newId(),
			organisationId: null
		});
		await expect(introduceMyself(open, { ...me, key: elsewhere })).rejects.toThrow('forms.id-unreal');
		await expect(introduceMyself(asActor(context, samir), { ...me, key: newToken() })).rejects.toThrow(Forbidden);
		await expect(answerByLink(open, given(slots, 'yes'))).rejects.toThrow(NotFound);
	});
});

test('an open link takes two hundred people, and no more', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(
			context,
			cooperation,
			asked({ who: [], guests: Array.from({ length: 199 }, (_, i) => `a${i}@example.org`).join('\n') })
		);
		const { slots } = await board(context, id);
		const me = { key: newToken(), name: 'X', organisation: 'other', otherOrganisation: null, ...given(slots, 'yes') };
		await expect(introduceMyself(asActor(context, bearer(id, null)), me)).rejects.toThrow('meetings.poll-too-many-people');
	});
});

test('forged dates, somebody else’s poll or invitee, another kind of link: nothing is answered', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { id: other } = await openPoll(context, cooperation, asked());
		const { slots, people } = await board(context, id);
		const { slots: others, people: strangers } = await board(context, other);
		const odile = people[1]!.id;
		await expect(answerByLink(asActor(context, bearer(id, odile)), given(others, 'yes'))).rejects.toThrow(NotFound);
		await expect(answerByLink(asActor(context, bearer(other, odile)), given(others, 'yes'))).rejects.toThrow();
		await expect(answerByLink(asActor(context, bearer(newId(), odile)), given(slots, 'yes'))).rejects.toThrow(NotFound);
		await expect(answerByLink(asActor(context, { ...bearer(id, odile), may: 'read' }), given(slots, 'yes'))).rejects.toThrow(
			NotFound
		);
		await expect(noteAnswer(context, id, { inviteeId: strangers[1]!.id, ...given(slots, 'yes') })).rejects.toThrow(NotFound);
		expect((await board(context, id)).people.every(({ answeredAt }) => !answeredAt)).toBe(true);
	});
});

test('a link that was taken back, or that nobody made, opens nothing', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const token = linkIn((await mails(context))[0]!.text);
		expect(await findBearer(context.db, token)).toMatchObject({ thing: id });
		await revokeLinks(allow(context, true), later, { thing: id });
		expect(await findBearer(context.db, token)).toBeNull();
		expect(await findBearer(context.db, newToken())).toBeNull();
		expect(await findBearer(context.db, 'x')).toBeNull();
	});
});

test('a partner’s member who was not invited answers too; somebody invited by address is recognised', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked({ who: [], guests: null }));
		const { slots } = await board(context, id);
		const odile = seenBy(context, 'odile');
		await answerPoll(odile, id, { ...given(slots, 'yes'), actingFor: null });
		expect((await board(context, id)).people.map(({ name, organisation }) => [name, organisation])).toEqual([
			['Nadia Benali', 'L’Atelier du Soleil'],
			['Odile Marchand', 'Compagnie des Tréteaux']
		]);
		const { id: second } = await openPoll(context, cooperation, asked({ who: [], guests: 'O. M. odile@example.org' }));
		await answerPoll(odile, second, { ...given((await board(context, second)).slots, 'yes'), actingFor: null });
		expect((await board(context, second)).people.map(({ name }) => name)).toEqual(['Nadia Benali', 'O. M.']);
	});
});

test('what waits for an answer stands on the home page until it is given', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const odile = seenBy(context, 'odile');
		expect((await listPollsForMe(odile)).map((poll) => [poll.id, poll.title, poll.cooperation])).toEqual([
			[id, 'la réunion de calage', 'Avril enchanté']
		]);
		await answerPoll(odile, id, { ...given((await board(context, id)).slots, 'yes'), actingFor: null });
		expect(await listPollsForMe(odile)).toEqual([]);
	});
});

test('an answer by telephone is noted by whoever runs the poll or accompanies, is told, and is its author’s to change', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots, people } = await board(context, id);
		const [, odile, fatou] = people;
		const sent = (await mails(context)).length;
		await noteAnswer(seenBy(context, 'claire'), id, { inviteeId: fatou!.id, ...given(slots, 'maybe') });
		const told = (await mails(context)).slice(sent);
		expect(told.map(({ toEmail }) => toEmail)).toEqual(['fatou@example.org']);
		expect((await board(context, id)).people[2]).toMatchObject({ byTelephone: true, answers: { [slots[0]!.id]: 'maybe' } });
		await answerByLink(asActor(context, (await findBearer(context.db, linkIn(told[0]!.text)))!), given(slots, 'yes'));
		await expect(noteAnswer(context, id, { inviteeId: fatou!.id, ...given(slots, 'no') })).rejects.toMatchObject({
			code: 'meetings.poll-answered-themselves'
		});
		await expect(noteAnswer(seenBy(context, 'odile'), id, { inviteeId: odile!.id, ...given(slots, 'no') })).rejects.toThrow(
			Forbidden
		);
		await expect(noteAnswer(seenBy(context, 'yann'), id, { inviteeId: odile!.id, ...given(slots, 'no') })).rejects.toThrow(
			NotFound
		);
		expect(await verbs(context)).toEqual(['poll-opened', 'poll-answer-noted', 'poll-answer-changed']);
	});
});

test('a partner that accepts later is asked once by the open polls, with a link of its own', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked({ who: [world.actors.odile.id], guests: null }));
		const closed = await openPoll(context, cooperation, asked({ who: [], guests: null }));
		await cancelPoll(context, closed.id, { reason: 'Doublon.' });
		const sent = (await mails(context)).length;
		const helene = seenBy(context, 'helene');
		const { id: partnerId } = (await findCooperationById(context, cooperation)).partners.find(
			({ organisationId }) => organisationId === world.structures.helene
		)!;
		await acceptPartnership(helene, cooperation, { partnerId });
		await welcomePartner(helene, cooperation, partnerId);
		await welcomePartner(helene, cooperation, partnerId);
		const asking = (await mails(context)).slice(sent).filter(({ kind }) => kind === 'poll');
		expect(asking.map(({ toEmail }) => toEmail)).toEqual(['helene@example.org']);
		await answerByLink(
			asActor(context, (await findBearer(context.db, linkIn(asking[0]!.text)))!),
			given((await board(context, id)).slots, 'yes')
		);
		expect((await board(context, id)).people.map(({ name }) => name)).toContain('Hélène Roussel');
		expect((await board(context, closed.id)).people).toHaveLength(1);
	});
});

test('any partner asks somebody more: by mail, or to be called; sent twice, once', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked({ who: [], guests: null }));
		const sent = (await mails(context)).length;
		const lise = {
			id: newId(),
			name: 'Lise Roy',
			email: 'lise@example.org',
			organisation: null,
			otherOrganisation: 'Le Fournil'
		};
		const odile = seenBy(context, 'odile');
		expect(await inviteToPoll(odile, id, lise)).toEqual({ name: 'Lise Roy', reached: true });
		await inviteToPoll(odile, id, lise);
		await inviteToPoll(odile, id, { ...lise, id: newId(), name: 'Lise' });
		const paul = { id: newId(), name: 'Paul', email: null, organisation: world.structures.helene, otherOrganisation: null };
		expect(await inviteToPoll(context, id, paul)).toEqual({ name: 'Paul', reached: false });
		expect((await board(context, id)).people.map((one) => [one.name, one.organisation, one.reached])).toEqual([
			['Nadia Benali', 'L’Atelier du Soleil', true],
			['Lise Roy', 'Le Fournil', true],
			['Paul', 'Ville de Valsorbier', false]
		]);
		expect((await mails(context)).slice(sent).map(({ toEmail }) => toEmail)).toEqual(['lise@example.org']);
		for (const name of ['claire', 'helene'] as const)
			await expect(inviteToPoll(seenBy(context, name), id, { ...lise, id: newId() }), name).rejects.toThrow();
		await expect(inviteToPoll(context, id, { ...paul, id: newId(), organisation: world.structures.bruno })).rejects.toThrow(
			'lines.not-a-partner'
		);
		await cancelPoll(context, id, { reason: 'Reporté.' });
		await expect(inviteToPoll(context, id, { ...lise, id: newId() })).rejects.toThrow('meetings.poll-closed-already');
	});
});

test('whoever asked learns, with the rest of their news, who answered and that all did', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked({ who: [world.actors.odile.id], guests: null }));
		const { slots } = await board(context, id);
		const told = () => context.db.selectFrom('notices').select(['personId', 'kind', 'text']).orderBy('id').execute();
		await answerPoll(context, id, { ...given(slots, 'yes'), actingFor: null });
		expect(await told()).toEqual([]);
		const odile = seenBy(context, 'odile');
		await answerPoll(odile, id, { ...given(slots, 'yes'), actingFor: null });
		await answerPoll(odile, id, { ...given(slots, 'no'), actingFor: null });
		const all = await told();
		expect(all.map(({ personId, kind }) => [personId, kind])).toEqual([
			[world.actors.nadia.id, 'poll'],
			[world.actors.nadia.id, 'poll']
		]);
		expect(all.map(({ text }) => text).join()).toContain('Odile Marchand a répondu');
		expect(all.map(({ text }) => text).join()).toContain('Tout le monde a répondu');
	});
});

test('the reminder leaves once, before the deadline, by name, to those who have not answered', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots } = await board(context, id);
		await answerPoll(seenBy(context, 'odile'), id, { ...given(slots, 'yes'), actingFor: null });
		const sent = (await mails(context)).length;
		const at = (now: string): Context => ({ ...context, actor: system, now: new Date(now) });
		expect(await pollsToRemind(at('2026-11-24T22:00:00Z'))).toEqual([]);
		const due = at('2026-11-24T23:30:00Z');
		expect(await pollsToRemind(due)).toEqual([{ id }]);
		// Nadia asked, and has not answered either.
		expect(await remindPoll(due, id)).toBe(2);
		expect(await remindPoll(due, id)).toBe(0);
		expect(await pollsToRemind(due)).toEqual([]);
		const reminded = (await mails(context)).slice(sent);
		expect(reminded.map(({ toEmail }) => toEmail).toSorted()).toEqual(['fatou@example.org', 'nadia@example.org']);
		const fatou = reminded.find(({ toEmail }) => toEmail === 'fatou@example.org')!;
		expect(fatou.text).toContain('Fatou Diop');
		await answerByLink(asActor(context, (await findBearer(context.db, linkIn(fatou.text)))!), given(slots, 'yes'));
		const seen = await board(context, id);
		expect(seen.remindedAt).toEqual(due.now);
		expect(seen.people.map(({ remindedAt }) => remindedAt !== null)).toEqual([true, false, true]);
		await expect(remindPoll(context, id)).rejects.toThrow(Forbidden);
	});
});

test('no reminder after the deadline, nor for a closed poll', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const after: Context = { ...context, actor: system, now: new Date('2026-11-27T09:00:00Z') };
		expect(await pollsToRemind(after)).toEqual([]);
		expect(await remindPoll(after, id)).toBe(0);
		await cancelPoll(context, id, { reason: 'Remis à plus tard.' });
		const due: Context = { ...context, actor: system, now: new Date('2026-11-25T09:00:00Z') };
		expect([await pollsToRemind(due), await remindPoll(due, id)]).toEqual([[], 0]);
	});
});

test('choosing a date makes one meeting for everybody who was asked; the links say so from then on', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots, people } = await board(context, id);
		const fatou = asActor(context, bearer(id, people[2]!.id));
		await answerByLink(fatou, given(slots, 'no', 'yes'));
		await expect(closePoll(seenBy(context, 'odile'), id, { slotId: slots[1]!.id })).rejects.toThrow(Forbidden);
		await expect(closePoll(context, id, { slotId: newId() })).rejects.toThrow(NotFound);
		await expect(closePoll({ ...context, now: new Date('2026-12-02T09:00:00Z') }, id, { slotId: slots[0]!.id })).rejects.toThrow(
			'meetings.poll-chosen-past'
		);
		const { path } = await closePoll(context, id, { slotId: slots[1]!.id });
		expect(await closePoll(context, id, { slotId: slots[1]!.id })).toEqual({ path });
		await expect(closePoll(context, id, { slotId: slots[0]!.id })).rejects.toThrow('meetings.poll-closed-already');
		const meeting = await context.db.selectFrom('meetings').selectAll().where('pollId', '=', id).executeTakeFirstOrThrow();
		expect(meeting).toMatchObject({ title: 'La réunion de calage', place: 'salle Piat', startsAt: slots[1]!.startsAt });
		const invited = await context.db
			.selectFrom('meetingParticipants')
			.select('name')
			.where('meetingId', '=', meeting.id)
			.execute();
		expect(invited.map(({ name }) => name).toSorted()).toEqual(['Fatou Diop', 'Nadia Benali', 'Odile Marchand']);
		expect(await findBoard(fatou, await findPollOfLink(fatou))).toMatchObject({
			state: 'chosen',
			chosen: { id: slots[1]!.id, day: 'jeudi 3 décembre', hours: evening },
			meeting: { path, day: 'jeudi 3 décembre' }
		});
		const refused = { code: 'meetings.poll-closed-meanwhile', details: { date: `jeudi 3 décembre, ${evening}` } };
		await expect(answerByLink(fatou, given(slots, 'yes'))).rejects.toMatchObject(refused);
		await expect(answerPoll(context, id, { ...given(slots, 'yes'), actingFor: null })).rejects.toMatchObject(refused);
		await expect(
			introduceMyself(asActor(context, bearer(id, null)), {
				key: newToken(),
				name: 'X',
				organisation: 'other',
				otherOrganisation: null,
				...given(slots, 'yes')
			})
		).rejects.toMatchObject(refused);
		expect((await board(context, id)).people[2]!.answers).toEqual({ [slots[0]!.id]: 'no', [slots[1]!.id]: 'yes' });
		expect(await verbs(context)).toEqual(['poll-opened', 'poll-answered', 'poll-closed', 'meeting-convened']);
	});
});

test('a poll is closed without a date with a reason, which those who were asked read', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots, people } = await board(context, id);
		const sent = (await mails(context)).length;
		await expect(cancelPoll(seenBy(context, 'claire'), id, { reason: 'x' })).rejects.toThrow(Forbidden);
		await cancelPoll(context, id, { reason: 'La salle est fermée en décembre.' });
		const told = (await mails(context)).slice(sent);
		expect(told.map(({ toEmail }) => toEmail).toSorted()).toEqual(['fatou@example.org', 'odile@example.org']);
		expect(told[0]!.text).toContain('La salle est fermée en décembre.');
		await expect(answerByLink(asActor(context, bearer(id, people[1]!.id)), given(slots, 'yes'))).rejects.toThrow(
			'meetings.poll-cancelled-meanwhile'
		);
		await expect(closePoll(context, id, { slotId: slots[0]!.id })).rejects.toThrow('meetings.poll-closed-already');
	});
});

test('answers still count after the deadline, until a date is chosen', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots } = await board(context, id);
		await answerPoll({ ...context, now: new Date('2026-11-28T09:00:00Z') }, id, { ...given(slots, 'yes'), actingFor: null });
		expect((await board(context, id)).people[0]!.answers).toEqual({ [slots[0]!.id]: 'yes' });
	});
});

test('a date that has gone by is no longer the best', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots } = await board(context, id);
		await answerPoll(context, id, { ...given(slots, 'yes', 'maybe'), actingFor: null });
		const best = async (now: string) => (await board({ ...context, now: new Date(now) }, id)).slots.map((slot) => slot.best);
		expect(await best('2026-11-20T09:00:00Z')).toEqual([true, false, false]);
		expect(await best('2026-12-02T09:00:00Z')).toEqual([false, true, false]);
	});
});

test('whoever is erased by right leaves neither name nor words in a poll; their answers stay', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { slots } = await board(context, id);
		await answerPoll(seenBy(context, 'odile'), id, {
			...given(slots, 'yes'),
			comment: 'Je viens avec ma fille.',
			actingFor: null
		});
		await eraseMyAnswers(seenBy(context, 'odile'));
		expect((await board(context, id)).people[1]).toMatchObject({
			name: m.people_erased_name(),
			comment: null,
			reached: false,
			answers: { [slots[0]!.id]: 'yes' }
		});
	});
});

test('strangers see no poll; partners and the accompanying hub do', async () => {
	await as('nadia')(async (context) => {
		const { id } = await openPoll(context, cooperation, asked());
		const { path } = await findCooperationById(context, cooperation);
		for (const name of everyone) {
			const seen = ['nadia', 'odile', 'claire'].includes(name);
			const eyes = seenBy(context, name);
			expect(await listPolls(eyes, { id: cooperation, path }), name).toHaveLength(seen ? 1 : 0);
			if (!['nadia', 'odile'].includes(name)) expect(await listPollsForMe(eyes), name).toEqual([]);
			if (seen) expect((await findPollById(eyes, id)).id, name).toBe(id);
			else await expect(findPollById(eyes, id), name).rejects.toThrow(NotFound);
		}
		const away = asActor(context, { ...bearer(id, null), may: 'accept' });
		await expect(findPollById(away, id)).rejects.toThrow(NotFound);
		await expect(findPollOfLink(context)).rejects.toThrow(NotFound);
		await expect(openPoll(seenBy(context, 'helene'), cooperation, asked())).rejects.toThrow(Forbidden);
		await expect(openPoll(seenBy(context, 'claire'), cooperation, asked())).rejects.toThrow(Forbidden);
		await expect(openPoll(seenBy(context, 'samir'), cooperation, asked())).rejects.toThrow(NotFound);
	});
});

test('ten people who answer at once lose nothing, and the one who closes waits for them or they are told', async () => {
	const { id } = await keep('nadia')((context) =>
		openPoll(context, cooperation, asked({ guests: Array.from({ length: 8 }, (_, i) => `g${i}@example.org`).join('\n') }))
	);
	const { slots, people } = await as('nadia')((context) => board(context, id));
	const answer = (one: { id: string }) => keep(bearer(id, one.id))((context) => answerByLink(context, given(slots, 'yes', 'no')));
	await Promise.all(people.map(answer));
	const key = newToken();
	const me = { key, name: 'Deux clics', organisation: 'other', otherOrganisation: null, ...given(slots, 'yes') };
	await Promise.all([1, 2].map(() => keep(bearer(id, null))((context) => introduceMyself(context, me))));
	const seen = await as('nadia')((context) => board(context, id));
	expect(seen.people.filter(({ answers }) => answers[slots[0]!.id] === 'yes')).toHaveLength(people.length + 1);
	const [closed, ...late] = await Promise.allSettled([
		keep('nadia')((context) => closePoll(context, id, { slotId: slots[0]!.id })),
		...people.map((one) => keep(bearer(id, one.id))((context) => answerByLink(context, given(slots, 'no'))))
	]);
	expect(closed.status).toBe('fulfilled');
	const after = await as('nadia')((context) => board(context, id));
	for (const [i, one] of late.entries()) {
		const kept = after.people.find((person) => person.id === people[i]!.id)!.answers[slots[0]!.id];
		if (one.status === 'fulfilled') expect(kept).toBe('no');
		else {
			expect(one.reason).toBeInstanceOf(Refused);
			expect(kept).toBe('yes');
		}
	}
	const meetings = await db.selectFrom('meetings').select('id').where('pollId', '=', id).execute();
	expect(meetings).toHaveLength(1);
});

test('the job reminds each poll whose time has come, and wakes the mails', async () => {
	const { id } = await keep('nadia')((context) => openPoll(context, cooperation, asked()));
	const woken: string[] = [];
	const run = () =>
		remindPolls((name) => woken.push(name)).run({
			db,
			now: later,
			asSystem: (work) => keep(system, new Date('2026-11-25T09:00:00Z'))(work),
			stopping: () => false
		});
	await run();
	await run();
	const reminded = await db.selectFrom('polls').select('remindedAt').where('id', '=', id).executeTakeFirstOrThrow();
	expect(reminded.remindedAt).toEqual(new Date('2026-11-25T09:00:00Z'));
	const told = await db.selectFrom('entries').select('verb').where('verb', '=', 'poll-reminded').execute();
	expect([told.length, woken]).toEqual([1, ['deliver-mails', 'deliver-mails']]);
	await keep('nadia')((context) => cancelPoll(context, id, { reason: 'Essai.' }));
});

test('what is sent: answers by date, nothing else; none at all, or a strange one, is refused', () => {
	const slot = newId();
	const parsed = (sent: unknown) => answerForm.safeParse(sent);
	expect(parsed({ [`date-${slot}`]: 'yes', comment: ' ' }).data).toMatchObject({ answers: { [slot]: 'yes' }, comment: null });
	for (const sent of [
		{},
		{ [`date-${slot}`]: 'oui' },
		{ 'date-1': 'yes' },
		{ [`date-${slot}`]: ['yes', 'no'] },
		{ ['date-__proto__']: 'yes' }
	])
		expect(parsed(sent).error?.issues[0]?.path, JSON.stringify(sent)).toEqual(['answers']);
	const me = { [`date-${slot}`]: 'yes', key: newToken(), name: 'Fatou', organisation: 'other' };
	expect(introduceForm.safeParse(me).success).toBe(true);
	for (const wrong of [{ name: ' ' }, { organisation: '' }, { key: 'x' }])
		expect(introduceForm.safeParse({ ...me, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
	const form = { id: newId(), title: 'x', minutes: '90', date: '2026-12-01', time: '18:30:00', who: newId() };
	expect(openPollForm.safeParse(form).data).toMatchObject({ rows: [{ date: '2026-12-01', time: '18:30' }], minutes: 90 });
	expect(openPollForm.safeParse({ ...form, minutes: '17' }).success).toBe(false);
});
