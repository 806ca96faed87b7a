import { expect, test } from 'vitest';
import { askable, standingOf } from './rules.ts';

test('from a day to a day, and not for ever', () => {
	const one = { fromDay: '2026-12-01', toDay: '2026-12-31', today: '2026-11-22', days: 30 };
	askable(one);
	expect(() => askable({ ...one, toDay: '2026-11-30' })).toThrow('resources.days-backwards');
	expect(() => askable({ ...one, today: '2027-01-01' })).toThrow('resources.days-backwards');
	expect(() => askable({ ...one, days: 367 })).toThrow('resources.too-long');
});

test('where an ask stands', () => {
	const ask = { answer: 'yes', endedAt: null, fromDay: '2026-12-01', toDay: '2026-12-31' };
	for (const [given, today, standing] of [
		[{ answer: null }, '2026-12-02', 'asked'],
		[{ answer: 'no' }, '2026-12-02', 'declined'],
		[{}, '2026-11-30', 'coming'],
		[{}, '2026-12-31', 'there'],
		[{}, '2027-01-01', 'over'],
		[{ endedAt: new Date() }, '2026-12-02', 'over']
	] as const)
		expect(standingOf({ ...ask, ...given }, today)).toBe(standing);
});
