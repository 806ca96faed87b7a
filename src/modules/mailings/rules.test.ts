import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelFormats, labelPlaces, labelSheets, recipients, remindable, restsFor } from './rules.ts';

test('labels stand inside the page, in order, and never on one another', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...labelFormats),
			fc.integer({ min: 1, max: 60 }),
			fc.integer({ min: -3, max: 40 }),
			(format, count, start) => {
				const { width, height, columns, rows } = labelSheets[format];
				const places = labelPlaces(count, format, start);
				expect(places).toHaveLength(count);
				const seen = new Set<string>();
				for (const { page, x, y } of places) {
					expect(x).toBeGreaterThanOrEqual(0);
					expect(y).toBeGreaterThanOrEqual(0);
					expect(x + width).toBeLessThanOrEqual(210.001);
					expect(y + height).toBeLessThanOrEqual(297.001);
					seen.add(`${page} ${x.toFixed(2)} ${y.toFixed(2)}`);
				}
				expect(seen.size).toBe(count);
				const first = Math.min(Math.max(1, start), columns * rows) - 1;
				expect(places.at(-1)!.page).toBe(Math.floor((first + count - 1) / (columns * rows)));
			}
		)
	);
});

test('labels do not touch across: the next begins where the one before ends, or later', () => {
	for (const format of labelFormats) {
		const { width, height, across, down } = labelSheets[format];
		expect(across).toBeGreaterThanOrEqual(width);
		expect(down).toBeGreaterThanOrEqual(height);
	}
});

test('to whom', () => {
	expect(recipients(['a', 'b', 'a', 'me'], 'me')).toEqual(['a', 'b']);
	expect(() => recipients(['me'], 'me')).toThrow('mailings.nobody');
	expect(() =>
		recipients(
			Array.from({ length: 301 }, (_, i) => String(i)),
			'me'
		)
	).toThrow('forms.too-many');
});

test('a reminder goes once, and not within a month', () => {
	const now = new Date('2026-11-22');
	const mailedAt = new Date(now.getTime() - restsFor);
	const one = { way: 'mail', mailedAt, remindedAt: null, answeredAt: null };
	expect(remindable(one, now)).toBe(true);
	expect(remindable({ ...one, mailedAt: new Date(mailedAt.getTime() + 1) }, now)).toBe(false);
	expect(remindable({ ...one, remindedAt: mailedAt }, now)).toBe(false);
	expect(remindable({ ...one, answeredAt: mailedAt }, now)).toBe(false);
	expect(remindable({ ...one, way: 'paper' }, now)).toBe(false);
});
