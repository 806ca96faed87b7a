import { expect, test } from 'vitest';
import { findLine } from '#modules/lines/queries.server.ts';
import { listMyTasks } from '#modules/lines/queries/mine.server.ts';
import { reviseLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import type { LinkBearer } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import type { Name } from '../../../../seeds/world.ts';
import { testWorld } from '../../../../tests/world.ts';
import { convene } from '../commands.server.ts';
import { cancelMeeting, changeMeeting } from './changing.server.ts';
import { meetingDocument, onPaper } from '../documents.server.ts';
import { findMeetingById, listPoints } from '../queries.server.ts';
import { listParticipants } from '../queries/participants.server.ts';
import { findSentMinutes, listMinutes } from '../queries/minutes.server.ts';
import { movePoint, removePoint, writePoint } from './agenda.server.ts';
import { adoptMinutes, circulateMinutes, minute, noteAttendee, notePresence } from './minutes.server.ts';

const { world, as, keep, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const during = new Date('2026-12-03T18:00:00Z');
const at = (context: Context, now: Date): Context => ({ ...context, now });

/** A meeting of Nadia, Odile and Lise, who has no account and came with Odile. */
async function meetingOf(context: Context, startsAt = '2026-12-03T17:30:00Z') {
	const { id } = await convene(allow(context, true), context, await findCooperationById(context, cooperation), {
		title: 'Préparer la scène',
		place: null,
		startsAt: new Date(startsAt),
		minutes: 90,
		pollId: null,
		participants: [
			{ personId: world.actors.nadia.id, name: 'Nadia', email: 'nadia@example.org', organisationId: world.structures.nadia },
			{ personId: world.actors.odile.id, name: 'Odile', email: 'odile@example.org', organisationId: world.structures.odile },
			{ personId: null, name: 'Lise', email: 'lise@example.org', organisationId: world.structures.odile },
			{ personId: null, name: 'Marc', email: 'marc@example.org', organisationId: world.structures.helene }
		],
		actingFor: { id: world.structures.nadia, name: 'L’Atelier du Soleil' }
	});
	return id;
}
const said = (over = {}) => ({
	...noDetails,
	id: newId(),
	kind: 'decision' as const,
	text: 'La pièce se joue dehors.',
	actingFor: null,
	point: null,
	...over
});
const mails = ({ db }: Context, kind = 'minutes') =>
	db.selectFrom('mails').selectAll().where('kind', '=', kind).orderBy('id').execute();
const linesOf = async (context: Context, id: string) => listMinutes(context, (await findMeetingById(context, id)).meeting);

test('what is said is written under its point, in the name of who said it, seen by the partners alone; tasks land', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const context = at(early, during);
		const point = { id: newId(), title: 'La salle', minutes: 20, expected: 'decide' as const };
		await writePoint(context, id, point);
		const task = said({
			kind: 'task',
			text: 'Réserver la salle.',
			point: point.id,
			actingFor: world.structures.odile,
			whoPerson: world.actors.odile.id,
			endsOn: '2026-12-10'
		});
		await minute(context, id, said());
		await minute(at(context, new Date(during.getTime() + 1000)), id, task);
		await minute(at(context, new Date(during.getTime() + 2000)), id, task);
		const lines = await linesOf(context, id);
		expect(lines.map(({ text, speaker, pointId, author }) => [text, speaker, pointId, author])).toEqual([
			['La pièce se joue dehors.', 'L’Atelier du Soleil', null, 'Nadia Benali'],
			['Réserver la salle.', 'Compagnie des Tréteaux', point.id, null]
		]);
		expect((await listMyTasks(seenBy(context, 'odile'))).map(({ text }) => text)).toEqual(['Réserver la salle.']);
		for (const name of ['samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'] as Name[]) {
			const other = seenBy(context, name);
			// The hub sees that they meet, and what is open to it; it writes nothing there.
			const refused = name === 'claire' ? Forbidden : NotFound;
			expect(await listMinutes(other, { id, circulatedAt: null }), name).toEqual([]);
			await expect(minute(other, id, said()), name).rejects.toThrow(refused);
			await expect(circulateMinutes(other, id), name).rejects.toThrow(refused);
			await expect(adoptMinutes(other, id, { inMeeting: null }), name).rejects.toThrow(refused);
		}
		await expect(removePoint(context, id, { id: point.id })).rejects.toThrow('meetings.point-has-lines');
		await expect(cancelMeeting(context, id, { reason: 'x' })).rejects.toThrow('meetings.minutes-begun');
		await expect(
			changeMeeting(context, id, { sequence: 0, title: 'x', day: '2026-12-09', time: '10:00', minutes: 60, place: null })
		).rejects.toThrow('meetings.minutes-begun');
	});
});

