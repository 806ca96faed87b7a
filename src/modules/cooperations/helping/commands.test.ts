import { expect, test } from 'vitest';
import { findAgreement } from '#modules/agreements/queries.server.ts';
import { listVersions } from '#modules/agreements/queries/versions.server.ts';
import { openTo, writeAgreement } from '#modules/agreements/commands.server.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { noFilters } from '#modules/journal/rules.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { currentLines } from '#modules/lines/queries.server.ts';
import { convene } from '#modules/meetings/commands.server.ts';
import { movePoint, writePoint } from '#modules/meetings/commands/agenda.server.ts';
import { cancelMeeting } from '#modules/meetings/commands/changing.server.ts';
import { adoptMinutes, circulateMinutes, minute, noteAttendee } from '#modules/meetings/commands/minutes.server.ts';
import { findMeetingById, listComing } from '#modules/meetings/queries.server.ts';
import { listMinutes } from '#modules/meetings/queries/minutes.server.ts';
import { offerHelp } from '#modules/resources/commands.server.ts';
import type { Posture } from '#modules/resources/rules.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { mayPrintLetters, reachOf, readerOf } from '../policy.ts';
import { findCooperationById } from '../queries.server.ts';
import { answerAsk, askIn, endAsk, letPrepare } from './commands.server.ts';
import { listAsks, listMyAsks, listOwnAsks } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const offer = { helpsWith: 'Animer un tour de table.', topics: [], area: null, postures: ['animates' as const] };
const ask = (over: { posture?: Posture; prepares?: boolean; fromDay?: string } = {}) => ({
	id: newId(),
	personId: world.actors.bruno.id,
	posture: 'animates' as Posture,
	reason: 'Une réunion difficile.',
	fromDay: '2026-12-01',
	toDay: '2026-12-31',
	prepares: false,
	...over
});
const on = (context: Context, now: string): Context => ({ ...context, now: new Date(now) });

/** Bruno, who is a stranger to the cooperation, is asked in by Nadia, and says yes. */
async function helping(context: Context, over: Parameters<typeof ask>[0] = {}) {
	const bruno = seenBy(context, 'bruno');
	await offerHelp(bruno, offer);
	const one = ask(over);
	await askIn(seenBy(context, 'nadia'), cooperation, one);
	await answerAsk(bruno, { id: one.id, answer: 'yes' });
	return { one, bruno: on(bruno, '2026-12-05T09:00:00Z') };
}
const written = (audience: 'organisation' | 'partners' | 'accompagnateur' | 'everyone') => ({
	...noDetails,
	id: newId(),
	kind: 'information' as const,
	text: audience,
	audience: audience,
	actingFor: null
});
const said = (over = {}) => ({
	...noDetails,
	id: newId(),
	kind: 'decision' as const,
	text: 'La pièce se joue dehors.',
	actingFor: null as string | null,
	point: null,
	...over
});
const meeting = async (context: Context, startsAt: string) =>
	(
		await convene(allow(context, true), context, await findCooperationById(context, cooperation), {
			title: 'Préparer la scène',
			place: null,
			startsAt: new Date(startsAt),
			minutes: 90,
			pollId: null,
			participants: [
				{ personId: world.actors.odile.id, name: 'Odile', email: 'odile@example.org', organisationId: world.structures.odile }
			],
			actingFor: { id: world.structures.nadia, name: 'L’Atelier du Soleil' }
		})
	).id;
const read = async (context: Context) =>
	(await currentLines(context).select('l.text').where('l.cooperationId', '=', cooperation).execute()).map(({ text }) => text);

