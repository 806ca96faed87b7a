import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beforeDuringAfter } from '#content/calendar/before-during-after.ts';
import { isDay, plusDays } from '#platform/clock.ts';
import { actionOf, clashing, inOrder, proposals, taskState } from './schedule.ts';

test('the action spans from the first to the last day of what happens during it', () => {
	expect(actionOf([{ phase: 'before', startsOn: '2026-01-01', endsOn: null }])).toBeNull();
	expect(
		actionOf([
			{ phase: 'during', startsOn: '2027-04-09', endsOn: '2027-04-11' },
			{ phase: 'during', startsOn: '2027-04-01', endsOn: null },
			{ phase: 'after', startsOn: '2027-05-01', endsOn: '2027-06-01' }
		])
	).toEqual({ startsOn: '2027-04-01', endsOn: '2027-04-11' });
});

test('the template gives real days, in order, whatever the action', () => {
	const day = fc.integer({ min: 0, max: 30_000 }).map((days) => plusDays('2000-01-01', days));
	fc.assert(
		fc.property(day, fc.nat(700), (startsOn, length) => {
			const action = { startsOn, endsOn: plusDays(startsOn, length) };
			for (const one of proposals(action, [])) {
				expect(isDay(one.startsOn!) && isDay(one.endsOn!)).toBe(true);
				expect(one.startsOn! <= one.endsOn!, one.id).toBe(true);
				if (one.phase === 'before') expect(one.endsOn! < startsOn).toBe(true);
				if (one.phase === 'during') expect(one.startsOn! >= startsOn && one.endsOn! <= action.endsOn).toBe(true);
				if (one.phase === 'after') expect(one.startsOn! > action.endsOn).toBe(true);
			}
		})
	);
});

test('without the action’s days, proposals say when in words; what is written is taken', () => {
	const [first, ...others] = proposals(null, [beforeDuringAfter[0]!.label]);
	expect(first).toMatchObject({ startsOn: null, taken: true });
	expect(first!.words).toBeTruthy();
	expect(others.some(({ taken }) => taken)).toBe(false);
});

test('a date that falls into an impossible period names it', () => {
	const date = (id: string, topic: string, startsOn: string | null, endsOn: string | null = null) => ({
		id,
		topic,
		startsOn,
		endsOn
	});
	const dates = [
		date('general', 'project', '2027-02-20'),
		date('show', 'project', '2027-04-09', '2027-04-11'),
		date('grant', 'administrative', '2027-02-14', '2027-02-14'),
		date('holidays', 'impossible', '2027-02-14', '2027-02-28'),
		date('someday', 'project', null)
	];
	expect(clashing(dates).map((one) => [one.date.id, one.with.map(({ id }) => id)])).toEqual([
		['general', ['holidays']],
		['grant', ['holidays']]
	]);
});

test.each([
	[{ doneAt: new Date(), endsOn: '2026-01-01' }, 'done'],
	[{ doneAt: null, endsOn: '2026-11-21' }, 'late'],
	[{ doneAt: null, endsOn: '2026-11-22' }, 'soon'],
	[{ doneAt: null, endsOn: '2026-12-06' }, 'soon'],
	[{ doneAt: null, endsOn: '2026-12-07' }, 'open'],
	[{ doneAt: null, endsOn: null }, 'open']
])('a task %j is %s on 22 November', (task, state) => expect(taskState(task, '2026-11-22')).toBe(state));

test('the soonest task comes first, the done ones last', () => {
	const tasks = [
		{ id: 'later', doneAt: null, endsOn: null },
		{ id: 'done', doneAt: new Date(), endsOn: '2020-01-01' },
		{ id: 'march', doneAt: null, endsOn: '2027-03-01' },
		{ id: 'january', doneAt: null, endsOn: '2027-01-01' }
	];
	expect(inOrder(tasks).map(({ id }) => id)).toEqual(['january', 'march', 'later', 'done']);
});
