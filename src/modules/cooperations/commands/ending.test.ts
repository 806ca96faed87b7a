import { expect, test } from 'vitest';
import { writeAgreement } from '#modules/agreements/commands.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { markLine } from '#modules/lines/commands/marking.server.ts';
import { listMyTasks } from '#modules/lines/queries/mine.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { kinds, noDetails } from '#modules/lines/rules.ts';
import { openPoll } from '#modules/meetings/polls/commands.server.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { refusalOf } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { markStep, nameCooperation } from '../commands.server.ts';
import { abilities } from '../policy.ts';
import { findCooperationById, listMyCooperations } from '../queries.server.ts';
import { findEnding } from '../queries/mine.server.ts';
import { endCooperation, reopenCooperation } from './ending.server.ts';
import { changeRole, leaveCooperation, proposePartner } from './partners.server.ts';

const { world, as, seenBy } = await testWorld();
const id = world.cooperation.id;
const end = (context: Context, reason = 'Nous avons joué.') => endCooperation(context, id, { reason, actingFor: null });
const reopen = (context: Context) => reopenCooperation(context, id, { reason: 'On rejoue.', actingFor: null });
const line = () => ({
	id: newId(),
	kind: 'task' as const,
	text: 'Ranger.',
	audience: null,
	actingFor: null,
	...noDetails,
	whoOrganisation: world.structures.nadia
});

test('it leaves the lists, stays readable, and can be opened again with a reason', async () => {
	await as('nadia')(async (context) => {
		const task = line();
		await writeLine(context, id, task);
		await end(context);
		const cooperation = await findCooperationById(seenBy(context, 'odile'), id);
		expect(cooperation.endedAt).toEqual(context.now);
		expect(await findEnding(context, id)).toMatchObject({ reason: 'Nous avons joué.', organisation: 'L’Atelier du Soleil' });
		expect((await listLines(seenBy(context, 'odile'), id, kinds)).map(({ text }) => text)).toContain('Ranger.');
		expect((await listMyCooperations(context, { page: 1 })).cooperations).toEqual([]);
		expect((await listMyCooperations(context, { page: 1, ended: true })).cooperations.map((one) => one.id)).toEqual([id]);
		expect(await listMyTasks(context)).toEqual([]);
		expect(abilities(context.actor, cooperation)).toMatchObject({ takePart: false, answer: [], leave: [], end: true });
		await expect(end(context)).rejects.toMatchObject({ code: 'cooperations.ended' });
		await reopen(context);
		await writeLine(context, id, line());
		expect((await listMyCooperations(context, { page: 1 })).cooperations).toHaveLength(1);
		expect(await listMyTasks(context)).toHaveLength(2);
		await expect(reopen(context)).rejects.toMatchObject({ code: 'cooperations.not-ended' });
	});
});

test('whatever would be written into it is refused in words', async () => {
	const task = line();
	const writes: [string, (context: Context) => Promise<unknown>][] = [
		['a line', (context) => writeLine(context, id, line())],
		['a mark', (context) => markLine(context, { root: task.id, mark: 'done', note: null })],
		['a name', (context) => nameCooperation(context, id, { name: 'Mai', sentence: 'Autre.', place: null })],
		['a step', (context) => markStep(context, id, { step: 'define' })],
		['an agreement', (context) => writeAgreement(context, id, { actingFor: null })],
		[
			'a partner',
			(context) => proposePartner(context, id, { name: 'Le Lavoir', role: 'carrier', place: null, email: null, actingFor: null })
		],
		[
			'a role',
			async (context) => {
				const { accepted } = await findCooperationById(context, id);
				await changeRole(context, id, { partnerId: accepted[0]!.id, role: 'support', place: null });
			}
		],
		[
			'a leave',
			async (context) => {
				const { accepted } = await findCooperationById(context, id);
				await leaveCooperation(context, id, { partnerId: accepted[0]!.id, reason: 'x' });
			}
		],
		[
			'a poll',
			(context) =>
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
				})
		]
	];
	for (const [what, write] of writes)
		await as('nadia')(async (context) => {
			await writeLine(context, id, task);
			await end(context);
			const problem: unknown = await write(context).then(
				() => null,
				(refused: unknown) => refused
			);
			expect(refusalOf(problem)?.code, what).toMatch(/^(cooperations.ended|constraint_chain_is_closed)$/);
		}).catch((problem: unknown) => {
			// After a refusal by the database, the transaction can only be rolled back.
			expect(String(problem), what).toContain('aborted');
		});
});

test('only who leads or carries ends it, with a mandate that reaches that far', async () => {
	await as('nadia')(async (context) => {
		for (const name of ['helene', 'claire'] as const) await expect(end(seenBy(context, name)), name).rejects.toThrow(Forbidden);
		for (const name of ['samir', 'bruno', 'yann', 'agathe'] as const)
			await expect(end(seenBy(context, name)), name).rejects.toThrow(NotFound);
		const member = {
			...world.actors.nadia,
			belongings: world.actors.nadia.belongings.map((one) => ({ ...one, may: 'discuss' as const }))
		};
		await expect(end(seenBy(context, member))).rejects.toThrow(Forbidden);
		await end(seenBy(context, 'odile'));
		await expect(reopen(seenBy(context, 'helene'))).rejects.toThrow(Forbidden);
		await reopen(context);
	});
});

test('the partners are told, and not whoever ended it', async () => {
	await as('nadia')(async (context) => {
		await end(context);
		const told = await context.db.selectFrom('notices').select(['personId', 'text']).where('at', '=', context.now).execute();
		expect(told.map(({ personId }) => personId)).toEqual([world.actors.odile.id]);
		expect(told[0]!.text).toContain('Nous avons joué.');
	});
});