test('asked, accepted, ended; seen by the partners and the house that accompanies, and by no stranger', async () => {
	await as('bruno')(async (context) => {
		await offerHelp(context, offer);
		const nadia = seenBy(context, 'nadia');
		const one = ask();
		await askIn(nadia, world.cooperation.id, one);
		await askIn(nadia, world.cooperation.id, one);
		expect(await listMyAsks(context)).toMatchObject([{ cooperation: 'Avril enchanté', standing: 'asked' }]);
		await expect(answerAsk(nadia, { id: one.id, answer: 'yes' })).rejects.toThrow(NotFound);
		await answerAsk(context, { id: one.id, answer: 'yes' });
		const seen = async (name: 'nadia' | 'odile' | 'claire') => {
			const reader = seenBy(context, name);
			return listAsks(reader, await findCooperationById(reader, world.cooperation.id));
		};
		for (const name of ['nadia', 'odile', 'claire'] as const)
			expect(await seen(name), name).toMatchObject([{ name: 'Bruno Lacaze', standing: 'coming' }]);
		const helene = seenBy(context, 'helene');
		expect(await listAsks(helene, await findCooperationById(helene, world.cooperation.id))).toEqual([]);
		await expect(findCooperationById(context, cooperation), 'before their first day').rejects.toThrow(NotFound);
		await expect(endAsk(seenBy(context, 'samir'), null, { id: one.id })).rejects.toThrow(NotFound);
		await endAsk(context, null, { id: one.id });
		expect(await seen('nadia')).toMatchObject([{ standing: 'over' }]);
		const { facts } = await listFacts(context, cooperation, 'everything', noFilters);
		expect(facts.map(({ verb }) => verb).filter((verb) => verb.startsWith('resource'))).toEqual([
			'resource-ended',
			'resource-accepted',
			'resource-asked'
		]);
		await expect(answerAsk(context, { id: one.id, answer: 'no' })).rejects.toMatchObject({ code: 'resources.over' });
	});
});

test('only those of the list are asked, by a partner, for a time', async () => {
	await as('nadia')(async (context) => {
		await expect(askIn(context, world.cooperation.id, ask())).rejects.toMatchObject({ code: 'resources.not-listed' });
		await offerHelp(seenBy(context, 'bruno'), offer);
		await expect(askIn(context, world.cooperation.id, { ...ask(), toDay: '2026-11-30' })).rejects.toMatchObject({
			field: 'toDay'
		});
		await expect(askIn(seenBy(context, 'claire'), world.cooperation.id, ask())).rejects.toThrow(Forbidden);
		await expect(askIn(seenBy(context, 'samir'), world.cooperation.id, ask())).rejects.toThrow(NotFound);
	});
});

test('who helps reads what is for who accompanies: from their first day to their last, and never what is kept at home', async () => {
	await as('nadia')(async (context) => {
		for (const audience of ['organisation', 'partners', 'accompagnateur', 'everyone'] as const)
			await writeLine(context, cooperation, written(audience));
		await writeAgreement(context, cooperation, { actingFor: null });
		await meeting(context, '2026-12-10T17:30:00Z');
		const { bruno, one } = await helping(context, { posture: 'observes' });
		const reading = ['everyone', 'accompagnateur'].toSorted();
		for (const [day, reads] of [
			['2026-11-30T22:59:00Z', []],
			['2026-11-30T23:01:00Z', reading],
			['2026-12-31T22:59:00Z', reading],
			['2026-12-31T23:01:00Z', []]
		] as const) {
			const then = on(bruno, day);
			expect((await read(then)).toSorted(), day).toEqual(reads.length ? reads : ['everyone']);
			const found = findCooperationById(then, cooperation);
			if (!reads.length) await expect(found, day).rejects.toThrow(NotFound);
			else expect(readerOf(then.actor, await found), day).toBe('helper');
		}
		const found = await findCooperationById(bruno, cooperation);
		expect(found).toMatchObject({ accompanied: false, help: { posture: 'observes', prepares: false } });
		expect(reachOf(bruno.actor, found)).toMatchObject({ audiences: ['accompagnateur', 'everyone'], plain: true });
		expect(mayPrintLetters(bruno.actor, found), 'no addresses').toBe(false);
		expect(await listComing(bruno, found)).toHaveLength(1);
		expect(await findAgreement(bruno, found), 'closed until the partners open it').toBeNull();
		await openTo(context, cooperation, { audience: 'accompagnateur' });
		expect(await findAgreement(bruno, found)).not.toBeNull();
		expect(await listVersions(bruno, cooperation)).toEqual([]);
		expect((await listMyAsks(bruno))[0]).toMatchObject({ standing: 'there', path: world.cooperation.path });
		await endAsk(context, cooperation, { id: one.id });
		await expect(findCooperationById(bruno, cooperation), 'ended by a partner').rejects.toThrow(NotFound);
		expect(await read(bruno)).toEqual(['everyone']);
		expect(await listMyAsks(bruno)).toEqual([]);
		expect(await listOwnAsks(bruno)).toMatchObject([{ answer: 'yes', cooperation: null }]);
	});
});