test('before the meeting there is only its agenda; of a cancelled one, nothing is noted', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const someone = (await listParticipants(early, id))[0]!.id;
		await expect(minute(early, id, said())).rejects.toThrow('meetings.not-begun');
		await expect(notePresence(early, id, { participant: someone, presence: 'present', representedBy: null })).rejects.toThrow(
			'meetings.not-begun'
		);
		await expect(circulateMinutes(early, id)).rejects.toThrow('meetings.minutes-empty');
		await writePoint(early, id, { id: newId(), title: 'La salle', minutes: null, expected: 'inform' });
		await cancelMeeting(early, id, { reason: 'x' });
		await expect(minute(at(early, during), id, said())).rejects.toThrow('meetings.cancelled');
		await expect(circulateMinutes(at(early, during), id)).rejects.toThrow('meetings.cancelled');
	});
});

test('presences are noted, those of people who were not invited too; nobody represents themselves', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const context = at(early, during);
		const [nadia, odile] = await listParticipants(context, id);
		await notePresence(context, id, { participant: nadia!.id, presence: 'present', representedBy: null });
		await notePresence(context, id, { participant: odile!.id, presence: 'represented', representedBy: nadia!.id });
		const attendee = { id: newId(), name: 'Un voisin', organisation: null };
		await noteAttendee(context, id, attendee);
		await noteAttendee(context, id, attendee);
		expect((await listParticipants(context, id)).map(({ name, presence }) => [name, presence])).toEqual([
			['Nadia Benali', 'present'],
			['Odile Marchand', 'represented'],
			['Lise', null],
			['Marc', null],
			['Un voisin', 'present']
		]);
		const other = await meetingOf(context, '2026-12-20T10:00:00Z');
		const elsewhere = (await listParticipants(context, other))[0]!.id;
		const forged = [
			{ participant: elsewhere, presence: 'present' as const, representedBy: null },
			{ participant: odile!.id, presence: 'represented' as const, representedBy: odile!.id },
			{ participant: odile!.id, presence: 'represented' as const, representedBy: elsewhere }
		];
		for (const one of forged) await expect(notePresence(context, id, one)).rejects.toThrow(NotFound);
		await expect(noteAttendee(context, id, { ...attendee, id: newId(), organisation: world.structures.bruno })).rejects.toThrow(
			'lines.not-a-partner'
		);
	});
});

test('forged points, speakers and lines are refused', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const other = await meetingOf(early, '2026-12-03T20:00:00Z');
		const context = at(early, new Date('2026-12-03T20:30:00Z'));
		const point = { id: newId(), title: 'x', minutes: null, expected: 'inform' as const };
		await writePoint(context, other, point);
		await expect(minute(context, id, said({ point: point.id }))).rejects.toThrow(NotFound);
		await expect(minute(context, id, said({ actingFor: world.structures.bruno }))).rejects.toThrow('lines.not-a-partner');
		const line = said();
		await minute(context, other, line);
		await minute(context, id, line);
		expect(await linesOf(context, id), 'a line stays where it was said').toEqual([]);
	});
});

test('minutes go to everyone once, with their own tasks; then only lines correct them, until they are adopted', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const context = at(early, during);
		const line = said();
		const point = { id: newId(), title: 'La salle', minutes: 20, expected: 'decide' as const };
		await writePoint(context, id, point);
		await minute(context, id, line);
		await minute(context, id, said({ kind: 'task', text: 'Réserver la salle.', whoPerson: world.actors.odile.id }));
		await minute(context, id, said({ kind: 'task', text: 'Coller les affiches.', whoOrganisation: world.structures.odile }));
		await expect(adoptMinutes(context, id, { inMeeting: null })).rejects.toThrow('meetings.not-circulated');
		expect(await circulateMinutes(context, id)).toBe(3);
		const sent = await mails(context);
		expect(sent.map(({ toEmail, subject }) => [toEmail, /(\d) tâche/.exec(subject.replace(/\u00a0/g, ' '))?.[1] ?? '0'])).toEqual(
			[
				['nadia@example.org', '0'],
				['odile@example.org', '2'],
				['lise@example.org', '1']
			]
		);
		expect(sent[1]!.text).toContain('Réserver la salle.');
		expect(sent[0]!.text).not.toContain('Réserver la salle.');
		await expect(circulateMinutes(context, id)).rejects.toThrow('meetings.already-circulated');
		const someone = (await listParticipants(context, id))[0]!.id;
		await expect(notePresence(context, id, { participant: someone, presence: 'absent', representedBy: null })).rejects.toThrow(
			'meetings.circulated'
		);
		await expect(writePoint(context, id, { ...point, id: newId() })).rejects.toThrow('meetings.circulated');
		await expect(movePoint(context, id, { id: point.id, direction: 'up' })).rejects.toThrow('meetings.circulated');
		const after = at(context, new Date(during.getTime() + 60_000));
		await reviseLine(after, {
			...noDetails,
			id: line.id,
			text: 'La pièce se joue dedans.',
			reason: 'Il pleut.',
			actingFor: null
		});
		await minute(after, id, said({ text: 'Odile avait prévenu.' }));
		expect((await linesOf(after, id)).map(({ text, corrected }) => [text, corrected])).toEqual([
			['La pièce se joue dedans.', 'revised'],
			['Réserver la salle.', null],
			['Coller les affiches.', null],
			['Odile avait prévenu.', 'added']
		]);
		const next = await meetingOf(context, '2026-12-17T17:30:00Z');
		const then = at(context, new Date('2026-12-17T18:00:00Z'));
		await expect(adoptMinutes(after, id, { inMeeting: next })).rejects.toThrow(NotFound);
		await adoptMinutes(then, id, { inMeeting: next });
		expect((await findMeetingById(then, id)).meeting).toMatchObject({ adoptedIn: next, adoptedFor: world.structures.nadia });
		await expect(minute(then, id, said())).rejects.toThrow('meetings.adopted');
		await expect(adoptMinutes(then, id, { inMeeting: null })).rejects.toThrow('meetings.already-adopted');
	});
});

