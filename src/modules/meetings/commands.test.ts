import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { expect, test } from 'vitest';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import type { LinkBearer } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { convene, conveneFirst, conveneMeeting, inviteMore } from './commands.server.ts';
import { cancelMeeting, changeMeeting } from './commands/changing.server.ts';
import { noteReplyByTelephone, reply, replyByLink } from './commands/replying.server.ts';
import { movePoint, removePoint, writePoint } from './commands/agenda.server.ts';
import { findInvitation, findMeetingById, listComing, listMyMeetings, listPoints } from './queries.server.ts';
import { listParticipants, listUninvited } from './queries/participants.server.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];

const asked = (over = {}) => ({
	id: newId(),
	title: 'Préparer la scène',
	day: '2026-12-03',
	time: '18:30',
	minutes: 90,
	place: 'Salle des fêtes',
	people: [world.actors.nadia.id, world.actors.odile.id],
	actingFor: null,
	...over
});
const meetingOf = (context: Context, over = {}) => conveneMeeting(context, cooperation, asked(over));
const mailsOf = ({ db }: Context) =>
	db.selectFrom('mails').selectAll().where('kind', 'like', 'meeting-%').orderBy('id').execute();
const bearer = async ({ db }: Context, meeting: string, participant: string): Promise<LinkBearer> => {
	const link = await db
		.selectFrom('participationLinks')
		.selectAll()
		.where('thing', '=', meeting)
		.where('invitee', '=', participant)
		.executeTakeFirstOrThrow();
	return {
		is: 'link',
		id: link.id,
		may: 'answer',
		thing: link.thing,
		invitee: link.invitee,
		organisationId: link.organisationId
	};
};
const byLink = (context: Context, actor: LinkBearer): Context => ({ ...context, actor });

test('a meeting is convened: seen by the partners and their hub, and by nobody else, told in the journal, posted to everyone with a file', async () => {
	await as('nadia')(async (context) => {
		const { id, path } = await meetingOf(context);
		expect(path).toMatch(/^\/cooperations\/.+\/reunions\/preparer-la-scene-\w{7}$/);
		for (const name of everyone) {
			const eyes = seenBy(context, name);
			if (name === 'nadia' || name === 'odile') {
				expect((await findMeetingById(eyes, id)).meeting.title).toBe('Préparer la scène');
				expect(await listMyMeetings(eyes)).toMatchObject([{ id, path, reply: name === 'nadia' ? 'yes' : null }]);
			} else {
				// the hub that accompanies sees that they meet
				if (name === 'claire') expect((await findMeetingById(eyes, id)).meeting.title).toBe('Préparer la scène');
				else await expect(findMeetingById(eyes, id), name).rejects.toThrow(NotFound);
				expect(await listMyMeetings(eyes), name).toEqual([]);
			}
		}
		const mails = await mailsOf(context);
		expect(mails.map(({ toEmail, calendarMethod }) => [toEmail, calendarMethod])).toEqual([
			['nadia@example.org', 'REQUEST'],
			['odile@example.org', 'REQUEST']
		]);
		expect(mails[1]!.text).toMatch(/\/reunion\/[\w-]{32}/);
		const told = await context.db.selectFrom('entries').select('verb').where('verb', '=', 'meeting-convened').execute();
		expect(told).toHaveLength(1);
	});
});

test('sent twice, it is convened once', async () => {
	await as('nadia')(async (context) => {
		const once = asked();
		const first = await conveneMeeting(context, cooperation, once);
		expect(await conveneMeeting(context, cooperation, once)).toEqual(first);
		expect(await mailsOf(context)).toHaveLength(2);
		await expect(conveneMeeting(seenBy(context, 'odile'), cooperation, once)).rejects.toThrow('forms.id-unreal');
	});
});