test('who observes or accompanies writes nothing; who leads prepares the meetings once the partners say so', async () => {
	await as('nadia')(async (early) => {
		const id = await meeting(early, '2026-12-05T08:30:00Z');
		const point = () => ({ id: newId(), title: 'La salle', minutes: 20, expected: 'decide' as const });
		const { bruno, one } = await helping(early, { posture: 'animates' });
		const nadia = on(early, '2026-12-05T09:00:00Z');
		await expect(writePoint(bruno, id, point())).rejects.toThrow(Forbidden);
		await expect(minute(bruno, id, said())).rejects.toThrow(Forbidden);
		await minute(nadia, id, said({ text: 'Dit avant.' }));
		expect(await listMinutes(bruno, (await findMeetingById(bruno, id)).meeting)).toEqual([]);
		await expect(letPrepare(seenBy(nadia, 'claire'), cooperation, { id: one.id, prepares: 'yes' })).rejects.toThrow(Forbidden);
		await expect(letPrepare(bruno, cooperation, { id: one.id, prepares: 'yes' })).rejects.toThrow(Forbidden);
		await letPrepare(nadia, cooperation, { id: one.id, prepares: 'yes' });
		await letPrepare(nadia, cooperation, { id: one.id, prepares: 'yes' });
		const first = point();
		await writePoint(bruno, id, first);
		await writePoint(bruno, id, { ...first, id: newId() });
		await movePoint(bruno, id, { id: first.id, direction: 'down' });
		await expect(minute(bruno, id, said())).rejects.toMatchObject({ code: 'meetings.who-said', field: 'actingFor' });
		await minute(bruno, id, said({ actingFor: world.structures.odile, point: first.id }));
		await noteAttendee(bruno, id, { id: newId(), name: 'Un voisin', organisation: null });
		const lines = await listMinutes(bruno, (await findMeetingById(bruno, id)).meeting);
		expect(lines.map(({ text, speaker }) => [text, speaker])).toEqual([
			['Dit avant.', 'L’Atelier du Soleil'],
			['La pièce se joue dehors.', 'Compagnie des Tréteaux']
		]);
		for (const act of [
			() => circulateMinutes(bruno, id),
			() => adoptMinutes(bruno, id, { inMeeting: null }),
			() => cancelMeeting(bruno, id, { reason: 'x' }),
			() => writeLine(bruno, cooperation, written('partners'))
		])
			await expect(act()).rejects.toThrow();
		await letPrepare(nadia, cooperation, { id: one.id, prepares: 'no' });
		await expect(writePoint(bruno, id, point())).rejects.toThrow(Forbidden);
		expect(await listMinutes(bruno, (await findMeetingById(bruno, id)).meeting)).toEqual([]);
		const { facts } = await listFacts(nadia, cooperation, 'everything', noFilters, { size: 50 });
		expect(facts.filter(({ verb }) => verb.endsWith('trusted')).map(({ verb }) => verb)).toEqual([
			'resource-untrusted',
			'resource-trusted'
		]);
	});
});

test('what was said at meetings before they came stays between the partners', async () => {
	await as('nadia')(async (early) => {
		const id = await meeting(early, '2026-11-20T08:30:00Z');
		await minute(on(early, '2026-11-20T09:00:00Z'), id, said({ text: 'Bien avant.' }));
		const { bruno } = await helping(early, { prepares: true });
		expect(await listMinutes(bruno, (await findMeetingById(bruno, id)).meeting)).toEqual([]);
		const nadia = on(early, '2026-12-05T09:00:00Z');
		const { id: asked } = (await listAsks(nadia, await findCooperationById(nadia, cooperation)))[0]!;
		await endAsk(nadia, cooperation, { id: asked });
		await expect(letPrepare(nadia, cooperation, { id: asked, prepares: 'no' })).rejects.toMatchObject({ code: 'resources.over' });
		const watching = ask({ posture: 'observes', prepares: true });
		await expect(askIn(nadia, cooperation, watching)).rejects.toMatchObject({
			code: 'resources.does-not-lead',
			field: 'prepares'
		});
	});
});
