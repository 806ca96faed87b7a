import { expect, test } from 'vitest';
import { writeLine } from '#modules/lines/commands.server.ts';
import { listNews } from '#modules/lines/queries/mine.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { conveneMeeting, inviteMore } from '#modules/meetings/commands.server.ts';
import { makePersonFeed } from '#modules/meetings/commands/feeds.server.ts';
import { noteReplyByTelephone, reply, replyByLink } from '#modules/meetings/commands/replying.server.ts';
import { openPoll } from '#modules/meetings/polls/commands.server.ts';
import { answerPoll } from '#modules/meetings/polls/commands/answering.server.ts';
import { inviteToPoll } from '#modules/meetings/polls/commands/inviting.server.ts';
import { findPollById, listPollsForMe } from '#modules/meetings/polls/queries.server.ts';
import { findBoard } from '#modules/meetings/polls/queries/board.server.ts';
import { listMyMeetings } from '#modules/meetings/queries.server.ts';
import { listParticipants } from '#modules/meetings/queries/participants.server.ts';
import { readFeed } from '#modules/meetings/queries/feeds.server.ts';
import { as as speaksAs, type Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { endCooperation } from './ending.server.ts';

const { world, as, seenBy } = await testWorld();
const id = world.cooperation.id;
const people = [world.actors.nadia.id, world.actors.odile.id];
const meets = (context: Context, title: string, day: string) =>
	conveneMeeting(context, id, { id: newId(), title, day, time: '18:30', minutes: 60, place: null, people, actingFor: null });
const polled = (context: Context) =>
	openPoll(context, id, {
		id: newId(),
		title: 'La suite',
		place: null,
		minutes: 60,
		deadline: null,
		rows: [{ date: '2026-12-20', time: '18:30' }],
		who: [world.actors.odile.id],
		guests: null,
		actingFor: null
	});

test('what has ended asks nothing of anybody any more, and its calendar keeps what took place', async () => {
	await as('nadia')(async (early) => {
		await meets(early, 'Avant', '2026-11-20');
		const after = await meets(early, 'Après', '2026-12-20');
		const poll = await polled(early);
		await writeLine(early, id, {
			id: newId(),
			kind: 'task',
			text: 'Ranger.',
			audience: null,
			actingFor: null,
			...noDetails,
			whoOrganisation: world.structures.nadia
		});
		const address = await makePersonFeed(early);
		const odile = seenBy(early, 'odile');
		expect((await listMyMeetings(odile)).map(({ title }) => title)).toEqual(['Avant', 'Après']);
		expect(await listPollsForMe(odile)).toHaveLength(1);
		expect((await listNews(odile)).map(({ text }) => text)).toContain('Ranger.');

		const context = { ...early, now: new Date('2026-11-25T09:00:00Z') };
		await endCooperation(context, id, { reason: 'Nous avons joué.', actingFor: null });
		const hers = seenBy(context, 'odile');
		expect(await listMyMeetings(hers)).toEqual([]);
		expect(await listPollsForMe(hers)).toEqual([]);
		expect(await listNews(hers)).toEqual([]);
		expect((await readFeed(context, address)).events.map(({ title }) => title)).toEqual(['Avant']);
		expect(await findBoard(hers, await findPollById(hers, poll.id))).toMatchObject({ state: 'cancelled' });

		const ended = { code: 'cooperations.ended' };
		const participant = (await listParticipants(context, after.id)).find(({ personId }) => personId === world.actors.odile.id)!;
		const bearer = {
			is: 'link',
			id: newId(),
			may: 'answer',
			thing: after.id,
			invitee: participant.id,
			organisationId: null
		} as const;
		await expect(reply(hers, after.id, { reply: 'yes' })).rejects.toMatchObject(ended);
		await expect(replyByLink(speaksAs(context, bearer), { reply: 'yes' })).rejects.toMatchObject(ended);
		await expect(noteReplyByTelephone(context, after.id, { participant: participant.id, reply: 'yes' })).rejects.toMatchObject(
			ended
		);
		await expect(inviteMore(context, after.id, { people })).rejects.toMatchObject(ended);
		const { slots } = await findBoard(hers, await findPollById(hers, poll.id));
		const answers = { [slots[0]!.id]: 'yes' as const };
		await expect(answerPoll(hers, poll.id, { answers, comment: null, actingFor: null })).rejects.toMatchObject(ended);
		const more = { id: newId(), name: 'Luc', email: null, organisation: null, otherOrganisation: null };
		await expect(inviteToPoll(context, poll.id, more)).rejects.toMatchObject(ended);
	});
});
