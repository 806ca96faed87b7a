import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '#platform/errors.ts';
import { countable, minutesOf, notable, stateOf, takesPlace } from './rules.ts';

test.each([
	['2 h 30', 150],
	['2h', 120],
	['2\u00a0h\u00a05', 125],
	['90 min', 90],
	['2,5', 150],
	['2.25 h', 135],
	['0,1', 6],
	['2:30', 150],
	['3', 180],
	['environ 2', null],
	['2 h 75', null],
	['-2', null],
	['NaN', null],
	['1e9', null],
	['9'.repeat(40), null],
	['', null]
])('« %s » is %s minutes', (typed, minutes) => expect(minutesOf(typed)).toBe(minutes));

test('hours and minutes are read back whole, and nothing is ever a fraction', () => {
	fc.assert(
		fc.property(fc.nat(9_999), fc.nat(59), (hours, rest) => {
			expect(minutesOf(`${hours} h ${String(rest).padStart(2, '0')}`)).toBe(hours * 60 + rest);
		})
	);
	fc.assert(
		fc.property(fc.string(), (typed) => {
			const minutes = minutesOf(typed);
			expect(minutes === null || (Number.isInteger(minutes) && minutes >= 0)).toBe(true);
		})
	);
});

const now = new Date('2026-11-22T12:00:00Z');
const times = { startsAt: now, endsAt: now, cancelledAt: null, notedAt: null, movedAt: null, zone: 'Europe/Paris' };

test('what is to come or cancelled has no figures', () => {
	expect(() => notable({ ...times, startsAt: new Date('2026-11-25T12:00:00Z') }, now)).toThrow(Refused);
	expect(() => notable({ ...times, cancelledAt: now }, now)).toThrow(Refused);
	expect(() => notable(times, now)).not.toThrow();
	expect(stateOf({ ...times, startsAt: new Date('2026-11-25T12:00:00Z') }, now)).toBe('coming');
	expect(stateOf(times, now)).toBe('unnoted');
});

test('a session takes place within the life of its cooperation', () => {
	const begun = { begunAt: new Date('2026-11-02T23:30:00Z'), now };
	const on = (day: string) => () => takesPlace({ day, time: '18:00', minutes: 60, zone: 'Europe/Paris' }, begun);
	expect(on('2026-11-02')).toThrow(Refused);
	// it was already the 3rd in Paris
	expect(on('2026-11-03')()).toEqual({ startsAt: new Date('2026-11-03T17:00:00Z'), endsAt: new Date('2026-11-03T18:00:00Z') });
	expect(on('2100-01-01')).toThrow(Refused);
});

test('audiences overlap, but none is larger than all who came', () => {
	expect(() =>
		countable(10, [
			{ name: 'enfants', people: 8 },
			{ name: 'habitants', people: 10 }
		])
	).not.toThrow();
	expect(() => countable(10, [{ name: 'enfants', people: 11 }])).toThrow(Refused);
});
