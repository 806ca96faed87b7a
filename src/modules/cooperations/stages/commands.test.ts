import { expect, test } from 'vitest';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { findCooperationById } from '../queries.server.ts';
import { moveStage, pauseCooperation, resumeCooperation } from './commands.server.ts';
import { moveForm } from './forms.ts';
import { findAbout, findStage, listStageMoves, listStages } from './queries.server.ts';
import type { Movable } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const id = world.cooperation.id;
const to = (stage: Movable, over: Partial<Parameters<typeof moveStage>[2]> = {}) => ({
	id: newId(),
	shown: 0,
	stage,
	since: '2026-11-10',
	note: null,
	actingFor: null,
	...over
});

test('a cooperation begins with ideas, without anybody asked, and goes on', async () => {
	await as('nadia')(async (context) => {
		expect(await findStage(context, id)).toMatchObject({
			stage: 'ideas',
			since: '2026-11-02',
			n: 0,
			usual: 3,
			pausedUntil: null
		});
		await moveStage(context, id, to('preparation'));
		expect(await findStage(context, id)).toMatchObject({ stage: 'preparation', since: '2026-11-10', n: 1, usual: 9 });
		const { moves } = await listStageMoves(context, await findCooperationById(context, id));
		expect(moves.map(({ stage, saidBy }) => [stage, saidBy])).toEqual([['preparation', 'Nadia Benali, L’Atelier du Soleil']]);
	});
});

test('two who change the stage at once: the second learns of the first; a form sent twice changes nothing', async () => {
	await as('nadia')(async (context) => {
		const sent = to('preparation');
		await moveStage(context, id, sent);
		await moveStage(context, id, sent);
		await expect(moveStage(seenBy(context, 'odile'), id, to('action'))).rejects.toMatchObject({
			code: 'cooperations.stage-moved-meanwhile',
			details: { who: 'Nadia Benali, L’Atelier du Soleil', stage: 'Préparation' }
		});
		await moveStage(seenBy(context, 'odile'), id, to('action', { shown: 1, since: '2026-11-16' }));
		expect((await findStage(context, id)).n).toBe(2);
	});
});

test('a date in year 20026, in the future or before the beginning is refused in words', async () => {
	const typed = { id: newId(), shown: '0', stage: 'action', since: '20026-11-22' };
	expect(moveForm.safeParse(typed).error?.issues[0]?.path).toEqual(['since']);
	await as('nadia')(async (context) => {
		for (const [since, code] of [
			['2026-11-17', 'cooperations.stage-in-future'],
			['2026-11-01', 'cooperations.stage-before']
		])
			await expect(moveStage(context, id, to('action', { since }))).rejects.toMatchObject({ code });
	});
});

test('a rest is said with a reason and a day, once; it ends by itself or by a word', async () => {
	await as('nadia')(async (context) => {
		const pause = { id: newId(), reason: 'Les travaux.', until: '2026-12-01', actingFor: null };
		await pauseCooperation(context, id, pause);
		await pauseCooperation(context, id, pause);
		expect((await findStage(context, id)).pausedUntil).toBe('2026-12-01');
		expect((await findStage({ ...context, now: new Date('2026-12-02T09:00:00Z') }, id)).pausedUntil).toBeNull();
		await expect(pauseCooperation(context, id, { ...pause, id: newId() })).rejects.toMatchObject({
			code: 'cooperations.paused-already'
		});
		await resumeCooperation(seenBy(context, 'odile'), id, { pauseId: pause.id, actingFor: null });
		expect((await findStage(context, id)).pausedUntil).toBeNull();
		// One who did not see that another resumed changes nothing.
		await resumeCooperation(context, id, { pauseId: pause.id, actingFor: null });
	});
});

test('a stranger, another hub, an administrator find nothing; an invited or departed partner neither; who accompanies reads no reason', async () => {
	await as('nadia')(async (context) => {
		await moveStage(context, id, to('preparation', { note: 'On se lance.' }));
		for (const name of ['samir', 'bruno', 'yann', 'agathe'] as const) {
			const seen = seenBy(context, name);
			expect((await listStages(seen, [id])).size, name).toBe(0);
			await expect(moveStage(seen, id, to('action', { shown: 1 })), name).rejects.toThrow(NotFound);
		}
		const cooperation = await findCooperationById(context, id);
		const invited = seenBy(context, 'helene');
		await expect(listStageMoves(invited, await findCooperationById(invited, id))).rejects.toThrow(NotFound);
		expect(await findAbout(invited, await findCooperationById(invited, id))).toBeNull();
		const claire = seenBy(context, 'claire');
		const read = await listStageMoves(claire, await findCooperationById(claire, id));
		expect(read.moves[0]).toMatchObject({ stage: 'preparation', note: null });
		await expect(moveStage(claire, id, to('action', { shown: 1 }))).rejects.toThrow(Forbidden);
		const odile = seenBy(context, 'odile');
		const partner = cooperation.accepted.find(({ organisationId }) => organisationId === world.structures.odile)!;
		await leaveCooperation(odile, id, { partnerId: partner.id, reason: 'Plus le temps.' });
		await expect(moveStage(odile, id, to('action', { shown: 1 }))).rejects.toThrow(Forbidden);
		expect((await listStages(odile, [id])).size).toBe(0);
	});
});