test('what a poll decides is convened with guests who have no account, each address once', async () => {
	await as('nadia')(async (context) => {
		const found = await findCooperationById(context, cooperation);
		const guest = { personId: null, name: 'Lise', email: 'lise@example.org', organisationId: null };
		const { id } = await convene(allow(context, true), context, found, {
			title: 'Avec Lise',
			place: null,
			startsAt: new Date('2026-12-03T17:30:00Z'),
			minutes: 60,
			pollId: newId(),
			participants: [guest, { ...guest, email: 'LISE@example.org' }, { ...guest, name: 'Sans adresse', email: null }],
			actingFor: { id: world.structures.nadia, name: 'L’Atelier du Soleil' }
		});
		const participants = await listParticipants(context, id);
		expect(participants.map(({ name }) => name)).toEqual([
			'Lise',
			'Sans adresse',
			'L’Atelier du Soleil',
			'Compagnie des Tréteaux'
		]);
		expect(await mailsOf(context)).toHaveLength(1);
		const lise = byLink(context, await bearer(context, id, participants[0]!.id));
		expect((await findInvitation(lise)).meeting.title).toBe('Avec Lise');
		await replyByLink(lise, { reply: 'maybe' });
		expect((await listParticipants(context, id))[0]!.reply).toBe('maybe');
	});
});

test('a link opens its own meeting for its own invitee, and answers for nobody else', async () => {
	await as('nadia')(async (context) => {
		const one = await meetingOf(context);
		const other = await meetingOf(context, { title: 'Une autre' });
		const [nadia, odile] = await listParticipants(context, one.id);
		const link = await bearer(context, one.id, odile!.id);
		await replyByLink(byLink(context, link), { reply: 'no' });
		const replies = (await listParticipants(context, one.id)).map(({ reply }) => reply);
		expect(replies).toEqual(['yes', 'no']);
		await expect(findInvitation(byLink(context, { ...link, thing: other.id }))).rejects.toThrow(NotFound);
		await expect(findInvitation(byLink(context, { ...link, invitee: null }))).rejects.toThrow(NotFound);
		await expect(findInvitation(byLink(context, { ...link, may: 'accept' }))).rejects.toThrow(NotFound);
		await expect(findMeetingById(byLink(context, link), other.id)).rejects.toThrow(NotFound);
		expect(nadia!.reply).toBe('yes');
	});
});

/** Reads a file with both libraries, which share no code. */
function read(file: string) {
	const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
	const event = calendar.getFirstSubcomponent('vevent')!;
	const elsewhere = Object.values(ical.sync.parseICS(file)).find((one): one is VEvent => one?.type === 'VEVENT')!;
	expect(String(elsewhere.uid)).toBe(event.getFirstPropertyValue('uid'));
	expect(Number(elsewhere.sequence)).toBe(Number(event.getFirstPropertyValue('sequence')));
	return {
		method: calendar.getFirstPropertyValue('method'),
		uid: event.getFirstPropertyValue('uid'),
		sequence: event.getFirstPropertyValue('sequence'),
		status: event.getFirstPropertyValue('status'),
		place: event.getFirstPropertyValue('location'),
		starts: (elsewhere.start as Date).toISOString(),
		partstat: event.getFirstProperty('attendee')!.getFirstParameter('partstat')
	};
}

test('invitation, change of place, change of time, cancellation: calendars can follow each', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingOf(context);
		const odile = seenBy(context, 'odile');
		await reply(odile, id, { reply: 'yes' });
		const { people: _, actingFor: __, id: ___, ...same } = asked();
		await changeMeeting(odile, id, { ...same, place: 'Chez Odile', sequence: 0 });
		expect((await listParticipants(context, id)).map((one) => one.reply)).toEqual(['yes', 'yes']);
		await changeMeeting(context, id, { ...same, place: 'Chez Odile', time: '19:00', sequence: 1 });
		expect((await listParticipants(context, id)).map((one) => one.reply)).toEqual(['yes', null]);
		await cancelMeeting(context, id, { reason: 'La salle est prise.' });
		const files = (await mailsOf(context))
			.filter(({ toEmail }) => toEmail === 'odile@example.org')
			.map(({ calendar }) => read(calendar!));
		const [first] = files;
		const one = { uid: first!.uid, place: 'Chez Odile' };
		expect(files).toEqual([
			{
				...one,
				method: 'REQUEST',
				sequence: 0,
				status: 'CONFIRMED',
				place: 'Salle des fêtes',
				starts: '2026-12-03T17:30:00.000Z',
				partstat: 'NEEDS-ACTION'
			},
			{ ...one, method: 'REQUEST', sequence: 1, status: 'CONFIRMED', starts: '2026-12-03T17:30:00.000Z', partstat: 'ACCEPTED' },
			{
				...one,
				method: 'REQUEST',
				sequence: 2,
				status: 'CONFIRMED',
				starts: '2026-12-03T18:00:00.000Z',
				partstat: 'NEEDS-ACTION'
			},
			{ ...one, method: 'CANCEL', sequence: 3, status: 'CANCELLED', starts: '2026-12-03T18:00:00.000Z', partstat: 'NEEDS-ACTION' }
		]);
		await expect(reply(odile, id, { reply: 'yes' })).rejects.toThrow('meetings.cancelled');
		await expect(cancelMeeting(odile, id, { reason: 'x' })).rejects.toThrow('meetings.cancelled');
		expect(await listMyMeetings(context)).toEqual([]);
	});
});

