import { expect, test } from 'vitest';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { noFilters } from '#modules/journal/rules.ts';
import { revokeLinks } from '#modules/links/commands.server.ts';
import { findBearer } from '#modules/links/queries.server.ts';
import { conveneMeeting } from '#modules/meetings/commands.server.ts';
import { listPoints } from '#modules/meetings/queries.server.ts';
import type { Actor } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../../seeds/world.ts';
import { testWorld } from '../../../../tests/world.ts';
import { chooseRhythm, openCheckIn, putOnAgenda } from './commands.server.ts';
import {
	answerByLink,
	answerCheckIn,
	eraseMyRemarks,
	noteCheckIn,
	removeRemark,
	renewLink,
	writeRemark
} from './commands/answering.server.ts';
import { answerForm, openForm } from './forms.ts';
import {
	findCheckIn,
	findCheckInById,
	findCheckInOfLink,
	findOwnAnswer,
	findRhythm,
	findUnderWay,
	listCheckIns,
	listPointsForMe,
	seeCheckIn
} from './queries.server.ts';
import { listOwnRemarks, listRemarks } from './queries/remarks.server.ts';
import { cooperationsToLookAt, lookAfterCheckIns, lookAt } from './reactions.server.ts';
import type { Marks, Weight } from './rules.ts';

const { db, world, as, keep, seenBy, later } = await testWorld();
const id = world.cooperation.id;
const { nadia, odile } = world.structures;
const system: Actor = { is: 'system', name: 'test' };
const at = (context: Context, now: string, actor: Actor = context.actor): Context => ({ ...context, actor, now: new Date(now) });
const saying = (said: Weight): Marks => ({ time: { said, sentence: null } });
const given = (said: Weight, version = 0) => ({ marks: saying(said), joins: null, version });

async function opened(context: Context, closesOn: string | null = null): Promise<string> {
	const checkIn = newId();
	await openCheckIn(context, id, { id: checkIn, closesOn, actingFor: null });
	return checkIn;
}
const see = async (context: Context, checkIn: string) =>
	seeCheckIn(context, await findCooperationById(context, id), await findCheckInById(context, checkIn));
const notices = (context: Context, name: Name) =>
	context.db
		.selectFrom('notices')
		.select(['text', 'path'])
		.where('kind', '=', 'point')
		.where('personId', '=', world.actors[name].id)
		.orderBy('at')
		.orderBy('id')
		.execute();
const tokenOf = async (context: Context, name: Name) =>
	/^\/point\/([\w-]{32})$/.exec((await notices(context, name)).at(-1)!.path)![1]!;
const told = async (context: Context) => {
	const { facts } = await listFacts(context, id, 'everything', noFilters);
	return facts.filter(({ verb }) => verb.startsWith('point-')).toReversed();
};

test('each partner is asked once; answers are read by nobody before all that carry have answered, then by all', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		expect((await notices(context, 'odile')).map(({ text }) => text)[0]).toContain('Compagnie des Tréteaux');
		expect(await notices(context, 'helene')).toEqual([]);
		await answerCheckIn(context, checkIn, nadia, given('weighs'));
		for (const name of ['nadia', 'odile', 'claire'] as const) {
			const seen = await see(seenBy(context, name), checkIn);
			expect([seen.shown, seen.answers, seen.awaited], name).toEqual([false, null, ['Compagnie des Tréteaux']]);
			expect(seen.organisations.map(({ answered }) => answered)).toEqual([true, false]);
		}
		expect((await findOwnAnswer(context, checkIn, nadia))?.marks).toEqual(saying('weighs'));
		const link = await findBearer(context.db, await tokenOf(context, 'odile'));
		await answerByLink({ ...context, actor: link! }, given('lifts'));
		const seen = await see(seenBy(context, 'claire'), checkIn);
		expect([seen.shown, seen.open]).toEqual([true, true]);
		expect(seen.answers?.map(({ marks }) => marks.time?.said)).toEqual(['weighs', 'lifts']);
		expect((await notices(context, 'claire')).map(({ path }) => path)).toEqual([`${world.cooperation.path}/point/1`]);
		const facts = await told(context);
		expect(facts.map(({ verb }) => verb)).toEqual(['point-opened', 'point-answered', 'point-answered', 'point-shown']);
		expect(JSON.stringify(facts)).not.toMatch(/weighs|lifts/);
	});
});