test('a partner without an account reads the minutes that were sent by their link; somebody whose structure is no partner does not', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const context = at(early, during);
		const bearer = async (name: string): Promise<Context> => {
			const one = (await listParticipants(context, id)).find((participant) => participant.name === name)!;
			const actor: LinkBearer = {
				is: 'link',
				id: newId(),
				may: 'answer',
				thing: id,
				invitee: one.id,
				organisationId: one.organisationId
			};
			return { ...context, actor };
		};
		const line = said();
		await minute(context, id, line);
		const elsewhere = await meetingOf(early, '2026-12-03T17:00:00Z');
		await minute(context, elsewhere, said({ text: 'Ailleurs.' }));
		expect(await findSentMinutes(await bearer('Lise')), 'not sent yet').toBeNull();
		await circulateMinutes(context, id);
		expect((await findSentMinutes(await bearer('Lise')))!.lines.map(({ text }) => text)).toEqual(['La pièce se joue dehors.']);
		expect(await findSentMinutes(await bearer('Marc'))).toBeNull();
		await expect(findLine(await bearer('Marc'), line.id)).rejects.toThrow(NotFound);
		expect(await listMinutes(await bearer('Lise'), { id: elsewhere, circulatedAt: null })).toEqual([]);
	});
});

test('two people take notes at once, two send at once: nothing is lost, one mail leaves', async () => {
	const id = await keep('nadia', new Date('2026-11-16T09:00:00Z'))(meetingOf);
	const nadia = keep('nadia', during);
	const odile = keep('odile', during);
	const notes = Array.from({ length: 12 }, (_, i) =>
		(i % 2 ? nadia : odile)((context) => minute(context, id, said({ text: `Phrase ${i}` })))
	);
	await Promise.all(notes);
	expect(await nadia((context) => linesOf(context, id))).toHaveLength(12);
	const both = await Promise.allSettled([
		nadia((context) => circulateMinutes(context, id)),
		odile((context) => circulateMinutes(context, id))
	]);
	expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'meetings.already-circulated' } });
	expect(await nadia((context) => mails(context))).toHaveLength(3);
});

test('on paper it is an agenda before, a draft while it is written, minutes once sent', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const paper = async (context: Context, followed = false) => {
			const { meeting } = await findMeetingById(context, id);
			const all = { cooperation: 'Avril', meeting, points: await listPoints(context, id) };
			const lines = await listMinutes(context, meeting);
			return onPaper({ ...all, participants: await listParticipants(context, id), lines, followed }, context.now);
		};
		const context = at(early, during);
		expect(await paper(early)).toMatchObject({ kicker: 'Ordre du jour', draft: false, pen: true });
		await minute(context, id, said());
		expect(await paper(context)).toMatchObject({ kicker: 'Compte rendu', draft: true, pen: false });
		expect((await paper(context)).followed).toBeNull();
		expect((await paper(context, true)).followed).toContain('vous ont ouvert');
		await circulateMinutes(context, id);
		expect(await paper(context)).toMatchObject({ kicker: 'Compte rendu', draft: false });
	});
});

test('the agenda and the minutes can be typeset, whatever was typed', async () => {
	await as('nadia')(async (early) => {
		const id = await meetingOf(early);
		const context = at(early, during);
		const print = async (now: Context) => {
			const { meeting } = await findMeetingById(now, id);
			const participants = await listParticipants(now, id);
			const lines = await listMinutes(now, meeting);
			return meetingDocument(now, { cooperation: 'Avril', meeting, points: await listPoints(now, id), participants, lines });
		};
		const header = (pdf: Uint8Array) => Buffer.from(pdf.subarray(0, 5)).toString();
		expect(header(await print(early))).toBe('%PDF-');
		await writePoint(early, id, { id: newId(), title: '#import "x" $a$ *gras*', minutes: 5, expected: 'inform' });
		expect(header(await print(early))).toBe('%PDF-');
		await minute(context, id, said({ kind: 'task', text: '#panic() @x «\u00a0oui\u00a0»', endsOn: '2026-12-10' }));
		expect(header(await print(context))).toBe('%PDF-');
	});
});
