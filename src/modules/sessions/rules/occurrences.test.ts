import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, isDay, plusDays, wall } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';
import { occurrences, occurrencesAtMost, rhythms, type Pattern } from './occurrences.ts';

const pattern = (over: Partial<Pattern> = {}): Pattern => ({
	rhythm: 'weekly',
	weekdays: [3],
	startsOn: '2026-11-01',
	endsOn: '2026-12-31',
	...over
});

test('every Wednesday, without the holidays', () => {
	const { days, leftOut } = occurrences(pattern(), [{ startsOn: '2026-12-19', endsOn: '2027-01-03' }]);
	expect(days).toEqual(['2026-11-04', '2026-11-11', '2026-11-18', '2026-11-25', '2026-12-02', '2026-12-09', '2026-12-16']);
	expect(leftOut).toEqual(['2026-12-23', '2026-12-30']);
});

test('one week out of two counts weeks from that of the first day, across a new year', () => {
	const { days } = occurrences(
		pattern({ rhythm: 'fortnightly', weekdays: [1, 5], startsOn: '2026-12-17', endsOn: '2027-01-16' })
	);
	expect(days).toEqual(['2026-12-18', '2026-12-28', '2027-01-01', '2027-01-11', '2027-01-15']);
});

test('each month, the second Tuesday; the fifth is the last', () => {
	expect(occurrences(pattern({ rhythm: 'monthly', weekdays: [2], startsOn: '2026-11-10', endsOn: '2027-02-28' })).days).toEqual([
		'2026-11-10',
		'2026-12-08',
		'2027-01-12',
		'2027-02-09'
	]);
	expect(occurrences(pattern({ rhythm: 'monthly', weekdays: [7], startsOn: '2026-11-29', endsOn: '2027-02-28' })).days).toEqual([
		'2026-11-29',
		'2026-12-27',
		'2027-01-31',
		'2027-02-28'
	]);
});

test.each([
	[{ startsOn: '2026-01-01', endsOn: '2036-01-01', weekdays: [1, 2, 3, 4, 5, 6, 7] }, 'sessions.series-too-long'],
	[{ startsOn: '2026-01-01', endsOn: '2026-12-31', weekdays: [1, 2, 3, 4, 5, 6, 7] }, 'sessions.series-too-long'],
	[{ startsOn: '2026-12-31', endsOn: '2026-12-01' }, 'sessions.series-ends-before'],
	[{ weekdays: [] }, 'sessions.series-weekdays-missing'],
	[{ startsOn: '2026-11-05', endsOn: '2026-11-09' }, 'sessions.series-empty']
])('%j is refused: %s', (over, code) => {
	expect(() => occurrences(pattern(over))).toThrow(Refused);
	try {
		occurrences(pattern(over));
	} catch (refused) {
		expect((refused as Refused).code).toBe(code);
	}
});

test('days are in order, within bounds, on the chosen weekdays, never closed; nothing due is lost', () => {
	const day = fc.integer({ min: 0, max: 20_000 }).map((days) => plusDays('2000-01-01', days));
	const chosen = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
	fc.assert(
		fc.property(
			fc.constantFrom(...rhythms),
			chosen,
			day,
			fc.nat(110),
			fc.nat(110),
			fc.nat(30),
			(rhythm, weekdays, startsOn, length, from, closedFor) => {
				const endsOn = plusDays(startsOn, length);
				const closed = [{ startsOn: plusDays(startsOn, from), endsOn: plusDays(startsOn, from + closedFor) }];
				let found: ReturnType<typeof occurrences>;
				try {
					found = occurrences({ rhythm, weekdays, startsOn, endsOn }, closed);
				} catch (refused) {
					expect(refused).toBeInstanceOf(Refused);
					return;
				}
				const { days, leftOut } = found;
				expect(days).toEqual([...new Set(days)].toSorted());
				expect(days.length).toBeLessThanOrEqual(occurrencesAtMost);
				for (const one of [...days, ...leftOut]) {
					expect(isDay(one) && one >= startsOn && one <= endsOn).toBe(true);
					expect(weekdays).toContain(new Date(`${one}T00:00:00Z`).getUTCDay() || 7);
				}
				for (const one of days) expect(one >= closed[0]!.startsOn && one <= closed[0]!.endsOn).toBe(false);
				const open = occurrences({ rhythm, weekdays, startsOn, endsOn }).days;
				expect([...days, ...leftOut].toSorted()).toEqual(open);
				if (rhythm === 'monthly')
					for (const weekday of weekdays) {
						const months = open
							.filter((one) => (new Date(`${one}T00:00:00Z`).getUTCDay() || 7) === weekday)
							.map((one) => one.slice(0, 7));
						expect(months).toEqual([...new Set(months)]);
					}
			}
		)
	);
});

test('the clock shows the same time at every occurrence, whatever the season does to it', () => {
	const zones = ['Europe/Paris', 'America/Miquelon', 'Pacific/Tahiti', 'Indian/Reunion'];
	for (const zone of zones)
		for (const one of occurrences(pattern({ startsOn: '2026-09-01', endsOn: '2027-07-31' })).days)
			expect(wall(instant(one, '17:30', zone), zone)).toEqual({ day: one, time: '17:30' });
});
