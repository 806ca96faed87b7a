import { describe, expect, test } from 'vitest';
import { verifyChains } from '#modules/journal/queries.server.ts';
import { testDatabase } from '../tests/database.ts';
import { plantValley } from './valley.ts';

/** Hours at which days, months and clocks turn over in Paris: somebody may try the product right then. */
const hours = [
	['just before midnight', '2026-11-22T22:58:00Z'],
	['just after midnight, where it is still yesterday elsewhere', '2026-11-22T23:03:00Z'],
	['the first minutes of a year', '2026-12-31T23:02:00Z'],
	['the last day of February of a leap year', '2028-02-29T11:00:00Z'],
	['the night when clocks go forward', '2027-03-28T00:59:00Z'],
	['the hour that comes twice', '2027-10-31T00:30:00Z'],
	['six months after a change of the clocks, late', '2026-09-15T21:45:00Z']
] as const;

describe.each(hours)('%s', (_, now) => {
	test('the valley is planted whole, and its journals are unbroken', { timeout: 120_000 }, async () => {
		const { db } = await testDatabase();
		await plantValley(db, new Date(now));
		const states: string[] = [];
		for await (const { state } of verifyChains(db)) states.push(state);
		expect(states.length).toBeGreaterThan(20);
		expect(new Set(states)).toEqual(new Set(['whole']));
	});
});
