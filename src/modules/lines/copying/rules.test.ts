import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copiable, moved, shifts } from './rules.ts';

test('a day moves by whole weeks: the same day of the week', () => {
	expect(moved('2026-04-11', 52)).toBe('2027-04-10');
	expect(moved(null, 52)).toBeNull();
	const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
	fc.assert(
		fc.property(
			fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
			fc.constantFrom(...shifts),
			(at, weeks) => {
				const day = at.toISOString().slice(0, 10);
				return weekday(moved(day, Number(weeks))!) === weekday(day);
			}
		)
	);
});

test('what another keeps at home is never taken', () => {
	expect(copiable({ audience: 'organisation', actingFor: 'other' }, 'own')).toBe(false);
	expect(copiable({ audience: 'organisation', actingFor: 'own' }, 'own')).toBe(true);
	expect(copiable({ audience: 'partners', actingFor: 'other' }, 'own')).toBe(true);
});