test('one at a time; the same page sent twice asks once; the hub that accompanies may ask, others may not', async () => {
	await as('claire')(async (context) => {
		const asked = { id: newId(), closesOn: null, actingFor: null };
		const { path } = await openCheckIn(context, id, asked);
		expect(await openCheckIn(context, id, asked)).toEqual({ path });
		await expect(openCheckIn(seenBy(context, 'nadia'), id, asked)).rejects.toThrow('forms.id-unreal');
		await expect(opened(seenBy(context, 'nadia'))).rejects.toThrow('evaluations.point-open-already');
		const seen = await see(context, asked.id);
		expect([seen.openedFor, seen.n]).toEqual(['Maison des associations de Valsorbier', 1]);
	});
	await as('nadia')(async (context) => {
		const discusses = {
			...world.actors.nadia,
			belongings: world.actors.nadia.belongings.map((one) => ({ ...one, manager: false, may: 'discuss' as const }))
		};
		await expect(opened(seenBy(context, discusses))).rejects.toThrow(Forbidden);
		await expect(opened(seenBy(context, 'helene'))).rejects.toThrow(Forbidden);
		await expect(opened(seenBy(context, 'samir'))).rejects.toThrow(NotFound);
		await expect(opened(context, '2026-11-01')).rejects.toThrow('evaluations.point-date-past');
		expect(openForm.safeParse({ id: newId(), closesOn: '20026-01-01' }).success).toBe(false);
	});
});

test('an answer changes until the end; two of one organisation don’t write over each other unseen', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		const link = {
			...context,
			actor: (await findBearer(context.db, await tokenOf(seenBy(context, 'odile'), 'odile')))!
		};
		await answerByLink(link, given('weighs'));
		await answerByLink(link, given('weighs'));
		expect((await findOwnAnswer(context, checkIn, odile))?.version).toBe(1);
		await expect(answerCheckIn(seenBy(context, 'odile'), checkIn, odile, given('lifts'))).rejects.toThrow(
			'evaluations.point-answered-meanwhile'
		);
		await answerCheckIn(seenBy(context, 'odile'), checkIn, odile, given('lifts', 1));
		expect(await findOwnAnswer(context, checkIn, odile)).toMatchObject({
			version: 2,
			marks: saying('lifts'),
			evidence: 'direct'
		});
		await expect(answerCheckIn(context, checkIn, odile, given('weighs', 2))).rejects.toThrow(Forbidden);
		const after = at(context, '2026-12-08T09:00:00Z');
		await expect(answerCheckIn(after, checkIn, nadia, given('weighs'))).rejects.toThrow('evaluations.point-closed');
		await expect(answerByLink({ ...link, now: after.now }, given('weighs', 2))).rejects.toThrow('evaluations.point-closed');
		await revokeLinks(allow(context, true), context.now, { thing: checkIn, invitee: odile });
		expect(await findBearer(context.db, await tokenOf(context, 'odile'))).toBeNull();
	});
});

test('a link that went astray is ended by its own structure or by the house that accompanies; another is sent', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		const old = await tokenOf(context, 'odile');
		const renew = (name: Name) => renewLink(seenBy(context, name), checkIn, { organisationId: odile });
		await expect(renew('nadia')).rejects.toThrow(Forbidden);
		for (const name of ['helene', 'samir', 'yann'] as const) await expect(renew(name), name).rejects.toThrow(NotFound);
		expect(await renew('claire')).toEqual({ name: 'Compagnie des Tréteaux' });
		const fresh = await tokenOf(context, 'odile');
		expect(fresh).not.toBe(old);
		expect(await findBearer(context.db, old)).toBeNull();
		const bearer = { ...context, actor: (await findBearer(context.db, fresh))! };
		await answerByLink(bearer, given('lifts'));
		expect((await told(context)).map(({ verb }) => verb)).toContain('point-link-renewed');
	});
});

test('a paper is noted by the accompagnatrice, the organisation is told and has the last word', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		const note = (who: Name, version = 0) =>
			noteCheckIn(seenBy(context, who), checkIn, { ...given('neither', version), organisationId: odile, evidence: 'paper' });
		expect(await note('claire')).toEqual({ name: 'Compagnie des Tréteaux' });
		expect((await notices(context, 'odile')).at(-1)!.text).toContain('Claire Vasseur');
		expect(await findOwnAnswer(context, checkIn, odile)).toMatchObject({ evidence: 'paper', by: 'Claire Vasseur' });
		await answerCheckIn(seenBy(context, 'odile'), checkIn, odile, given('lifts', 1));
		await expect(note('nadia', 2)).rejects.toThrow('evaluations.point-answered-itself');
		await expect(note('helene')).rejects.toThrow(NotFound);
		await expect(
			noteCheckIn(context, checkIn, { ...given('lifts'), organisationId: world.structures.helene, evidence: 'telephone' })
		).rejects.toThrow('evaluations.point-not-a-partner');
		expect((await told(context)).at(1)).toMatchObject({ verb: 'point-answer-noted', says: { by: 'Claire Vasseur' } });
	});
});

