import { expect, test } from 'vitest';
import { acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { noFilters } from '#modules/journal/rules.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { capacityForm } from './forms.ts';
import {
	askForReminder,
	noteAsLastMonth,
	noteMonth,
	organisationsToRemind,
	remindOfHours,
	shareHours
} from './hours/commands.server.ts';
import { monthForm } from './hours/forms.ts';
import { findShare, isReminded, listMonths, listShared } from './hours/queries.server.ts';
import { monthOf, plusMonths } from './hours/rules.ts';
import { sayCapacity } from './load/commands.server.ts';
import { listLoads } from './load/queries.server.ts';
import { weighFor } from './weighing/commands.server.ts';
import { weighForm } from './weighing/forms.ts';
import { listWeighings } from './weighing/queries.server.ts';

const { world, as, seenBy } = await testWorld();
const later = (context: Context, days: number): Context => ({
	...context,
	now: new Date(context.now.getTime() + days * 86_400_000)
});
const cooperation = world.cooperation.id;
const town = world.structures.helene;
const mine = world.structures.nadia;
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];

const weighed = (over: Record<string, unknown> = {}) =>
	weighForm.parse({
		id: newId(),
		mission: 'yes',
		image: 'rather',
		hours: 'rather_not',
		hoursWords: 'La zibelinette nous manque.',
		minutes: '4 h',
		funders: 'unknown',
		wish: 'yes',
		...over
	});
const month = (context: Context, back = 0) => plusMonths(monthOf(context.now.toISOString()), -back);
const noted = (context: Context, over: Record<string, unknown> = {}) =>
	monthForm.parse({ id: newId(), month: month(context), hours: '2,5', sequence: '', ...over });
const codeOf = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);

test('an invited organisation asks itself; nobody else reads a word of it, nor in any journal', async () => {
	await as('helene')(async (context) => {
		const input = weighed();
		await weighFor(context, cooperation, input);
		await weighFor(context, cooperation, input);
		for (const name of everyone) {
			const found = await listWeighings(seenBy(context, name), cooperation, town);
			expect(found.length, name).toBe(name === 'helene' ? 1 : 0);
		}
		await weighFor(context, cooperation, weighed({ hours: 'yes', minutes: '6' }));
		const both = await listWeighings(context, cooperation, town);
		expect(both.map(({ minutes }) => minutes).toSorted()).toEqual([240, 360]);
		expect(both[0]!.said).toHaveLength(5);
		const { facts } = await listFacts(context, cooperation, 'everything', noFilters);
		expect(facts.filter(({ verb }) => verb === 'weighing-made')).toEqual([]);
		const own = await listFacts(context, town, 'everything', noFilters);
		expect(own.facts.filter(({ verb }) => verb === 'weighing-made')).toHaveLength(2);
	});
});

test('only members of a structure that is invited or takes part answer, and for their own', async () => {
	await as('nadia')(async (context) => {
		for (const name of ['samir', 'bruno', 'claire', 'yann', 'agathe'] as const)
			expect(['NotFound', 'Forbidden'], name).toContain(await codeOf(weighFor(seenBy(context, name), cooperation, weighed())));
		expect(await codeOf(weighFor(context, cooperation, weighed({ actingFor: world.structures.odile })))).toBe(
			'organisations.not-yours'
		);
		expect(await codeOf(weighFor(context, cooperation, weighed({ actingFor: mine })))).toBe('done');
	});
});

test('a month is noted once: a replay is nothing, a colleague’s number is shown, a correction names what it read', async () => {
	await as('nadia')(async (context) => {
		const first = noted(context, { brought: 'Deux adhérentes.' });
		await noteMonth(context, cooperation, first);
		await noteMonth(context, cooperation, first);
		expect(await codeOf(noteMonth(context, cooperation, noted(context, { hours: '9' })))).toBe('worth.noted-meanwhile');
		await noteMonth(context, cooperation, noted(context, { hours: '3 h', sequence: '0' }));
		expect(await codeOf(noteMonth(context, cooperation, noted(context, { hours: '4 h', sequence: '0' })))).toBe(
			'worth.noted-meanwhile'
		);
		expect(await listMonths(context, cooperation, mine)).toMatchObject([{ minutes: 180, sequence: 1, month: month(context) }]);
		expect(await codeOf(noteMonth(context, cooperation, noted(context, { month: plusMonths(month(context), 1) })))).toBe(
			'worth.month-to-come'
		);
		expect(await codeOf(noteMonth(context, cooperation, noted(context, { month: '2019-01' })))).toBe('worth.month-before');
	});
});

test('« comme le mois d’avant » needs a month before, and is that number', async () => {
	await as('nadia')(async (first) => {
		expect(await codeOf(noteAsLastMonth(first, cooperation, { id: newId(), month: month(first), actingFor: null }))).toBe(
			'worth.no-month-before'
		);
		await noteMonth(first, cooperation, noted(first));
		const context = later(first, 40);
		await noteAsLastMonth(context, cooperation, { id: newId(), month: month(context), actingFor: null });
		expect((await listMonths(context, cooperation, mine)).map(({ minutes }) => minutes)).toEqual([150, 150]);
	});
});

