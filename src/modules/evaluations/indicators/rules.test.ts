import fc from 'fast-check';
import { expect, test } from 'vitest';
import { millionths } from '#modules/lines/rules/budget.ts';
import { plusDays } from '#platform/clock.ts';
import { additions, figureOf, figuresByDay, inTime, pointsOf, usualReading, written, type Held, type Point } from './rules.ts';
import { drawIndicator } from './rules/picture.ts';

let n = 0;
const point = (over: Partial<Point> = {}): Point => ({
	id: String(++n).padStart(6, '0'),
	day: '2026-11-22',
	quantity: '1',
	words: null,
	organisationId: 'a',
	organisation: 'A',
	path: '/',
	...over
});

test('partners count their own, and their last counts are added', () => {
	const points = [
		point({ day: '2026-09-30', quantity: '12', organisationId: 'a' }),
		point({ day: '2026-10-31', quantity: '20', organisationId: 'a' }),
		point({ day: '2026-10-15', quantity: '7.5', organisationId: 'b' }),
		point({ day: '2026-11-01', quantity: null, words: 'Les anciens sont moins venus.' })
	];
	expect(additions.map((adds) => figureOf(points, adds))).toEqual(['27.5', '39.5', '20', '13.166667']);
	expect(figuresByDay(points, 'partners')).toEqual([
		{ day: '2026-09-30', quantity: '12' },
		{ day: '2026-10-15', quantity: '19.5' },
		{ day: '2026-10-31', quantity: '27.5' }
	]);
	expect(figureOf([point({ quantity: null, words: 'Rien à compter.' })], 'sum')).toBeNull();
});

const quantity = fc.bigInt(0n, 10n ** 17n).map((value) => `${value / 1_000_000n}.${String(value % 1_000_000n).padStart(6, '0')}`);
const points = fc.array(
	fc
		.record({
			quantity: fc.option(quantity, { freq: 4 }),
			days: fc.nat(400),
			organisationId: fc.constantFrom('a', 'b', 'c')
		})
		.map(({ days, ...rest }) => point({ ...rest, day: plusDays('2026-01-01', days) })),
	{ maxLength: 30 }
);

test('figures are exact decimals, whatever the order in which they were noted', () => {
	fc.assert(
		fc.property(points, (given) => {
			const numbers = given.flatMap((one) => (one.quantity === null ? [] : [millionths(one.quantity)]));
			const sum = numbers.reduce((total, one) => total + one, 0n);
			for (const adds of additions) expect(figureOf(given.toReversed(), adds)).toBe(figureOf(given, adds));
			if (!numbers.length) {
				expect(figureOf(given, 'sum')).toBeNull();
				return;
			}
			expect(millionths(figureOf(given, 'sum')!)).toBe(sum);
			const off = millionths(figureOf(given, 'mean')!) * BigInt(numbers.length) - sum;
			expect(off < 0n ? -off * 2n : off * 2n).toBeLessThanOrEqual(BigInt(numbers.length));
			const counted = inTime(given).filter((one) => one.quantity !== null);
			expect(millionths(figureOf(given, 'last')!)).toBe(millionths(counted.at(-1)!.quantity!));
			const lasts = ['a', 'b', 'c'].flatMap((who) => counted.filter((one) => one.organisationId === who).at(-1)?.quantity ?? []);
			expect(millionths(figureOf(given, 'partners')!)).toBe(lasts.reduce((total, one) => total + millionths(one), 0n));
			for (const adds of additions) expect(figuresByDay(given, adds).at(-1)!.quantity).toBe(figureOf(given, adds));
		})
	);
});

test('an indicator that sessions feed moves with them', () => {
	const held = (over: Partial<Held>): Held => ({
		id: String(++n),
		day: '2026-11-04',
		title: 'Atelier',
		seriesId: 'wednesdays',
		people: 12,
		minutes: 150,
		note: null,
		organisationId: 'a',
		organisation: 'A',
		path: '/',
		attendance: [{ publicRoot: 'children', people: 8 }],
		...over
	});
	const sessions = [
		held({}),
		held({ day: '2026-11-11', people: 15, minutes: 0, attendance: [] }),
		held({ seriesId: null, people: 100, minutes: 20 })
	];
	const figure = (over: Partial<typeof usualReading>) => figureOf(pointsOf(sessions, { ...usualReading, ...over }), 'sum');
	expect(figure({ source: 'attendance' })).toBe('127');
	expect(figure({ source: 'attendance', seriesId: 'wednesdays' })).toBe('27');
	expect(figure({ source: 'attendance', publicRoot: 'children' })).toBe('16');
	expect(figure({ source: 'sessions' })).toBe('3');
	expect(figure({ source: 'hours' })).toBe('2.833333');
	expect(figure({ source: 'hours', seriesId: 'wednesdays' })).toBe('2.5');
	expect(pointsOf([], { ...usualReading, source: 'hours' })).toEqual([]);
});

test('numbers are written as people read them', () => {
	expect(['12.500000', '1234567', '0.1', '2.833333', '0.004', '0.995'].map(written)).toEqual([
		'12,5',
		'1\u202f234\u202f567',
		'0,1',
		'2,83',
		'0',
		'1'
	]);
});

test('everything that is drawn lies inside the frame', () => {
	fc.assert(
		fc.property(
			points,
			fc.option(quantity),
			fc.constantFrom(...additions),
			fc.constantFrom('large' as const, 'small' as const),
			(given, target, adds, size) => {
				const picture = drawIndicator({ points: given, adds, target, today: '2026-11-22', order: ['b', 'a'] }, size);
				if (!picture) {
					expect(given).toEqual([]);
					return;
				}
				const inside = (x: number, y: number) => x >= 0 && x <= picture.width && y >= 0 && y <= picture.height;
				for (const { x, y } of picture.marks) expect(inside(x, y)).toBe(true);
				for (const { x } of [...picture.notes, ...picture.days]) expect(inside(x, 0)).toBe(true);
				for (const { y } of picture.levels) expect(inside(0, y)).toBe(true);
				for (const found of picture.line.matchAll(/(-?[\d.]+) (-?[\d.]+)/g))
					expect(inside(Number(found[1]), Number(found[2]))).toBe(true);
				if (picture.target) expect(inside(0, picture.target.y) && inside(0, picture.target.labelY)).toBe(true);
				expect(picture.marks.length + picture.notes.length).toBe(given.length);
				expect(picture.line).not.toMatch(/NaN|Infinity/);
			}
		)
	);
});