test('a partner that left in between is not waited for, and answers no more; its link says so', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		await answerCheckIn(context, checkIn, nadia, given('weighs'));
		const bearer = { ...context, actor: (await findBearer(context.db, await tokenOf(context, 'odile')))! };
		const cooperation = await findCooperationById(context, id);
		await leaveCooperation(seenBy(context, 'odile'), id, {
			partnerId: cooperation.partners.find(({ organisationId }) => organisationId === odile)!.id,
			reason: 'Plus le temps.'
		});
		await expect(answerByLink(bearer, given('lifts'))).rejects.toThrow('evaluations.point-not-a-partner');
		await expect(findCheckInById(seenBy(context, 'odile'), checkIn)).rejects.toThrow(NotFound);
		expect(await listPointsForMe(seenBy(context, 'odile'))).toEqual([]);
		expect((await see(context, checkIn)).shown).toBe(true);
		await lookAt({ ...context, actor: system }, id);
		expect((await told(context)).at(-1)?.verb).toBe('point-shown');
	});
});

test('a line for the accompagnateur is read by its author and the hub that accompanies, and by nobody else', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		await writeRemark(context, checkIn, { text: 'Je crains que nous ne tenions pas.' });
		await writeRemark(context, checkIn, { text: 'Je crains que nous ne tenions pas ce rythme.' });
		for (const name of ['nadia', 'odile', 'helene', 'samir', 'bruno', 'claire', 'yann', 'agathe'] as const) {
			const read = await listRemarks(seenBy(context, name), [checkIn]);
			expect(read.length, name).toBe(['nadia', 'claire'].includes(name) ? 1 : 0);
			expect((await listOwnRemarks(seenBy(context, name))).length, name).toBe(name === 'nadia' ? 1 : 0);
		}
		await expect(writeRemark(seenBy(context, 'claire'), checkIn, { text: 'x' })).rejects.toThrow(Forbidden);
		expect(JSON.stringify(await told(context))).not.toContain('crains');
		expect((await told(context)).length).toBe(1);
		await removeRemark(context, checkIn);
		expect(await listRemarks(seenBy(context, 'claire'), [checkIn])).toEqual([]);
		await writeRemark(context, checkIn, { text: 'Encore.' });
		await eraseMyRemarks(context);
		expect(await listRemarks(seenBy(context, 'claire'), [checkIn])).toEqual([]);
	});
});

test('strangers, invited organisations and other hubs see no check-in', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		const cooperation = await findCooperationById(context, id);
		for (const name of ['helene', 'samir', 'bruno', 'yann', 'agathe'] as const) {
			const eyes = seenBy(context, name);
			await expect(findCheckInById(eyes, checkIn), name).rejects.toThrow(NotFound);
			await expect(findCheckIn(eyes, cooperation, '1'), name).rejects.toThrow(NotFound);
			expect([await findUnderWay(eyes, cooperation), await listCheckIns(eyes, cooperation), await listPointsForMe(eyes)]).toEqual(
				[null, [], []]
			);
			await expect(answerCheckIn(eyes, checkIn, nadia, given('lifts')), name).rejects.toThrow(NotFound);
		}
		const away: Actor = { is: 'link', id: newId(), may: 'accept', thing: checkIn, invitee: odile, organisationId: odile };
		await expect(findCheckInOfLink({ ...context, actor: away })).rejects.toThrow(NotFound);
		await expect(findCheckInOfLink(context)).rejects.toThrow(NotFound);
		expect((await listPointsForMe(seenBy(context, 'odile'))).map(({ cooperation: name }) => name)).toEqual([
			expect.stringContaining('Avril')
		]);
		await expect(findCheckIn(context, cooperation, '20026x')).rejects.toThrow(NotFound);
	});
});

test('what divides goes to the agenda of the next meeting, once', async () => {
	await as('nadia')(async (context) => {
		const checkIn = await opened(context);
		const cooperation = await findCooperationById(context, id);
		const point = { id: newId() };
		await answerCheckIn(context, checkIn, nadia, given('weighs'));
		await expect(putOnAgenda(context, cooperation, '1', point)).rejects.toThrow('evaluations.point-not-shown');
		await answerCheckIn(seenBy(context, 'odile'), checkIn, odile, given('lifts'));
		await expect(putOnAgenda(context, cooperation, '1', point)).rejects.toThrow('evaluations.point-no-meeting');
		const meeting = await conveneMeeting(context, id, {
			id: newId(),
			title: 'La suite',
			day: '2026-12-10',
			time: '18:30',
			minutes: 90,
			place: null,
			people: [world.actors.odile.id],
			actingFor: null
		});
		for (const _ of [1, 2]) await putOnAgenda(context, cooperation, '1', point);
		const row = await context.db.selectFrom('meetings').select('id').where('title', '=', 'La suite').executeTakeFirstOrThrow();
		expect(meeting).toBeTruthy();
		expect((await listPoints(context, row.id)).map(({ title }) => title)).toEqual([expect.stringContaining('temps')]);
		await expect(putOnAgenda(seenBy(context, 'claire'), cooperation, '1', { id: newId() })).rejects.toThrow(Forbidden);
	});
});

