import { expect, test } from 'vitest';
import { invitationLetters } from '#modules/cooperations/documents.server.ts';
import { noteAcceptance, proposePartner } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { allow } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { printLetters } from '#platform/pdf/letters.server.ts';
import { m } from '#words';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { conveneMeeting } from './commands.server.ts';
import { cancelMeeting } from './commands/changing.server.ts';
import { noteReplyByTelephone } from './commands/replying.server.ts';
import { convocations } from './documents.server.ts';
import { cancelPoll, openPoll } from './polls/commands.server.ts';
import { noteAnswer } from './polls/commands/answering.server.ts';
import { pollOnPaper } from './polls/documents.server.ts';
import { findPollById } from './polls/queries.server.ts';
import { findBoard } from './polls/queries/board.server.ts';
import { findMeetingById, listPoints } from './queries.server.ts';
import { listParticipants } from './queries/participants.server.ts';

const { world, as, keep } = await testWorld();
const id = world.cooperation.id;

/** « Les Anciens du Moulin » have a letter-box and no mail. */
const moulin = await keep('nadia')(async (context) => {
	await proposePartner(context, id, {
		name: 'Les Anciens du Moulin',
		role: 'carrier',
		place: null,
		email: null,
		actingFor: null
	});
	const partner = (await findCooperationById(context, id)).partners.find(({ name }) => name === 'Les Anciens du Moulin')!;
	await allow(context, true)
		.updateTable('organisations')
		.set({ street: '3 rue du Moulin', postcode: '34000', communeCode: '34172' })
		.where('id', '=', partner.organisationId)
		.execute();
	return partner;
});
const there = ['Les Anciens du Moulin', '', '34000 Montpellier'];

const invitations = (name: Name, only: string | null = moulin.id) =>
	as(name)(async (context) => invitationLetters(context, await findCooperationById(context, id), only));

test('an invitation is printed by whoever invites and by the house that accompanies; the street is for who may know it', async () => {
	const [letter] = (await invitations('nadia')).letters;
	expect(letter!.to).toEqual(there);
	expect(letter!.slip.to).toBe('L’Atelier du Soleil');
	expect(letter!.paragraphs.join(' ')).toContain('L’Atelier du Soleil, Compagnie des Tréteaux');
	expect((await invitations('claire')).letters[0]!.to).toEqual(there);
	await keep('claire')((context) =>
		allow(context, true)
			.insertInto('accompaniments')
			.values({
				id: newId(),
				hubId: world.structures.claire,
				organisationId: moulin.organisationId,
				posture: 'accompanies',
				proposedByHub: true,
				proposedAt: context.now,
				acceptedAt: context.now
			})
			.execute()
	);
	expect((await invitations('claire')).letters[0]!.to[1]).toBe('3 rue du Moulin');
	expect((await invitations('nadia')).letters[0]!.to).toEqual(there);
	await expect(invitations('helene')).rejects.toThrow(Forbidden);
	await expect(invitations('bruno')).rejects.toThrow(NotFound);
	// without a name, every one that has not answered
	expect((await invitations('nadia', null)).letters.map(({ to }) => to[0])).toEqual(['Ville de Valsorbier', there[0]]);
	await expect(invitations('nadia', newId())).rejects.toThrow('cooperations.letter-nobody');
});

test('whoever has no mail is convened on paper until they answer; a meeting that is off convenes nobody', async () => {
	await keep('claire')((context) => noteAcceptance(context, id, { partnerId: moulin.id }));
	await expect(invitations('nadia')).rejects.toThrow('cooperations.invitation-accepted');
	await as('nadia')(async (context) => {
		const { id: meetingId } = await conveneMeeting(context, id, {
			id: newId(),
			title: 'Préparer la scène',
			day: '2026-12-03',
			time: '18:30',
			minutes: 90,
			place: 'Salle des fêtes',
			people: [world.actors.nadia.id, world.actors.odile.id],
			actingFor: null
		});
		const paper = async () => {
			const { meeting, cooperation } = await findMeetingById(context, meetingId);
			const [points, participants] = [await listPoints(context, meetingId), await listParticipants(context, meetingId)];
			return convocations(context, cooperation, { meeting, points, participants });
		};
		const { letters } = await paper();
		expect(letters.map(({ to }) => to)).toEqual([there]);
		expect(letters[0]!.facts).toContainEqual([m.meetings_paper_where(), 'Salle des fêtes']);
		expect(Buffer.from((await printLetters(await paper())).slice(0, 5)).toString()).toBe('%PDF-');

		const silent = (await listParticipants(context, meetingId)).find(({ name }) => name === there[0])!;
		await noteReplyByTelephone(context, meetingId, { participant: silent.id, reply: 'yes' });
		await expect(paper()).rejects.toThrow('meetings.letter-nobody');
		await cancelMeeting(context, meetingId, { reason: 'La salle est prise.' });
		await expect(paper()).rejects.toThrow('meetings.cancelled');
	});
});

test('a poll goes out on paper to those without mail; once they have answered, as a sheet for anybody; never once closed', async () => {
	await as('nadia')(async (context) => {
		const opened = await openPoll(context, id, {
			id: newId(),
			title: 'préparer la fête',
			place: null,
			minutes: 60,
			deadline: null,
			rows: [
				{ date: '2026-12-10', time: '18:30' },
				{ date: '2026-12-11', time: '18:30' }
			],
			who: [world.actors.odile.id, moulin.organisationId],
			guests: null,
			actingFor: null
		});
		const paper = async () =>
			pollOnPaper(context, await findCooperationById(context, id), await findPollById(context, opened.id));
		const { letters } = await paper();
		expect(letters.map(({ to }) => to)).toEqual([there]);
		expect(letters[0]!.slip.table!.rows).toHaveLength(2);
		await printLetters(await paper());
		const board = await findBoard(context, await findPollById(context, opened.id));
		const silent = board.people.find(({ name }) => name === there[0])!;
		const answers = Object.fromEntries(board.slots.map((slot) => [slot.id, 'yes' as const]));
		await noteAnswer(context, opened.id, { inviteeId: silent.id, answers, comment: null });
		expect((await paper()).letters.map(({ to }) => to)).toEqual([[]]);
		await cancelPoll(context, opened.id, { reason: 'Nous nous sommes vus.' });
		await expect(paper()).rejects.toThrow('meetings.poll-closed-already');
	});
});