test('hours stay at home until their organisation shows them, and only as a sum; it can stop', async () => {
	await as('nadia')(async (context) => {
		await noteMonth(context, cooperation, noted(context, { words: 'Affiches.', brought: 'Une zibelinette.' }));
		const here = await findCooperation(context, world.cooperation.path);
		const shownTo = async (name: Name) => listShared(seenBy(context, name), here);
		for (const name of everyone) {
			expect(await shownTo(name), name).toEqual([]);
			expect((await listMonths(seenBy(context, name), cooperation, mine)).length, name).toBe(name === 'nadia' ? 1 : 0);
			if (name === 'nadia' || name === 'odile') continue;
			for (const outcome of [
				await codeOf(noteMonth(seenBy(context, name), cooperation, noted(context))),
				await codeOf(shareHours(seenBy(context, name), cooperation, { wanted: 'yes', actingFor: mine }))
			])
				expect(['NotFound', 'Forbidden'], name).toContain(outcome);
		}
		expect(await codeOf(shareHours(seenBy(context, 'odile'), cooperation, { wanted: 'yes', actingFor: mine }))).toBe(
			'organisations.not-yours'
		);
		await shareHours(context, cooperation, { wanted: 'yes', actingFor: null });
		await shareHours(context, cooperation, { wanted: 'yes', actingFor: null });
		expect(await shownTo('odile')).toEqual([{ organisationId: mine, minutes: 150, months: 1, name: 'L’Atelier du Soleil' }]);
		for (const name of everyone.filter((one) => one !== 'nadia' && one !== 'odile'))
			expect(await shownTo(name), name).toEqual([]);
		expect(await findShare(seenBy(context, 'odile'), cooperation, mine)).toBeNull();
		await shareHours(context, cooperation, { wanted: 'no', actingFor: null });
		expect(await shownTo('odile')).toEqual([]);
		const { facts } = await listFacts(context, cooperation, 'everything', noFilters);
		expect(facts.map(({ verb }) => verb).filter((verb) => verb.startsWith('hours-'))).toEqual(['hours-kept', 'hours-shared']);
	});
});

test('what a structure has and carries is told to its members alone', async () => {
	await as('helene')(async (context) => {
		const partner = (await findCooperation(context, world.cooperation.path)).partners.find((one) => one.organisationId === town)!;
		await acceptPartnership(context, cooperation, { partnerId: partner.id });
		await weighFor(context, cooperation, weighed());
		const path = context.actor.is === 'person' ? context.actor.belongings[0]!.path : '';
		const at = path.slice(path.lastIndexOf('/') + 1);
		expect((await listLoads(context, [town]))[0]).toMatchObject({ has: null, warning: null, engaged: [{ minutes: 240 }] });
		await sayCapacity(context, at, capacityForm.parse({ hours: '3 h' }));
		await sayCapacity(context, at, capacityForm.parse({ hours: '3 h' }));
		expect((await listLoads(context, [town]))[0]).toMatchObject({ has: 180, warning: { why: 'hours', promised: 240 } });
		for (const name of everyone.filter((one) => one !== 'helene')) {
			expect(await listLoads(seenBy(context, name), [town]), name).toEqual([]);
			expect(await codeOf(sayCapacity(seenBy(context, name), at, { hours: 60 })), name).toBe('Forbidden');
		}
		await sayCapacity(context, at, { hours: null });
		expect((await listLoads(context, [town]))[0]!.has).toBeNull();
	});
});

test('one reminder a month for all cooperations, only for a structure that asked, only for what is not noted', async () => {
	await as('nadia')(async (first) => {
		const system = (context: Context): Context => ({ ...context, actor: { is: 'system', name: 'remind-hours' } });
		const context = later(first, 40);
		expect(await organisationsToRemind(system(context))).toEqual([]);
		await askForReminder(first, cooperation, { wanted: 'yes', actingFor: null });
		expect(await isReminded(seenBy(first, 'odile'), mine)).toBe(false);
		expect(await organisationsToRemind(system(context))).toEqual([mine]);
		expect(await codeOf(remindOfHours(context, mine))).toBe('Forbidden');
		expect(await remindOfHours(system(context), mine)).toBe(1);
		expect(await remindOfHours(system(context), mine)).toBe(0);
		const told = await context.db.selectFrom('notices').select(['personId', 'text']).where('kind', '=', 'reminder').execute();
		expect(told).toHaveLength(1);
		expect(told[0]!.personId).toBe(world.actors.nadia.id);
		await askForReminder(first, cooperation, { wanted: 'no', actingFor: null });
		expect(await organisationsToRemind(system(later(first, 80)))).toEqual([]);
	});
});