test('by itself: a reminder once, the end on its day, a new one after a quarter where partners agreed', async () => {
	const job = async (now: string) =>
		lookAfterCheckIns(() => {}).run({
			db,
			now: new Date(now),
			asSystem: (work) => keep(system, new Date(now))(work),
			stopping: () => false
		});
	const count = async () =>
		Number(
			(
				await db
					.selectFrom('checkIns')
					.select(({ fn }) => fn.countAll<string>().as('n'))
					.executeTakeFirstOrThrow()
			).n
		);
	await keep(
		'nadia',
		later
	)(async (context) => {
		expect(await findRhythm(context, { id })).toBe('never');
		await opened(context);
		await chooseRhythm(context, id, { rhythm: 'quarter', actingFor: null });
		await expect(chooseRhythm(seenBy(context, 'claire'), id, { rhythm: 'never', actingFor: null })).rejects.toThrow(Forbidden);
	});
	await job('2026-11-20T09:00:00Z');
	await job('2026-12-04T09:00:00Z');
	await job('2026-12-04T10:00:00Z');
	await keep(
		'odile',
		new Date('2026-12-04T11:00:00Z')
	)(async (context) => {
		expect((await notices(context, 'odile')).length).toBe(2);
		expect((await told(context)).map(({ verb }) => verb)).toEqual(['point-opened', 'point-rhythm-quarter', 'point-reminded']);
	});
	await job('2026-12-08T09:00:00Z');
	const closed = await db.selectFrom('checkIns').select(['shownAt', 'closedAt']).executeTakeFirstOrThrow();
	expect([closed.shownAt, closed.closedAt].map(Boolean)).toEqual([true, true]);
	await job('2027-02-10T09:00:00Z');
	expect(await count()).toBe(1);
	await job('2027-02-16T09:00:00Z');
	await job('2027-02-16T10:00:00Z');
	expect(await count()).toBe(2);
	await keep(
		'nadia',
		new Date('2027-02-16T11:00:00Z')
	)((context) => chooseRhythm(context, id, { rhythm: 'never', actingFor: null }));
	await job('2027-03-20T09:00:00Z');
	await job('2027-07-20T09:00:00Z');
	expect(await count()).toBe(2);
	expect(await as(system)(cooperationsToLookAt)).toEqual([]);
});

test('two people of one organisation who answer at once: one is kept, the other is told', async () => {
	const checkIn = await keep('nadia')((context) => opened(context));
	const twice = await Promise.allSettled(
		(['weighs', 'lifts'] as const).map((said) => keep('nadia')((context) => answerCheckIn(context, checkIn, nadia, given(said))))
	);
	expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	const both = await Promise.allSettled([1, 2].map(() => keep('odile')((context) => opened(context))));
	expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('what is sent: known subjects and known words, short sentences, something at least', () => {
	const parse = (sent: Record<string, unknown>) => answerForm.safeParse(sent);
	expect(parse({ 'mark-time': 'weighs', 'why-want': ' Oui. ', version: '2', joins: '' }).data).toMatchObject({
		version: 2,
		joins: null,
		marks: { time: { said: 'weighs', sentence: null }, want: { said: null, sentence: 'Oui.' } }
	});
	const place = (sent: Record<string, unknown>) => parse(sent).error?.issues[0]?.path[0];
	expect(place({})).toBe('subjects');
	expect(place({ 'mark-money': 'weighs' })).toBe('subjects');
	expect(place({ 'mark-time': 'yes' })).toBe('mark-time');
	expect(place({ 'mark-want': 'weighs' })).toBe('mark-want');
	expect(place({ 'why-time': 'x'.repeat(100_000) })).toBe('why-time');
	expect(place({ 'mark-time': 'weighs', version: '-1' })).toBe('version');
	expect(place({ 'mark-time': ['weighs', 'lifts'] })).toBe('mark-time');
	expect(place({ 'mark-__proto__': 'weighs' })).toBe('subjects');
});