test('of two people who change a meeting at once, the second is told', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingOf(context);
		const { people: _, actingFor: __, id: ___, ...same } = asked();
		await changeMeeting(context, id, { ...same, place: 'A', sequence: 0 });
		await expect(changeMeeting(seenBy(context, 'odile'), id, { ...same, place: 'B', sequence: 0 })).rejects.toMatchObject({
			code: 'meetings.changed-meanwhile',
			details: { theirs: expect.stringMatching(/, A$/) }
		});
		await changeMeeting(context, id, { ...same, place: 'A', sequence: 1 });
		expect((await findMeetingById(context, id)).meeting.sequence, 'nothing changed').toBe(1);
	});
});

test('bad dates and forged people are refused in words, and nothing is written', async () => {
	await as('nadia')(async (context) => {
		await expect(meetingOf(context, { day: '2026-11-15' })).rejects.toThrow('meetings.in-the-past');
		await expect(meetingOf(context, { day: '2099-01-01' })).rejects.toThrow('meetings.too-far');
		await expect(meetingOf(context, { minutes: 1 })).rejects.toThrow('meetings.length-unreal');
		await expect(meetingOf(context, { people: [] })).rejects.toThrow('meetings.nobody');
		await expect(meetingOf(context, { people: [world.actors.samir.id] })).rejects.toThrow('meetings.not-a-partner');
		await expect(meetingOf(context, { actingFor: world.structures.odile })).rejects.toThrow('organisations.not-yours');
		expect(await listComing(context, await findCooperationById(context, cooperation))).toEqual([]);
	});
});

test('nobody convenes, changes or writes an agenda but the partners', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingOf(context);
		for (const name of ['samir', 'bruno', 'yann', 'agathe', 'helene', 'claire'] as const) {
			const other = seenBy(context, name);
			// The hub sees that they meet, and writes nothing there.
			const refused = name === 'claire' ? Forbidden : NotFound;
			await expect(conveneMeeting(other, cooperation, asked()), name).rejects.toThrow();
			await expect(cancelMeeting(other, id, { reason: 'x' }), name).rejects.toThrow(refused);
			await expect(writePoint(other, id, { id: newId(), title: 'x', minutes: null, expected: 'inform' }), name).rejects.toThrow(
				refused
			);
			await expect(inviteMore(other, id, { people: [] }), name).rejects.toThrow(refused);
		}
	});
});

test('an agenda is written, moved and shortened; a point of another meeting is not touched', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingOf(context);
		const other = await meetingOf(context);
		const points = ['A', 'B', 'C'].map((title) => ({ id: newId(), title, minutes: 10, expected: 'decide' as const }));
		for (const point of points) await writePoint(context, id, point);
		await writePoint(context, id, points[0]!);
		await movePoint(context, id, { id: points[2]!.id, direction: 'up' });
		await movePoint(context, id, { id: points[0]!.id, direction: 'up' });
		expect((await listPoints(context, id)).map(({ title }) => title).join('')).toBe('ACB');
		await removePoint(context, id, { id: points[0]!.id });
		expect((await listPoints(context, id)).map(({ title }) => title).join('')).toBe('CB');
		await expect(writePoint(context, other.id, points[1]!)).rejects.toThrow(NotFound);
		await expect(removePoint(context, other.id, { id: points[1]!.id })).rejects.toThrow(NotFound);
		await expect(movePoint(context, other.id, { id: points[1]!.id, direction: 'up' })).rejects.toThrow(NotFound);
	});
});

