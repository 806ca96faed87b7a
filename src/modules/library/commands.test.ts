import { expect, test } from 'vitest';
import { endCooperation } from '#modules/cooperations/commands/ending.server.ts';
import { findOrigin, listAroundObject } from '#modules/cooperations/origin/queries.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { noFilters } from '#modules/journal/rules.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { kinds } from '#modules/lines/rules.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { stranger } from '#platform/actor.ts';
import { testWorld } from '../../../tests/world.ts';
import { takeUp } from './commands.server.ts';
import { takeForm } from './forms.ts';
import { listWhereToTake, takingsOf } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const here = world.cooperation.id;
const kept = (ids: string[], more: Record<string, string> = {}) =>
	takeForm.parse({ keep: ids, ...Object.fromEntries(ids.map((id) => [`text-${id}`, `Ligne ${id}.`])), ...more });

test('what is kept is written with its words, its days and its source; twice is once; a partner finds it taken', async () => {
	await as('nadia')(async (context) => {
		const before = await listLines(context, here, kinds, { size: 500 });
		const sent = kept(['salle', 'reserver', 'representations', 'jouent'], {
			'day-reserver': '2026-12-01',
			'day-representations': '2027-04-09',
			'until-representations': '2027-04-11',
			'quantity-jouent': '25'
		});
		expect(await takeUp(context, here, 'theatre', sent)).toBe(4);
		expect(await takeUp(context, here, 'theatre', sent)).toBe(0);
		const odile = seenBy(context, 'odile');
		expect(await takeUp(odile, here, 'theatre', kept(['salle', 'regie']))).toBe(1);
		const lines = (await listLines(odile, here, kinds, { size: 500 })).slice(0);
		expect(lines).toHaveLength(before.length + 5);
		const line = (text: string) => lines.find((one) => one.text === `Ligne ${text}.`);
		expect(line('salle')).toMatchObject({ kind: 'need', topic: 'infrastructure', sourceKind: 'library' });
		expect(line('salle')!.actingFor).toBe(world.structures.nadia);
		expect(line('reserver')).toMatchObject({ kind: 'task', endsOn: '2026-12-01', startsOn: null });
		expect(line('representations')).toMatchObject({ startsOn: '2027-04-09', endsOn: '2027-04-11', phase: 'during' });
		expect(line('jouent')).toMatchObject({ kind: 'indicator', unit: 'personnes' });
		expect(Number(line('jouent')!.quantity)).toBe(25);
		const origin = await findOrigin(odile, await findCooperationById(odile, here));
		expect(origin.now).toMatchObject({ objectKey: 'theatre', objectKind: 'show' });
		expect((await listAroundObject(odile, 'theatre')).map(({ id }) => id)).toEqual([here]);
		expect(await listAroundObject(seenBy(context, 'helene'), 'theatre')).toEqual([]);
	});
});

test('what stays at home is taken by each for itself, and tells the partners nothing', async () => {
	await as('nadia')(async (context) => {
		expect(await takeUp(context, here, 'memoires', kept(['secrets']))).toBe(1);
		const odile = seenBy(context, 'odile');
		expect((await listLines(odile, here, ['limit'], { size: 50 })).some(({ text }) => text === 'Ligne secrets.')).toBe(false);
		expect(await takingsOf(context.db, here, 'memoires', [world.structures.odile])).toEqual([]);
		expect((await findOrigin(odile, await findCooperationById(odile, here))).now).toBeNull();
		const { facts } = await listFacts(odile, here, 'everything', noFilters, { size: 50 });
		expect(facts.length).toBeGreaterThan(0);
		expect(facts.filter(({ verb }) => verb === 'cooperation-inspired')).toEqual([]);
		expect(await takeUp(odile, here, 'memoires', kept(['secrets']))).toBe(1);
	});
});

test('strangers, who accompanies, an invited one, an idea or a line that does not exist, an ended cooperation', async () => {
	await as('nadia')(async (context) => {
		const some = kept(['salle']);
		await expect(takeUp({ ...context, actor: stranger }, here, 'theatre', some)).rejects.toThrow(NotFound);
		await expect(takeUp(seenBy(context, 'bruno'), here, 'theatre', some)).rejects.toThrow(NotFound);
		for (const name of ['claire', 'helene'] as const)
			await expect(takeUp(seenBy(context, name), here, 'theatre', some)).rejects.toThrow(Forbidden);
		await expect(takeUp(context, here, 'theatres', some)).rejects.toThrow(NotFound);
		await expect(takeUp(context, here, 'theatre', kept(['inconnue']))).rejects.toMatchObject({ code: 'library.line-unknown' });
		expect((await listWhereToTake(context)).map(({ path }) => path)).toContain(world.cooperation.path);
		expect(await listWhereToTake(seenBy(context, 'helene'))).toEqual([]);
		await endCooperation(context, here, { reason: 'Fini.', actingFor: null });
		await expect(takeUp(context, here, 'theatre', some)).rejects.toThrow(Refused);
	});
});
