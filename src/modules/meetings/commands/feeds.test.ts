import ical, { type VEvent } from 'node-ical';
import { expect, test } from 'vitest';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { calendarFile } from '#platform/calendar.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { stranger } from '#platform/actor.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { convene } from '../commands.server.ts';
import { cancelMeeting } from './changing.server.ts';
import { findMyFeed, listMyFeeds, readFeed } from '../queries/feeds.server.ts';
import { makeCooperationFeed, makeOrganisationFeed, makePersonFeed, revokeFeed } from './feeds.server.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;

async function meetingAt(context: Context, startsAt: string) {
	return convene(allow(context, true), context, await findCooperationById(context, cooperation), {
		title: startsAt,
		place: null,
		startsAt: new Date(startsAt),
		minutes: 60,
		pollId: null,
		participants: [],
		actingFor: { id: world.structures.nadia, name: 'L’Atelier du Soleil' }
	});
}

/** What a calendar that shares no code with ours finds at the address; nobody is signed in. */
async function fetched(context: Context, token: string): Promise<VEvent[]> {
	const { name, events } = await readFeed({ ...context, actor: stranger }, token);
	return Object.values(ical.sync.parseICS(calendarFile({ name, events }))).filter((one): one is VEvent => one?.type === 'VEVENT');
}
const starts = async (context: Context, token: string) =>
	(await fetched(context, token)).map((event) => (event.start as Date).toISOString()).toSorted();

test.each([
	[
		'Europe/Paris',
		['2027-03-27T17:30:00.000Z', '2027-03-28T16:30:00.000Z', '2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z']
	],
	['America/Cayenne', ['2027-03-28T21:30:00.000Z', '2027-07-14T21:30:00.000Z', '2027-12-31T23:30:00.000Z']]
])('in %s, another library reads the very instants, across the changes of time', async (zone, instants) => {
	await as('nadia')(async (context) => {
		await allow(context, true).updateTable('cooperations').set({ zone }).where('id', '=', cooperation).execute();
		for (const at of instants) await meetingAt(context, at);
		expect(await starts(context, await makePersonFeed(context))).toEqual(instants);
	});
});

test('a person, an organisation and a cooperation have feeds that show what they may see, and nothing after they left', async () => {
	await as('odile')(async (context) => {
		const nadia = seenBy(context, 'nadia');
		await meetingAt(nadia, '2026-12-03T17:30:00Z');
		const task = { ...noDetails, id: newId(), audience: null, actingFor: null, kind: 'task' as const, endsOn: '2026-12-10' };
		await writeLine(context, cooperation, { ...task, text: 'Pour moi', whoPerson: world.actors.odile.id });
		await writeLine(context, cooperation, { ...task, id: newId(), text: 'Pour nous', whoOrganisation: world.structures.odile });
		const mine = await makePersonFeed(context);
		const ours = await makeOrganisationFeed(context, { organisation: world.structures.odile });
		const all = await makeCooperationFeed(context, world.cooperation.path.split('/').at(-1)!);
		const titles = async (token: string) => (await fetched(context, token)).map(({ summary }) => String(summary)).toSorted();
		const meeting = '2026-12-03T17:30:00Z';
		expect(await titles(mine)).toEqual([meeting, 'À faire : Pour moi', 'À faire : Pour nous']);
		expect(await titles(ours)).toEqual([meeting, 'À faire : Pour nous']);
		expect(await titles(all)).toEqual([meeting, 'À faire : Pour moi', 'À faire : Pour nous']);
		const day = (await fetched(context, mine)).find(({ summary }) => String(summary).includes('moi'))!;
		expect(day.datetype).toBe('date');
		expect(await titles(await makePersonFeed(seenBy(context, 'samir')))).toEqual([]);
		const left = { leftAt: context.now, leftReason: 'x' };
		await allow(context, true).updateTable('partners').set(left).where('organisationId', '=', world.structures.odile).execute();
		expect(await titles(all)).toEqual([]);
		expect(await titles(ours)).not.toContain(meeting);
		expect(await titles(mine)).not.toContain(meeting);
	});
});

test('a cancelled meeting stays, struck out; an address that was taken back shows nothing', async () => {
	await as('nadia')(async (context) => {
		const { id } = await meetingAt(context, '2026-12-03T17:30:00Z');
		const token = await makePersonFeed(context);
		await cancelMeeting(context, id, { reason: 'x' });
		const [event] = await fetched(context, token);
		expect([event!.status, Number(event!.sequence)]).toEqual(['CANCELLED', 1]);
		const [feed] = await listMyFeeds(context);
		for (const name of ['odile', 'samir', 'agathe'] as const)
			await expect(revokeFeed(seenBy(context, name), { id: feed!.id }), name).rejects.toThrow(NotFound);
		await revokeFeed(context, { id: feed!.id });
		expect(await listMyFeeds(context)).toEqual([]);
		await expect(readFeed(context, token)).rejects.toThrow(NotFound);
		await expect(readFeed(context, 'x'.repeat(32))).rejects.toThrow(NotFound);
		await expect(readFeed(context, "' or 1=1")).rejects.toThrow(NotFound);
	});
});

test('nobody makes the feed of an organisation or a cooperation that isn’t theirs', async () => {
	await as('samir')(async (context) => {
		await expect(makeOrganisationFeed(context, { organisation: world.structures.nadia })).rejects.toThrow(
			'organisations.not-yours'
		);
		const address = world.cooperation.path.split('/').at(-1)!;
		await expect(makeCooperationFeed(context, address)).rejects.toThrow(NotFound);
		await expect(makeCooperationFeed(seenBy(context, 'claire'), address)).rejects.toThrow(Forbidden);
		await expect(makePersonFeed({ ...context, actor: stranger })).rejects.toThrow(Forbidden);
		const token = await makePersonFeed(context);
		expect(await findMyFeed(context, token)).toMatchObject({ kind: 'person' });
		await expect(findMyFeed(seenBy(context, 'nadia'), token)).rejects.toThrow(NotFound);
	});
});