test('the third answer convenes those who begin, or nobody when there is no date yet', async () => {
	await as('nadia')(async (context) => {
		const none = { id: newId(), day: null, time: null, actingFor: null };
		expect(await conveneFirst(context, cooperation, none)).toBeNull();
		await expect(conveneFirst(context, cooperation, { ...none, day: '2026-12-01' })).rejects.toThrow('forms.time-missing');
		await expect(conveneFirst(context, cooperation, { ...none, time: '10:00' })).rejects.toThrow('forms.day-missing');
		const first = await conveneFirst(context, cooperation, { ...none, day: '2026-12-01', time: '10:00' });
		expect((await findMeetingById(context, first!.id)).meeting.startsAt.toISOString()).toBe('2026-12-01T09:00:00.000Z');
	});
});

test('who was left out is invited later, once', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingOf(context, { people: [world.actors.nadia.id] });
		const found = await findCooperationById(context, cooperation);
		const left = await listUninvited(context, found, await listParticipants(context, id));
		expect(left.map(({ name }) => name)).toEqual(['Odile Marchand']);
		expect(await inviteMore(context, id, { people: [world.actors.odile.id] })).toBe(1);
		expect(await inviteMore(context, id, { people: [world.actors.odile.id] })).toBe(0);
		expect(await mailsOf(context)).toHaveLength(2);
	});
});

test('whoever left the cooperation is told nothing more', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingOf(context);
		const odile = (await listParticipants(context, id))[1]!;
		const link = await bearer(context, id, odile.id);
		await allow(context, true)
			.updateTable('partners')
			.set({ leftAt: context.now, leftReason: 'Faute de temps.' })
			.where('organisationId', '=', world.structures.odile)
			.execute();
		await expect(findMeetingById(seenBy(context, 'odile'), id)).rejects.toThrow(NotFound);
		await expect(findInvitation(byLink(context, link))).rejects.toThrow(NotFound);
		const before = (await mailsOf(context)).length;
		await cancelMeeting(context, id, { reason: 'x' });
		expect((await mailsOf(context)).slice(before).map(({ toEmail }) => toEmail)).toEqual(['nadia@example.org']);
	});
});

test('a partner of whom nobody comes stands there by its own name; its answer is noted on the telephone, once it gave none itself', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingOf(context, { people: [world.actors.nadia.id] });
		const there = async () => (await listParticipants(context, id)).map((one) => [one.name, one.reply, one.replyByTelephone]);
		expect(await there()).toEqual([
			['Nadia Benali', 'yes', false],
			['Compagnie des Tréteaux', null, false]
		]);
		const [nadia, treteaux] = await listParticipants(context, id);
		const claire = seenBy(context, 'claire');
		expect(await noteReplyByTelephone(claire, id, { participant: treteaux!.id, reply: 'no' })).toEqual({
			name: 'Compagnie des Tréteaux'
		});
		await noteReplyByTelephone(claire, id, { participant: treteaux!.id, reply: 'yes' });
		expect((await there())[1]).toEqual(['Compagnie des Tréteaux', 'yes', true]);
		await expect(noteReplyByTelephone(claire, id, { participant: nadia!.id, reply: 'no' })).rejects.toThrow(
			'meetings.answered-themselves'
		);
		for (const name of ['yann', 'helene', 'samir'] as const)
			await expect(
				noteReplyByTelephone(seenBy(context, name), id, { participant: treteaux!.id, reply: 'no' }),
				name
			).rejects.toThrow(NotFound);
		const { id: second } = await meetingOf(context, { id: newId(), people: [world.actors.nadia.id] });
		await inviteMore(context, second, { people: [world.actors.odile.id] });
		expect((await listParticipants(context, second)).map(({ name }) => name)).toEqual(['Nadia Benali', 'Odile Marchand']);
	});
});
