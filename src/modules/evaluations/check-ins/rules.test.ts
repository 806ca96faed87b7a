import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dimensionKeys } from '#content/dimensions/dimension.ts';
import { initials } from '#ui/paper.ts';
import {
	adviceFor,
	awaited,
	closing,
	codesFor,
	differing,
	headOf,
	isShown,
	median,
	opinionOf,
	rowsOf,
	spread,
	toTalkAbout,
	weights,
	type Given,
	type Weight
} from './rules.ts';

const anyWeight = fc.constantFrom<Weight | null>(...weights, null);
const answers = fc.array(anyWeight, { maxLength: 12 });
const swapped = (said: Weight | null) => (said === 'weighs' ? 'lifts' : said === 'lifts' ? 'weighs' : said);

test('the spread is between 0 and 1, the same in any order and in the mirror', () => {
	fc.assert(
		fc.property(answers, fc.nat(), (said, seed) => {
			const value = spread(said);
			expect(value).toBeGreaterThanOrEqual(0);
			expect(value).toBeLessThanOrEqual(1);
			const turned = said.map((_, i) => said[(i + seed) % said.length]!);
			expect(spread(turned)).toBe(value);
			expect(spread(said.toReversed())).toBe(value);
			expect(spread(said.map(swapped))).toBe(value);
		})
	);
});

test('who says the same is not apart; half against half is as far as it gets', () => {
	fc.assert(
		fc.property(anyWeight, fc.integer({ min: 1, max: 12 }), (one, times) => {
			expect(spread(Array.from({ length: times }, () => one))).toBe(0);
			expect(spread(Array.from({ length: times }, () => ['weighs', 'lifts'] as const).flat())).toBe(1);
		})
	);
	expect(spread([])).toBe(0);
	expect(spread(['weighs', 'neither'])).toBe(0.5);
});

test('one more who says what the middle says never drives partners further apart', () => {
	fc.assert(
		fc.property(answers, (said) => {
			const middle = median(said);
			fc.pre(middle !== null);
			expect(spread([...said, middle])).toBeLessThanOrEqual(spread(said) + 1e-12);
		})
	);
});

test('those who don’t know or say nothing change no figure', () => {
	fc.assert(
		fc.property(answers, fc.array(fc.constantFrom('unknown', null), { maxLength: 4 }), (said, silent) => {
			expect(spread([...said, ...silent])).toBe(spread(said));
			expect(opinionOf([...said, ...silent])).toBe(opinionOf(said));
		})
	);
});

test.each([
	[['weighs', 'lifts'], 'split'],
	[['weighs', 'neither', 'lifts'], 'split'],
	[['neither', 'lifts'], 'apart'],
	[['lifts', 'lifts', 'lifts', 'lifts', 'lifts', 'lifts', 'neither'], 'agreed'],
	[['weighs', 'weighs', 'unknown'], 'weighs'],
	[['weighs', 'weighs', 'weighs', 'neither'], 'weighs-mostly'],
	[['neither', 'neither'], 'agreed'],
	[['weighs', 'unknown', null], 'few'],
	[[], 'few']
] as const)('%j is said in a word: %s', (said, word) => {
	expect(opinionOf(said)).toBe(word);
});

const given = (organisationId: string, marks: Record<string, Weight>): Given => ({
	organisationId,
	marks: Object.fromEntries(Object.entries(marks).map(([key, said]) => [key, { said, sentence: null }]))
});

test('rows go from what divides most to what all say; the change since the last time is said', () => {
	const rows = rowsOf(
		[
			given('a', { time: 'weighs', funding: 'weighs', human: 'lifts', power: 'neither' }),
			given('b', { time: 'lifts', funding: 'weighs', human: 'lifts', power: 'lifts' })
		],
		[given('a', { funding: 'lifts', human: 'lifts' })]
	);
	expect(rows).toHaveLength(12);
	expect(rows.slice(0, 2).map(({ key }) => key)).toEqual(['time', 'power']);
	expect(rows.map(({ key }) => key).toSorted()).toEqual([...dimensionKeys].toSorted());
	const row = (key: string) => rows.find((one) => one.key === key)!;
	expect([row('funding').opinion, row('funding').change, row('funding').before]).toEqual(['weighs', 'heavier', 'lifts']);
	expect([row('human').opinion, row('human').change]).toEqual(['agreed', 'stable']);
	expect([row('time').change, row('vision').mean]).toEqual([null, null]);
	expect(headOf(rows)).toEqual({ split: 1, weighs: 1, few: false });
	expect(toTalkAbout(rows).map(({ key }) => key)).toEqual(['time', 'funding', 'power']);
	expect(headOf(rowsOf([]))).toEqual({ split: 0, weighs: 0, few: true });
});

test('rows do not depend on the order of organisations', () => {
	const one = fc.record({ time: fc.constantFrom(...weights), funding: fc.constantFrom(...weights) });
	fc.assert(
		fc.property(fc.array(one, { maxLength: 8 }), (all) => {
			const some = all.map((marks, i) => given(`o${i}`, marks));
			const figures = (list: Given[]) => rowsOf(list).map(({ key, spread: apart, opinion }) => [key, apart, opinion]);
			expect(figures(some.toReversed())).toEqual(figures(some));
		})
	);
});

const asked = (over: Partial<Parameters<typeof awaited>[0][number]>) => ({
	organisationId: 'a',
	carries: true,
	there: true,
	answered: false,
	...over
});
const now = new Date('2026-11-16T09:00:00Z');
const later = { shownAt: null, closesAt: new Date('2026-12-07T22:59:59Z') };

test('answers are shown when all that carry have answered, or when the day has passed; who left is not waited for', () => {
	expect(isShown(later, [asked({ answered: true }), asked({})], now)).toBe(false);
	expect(isShown(later, [asked({ answered: true }), asked({ there: false })], now)).toBe(true);
	expect(isShown(later, [asked({ answered: true }), asked({ carries: false })], now)).toBe(true);
	expect(isShown(later, [asked({ carries: false, answered: true })], now)).toBe(false);
	expect(isShown(later, [], now)).toBe(false);
	expect(isShown({ ...later, closesAt: new Date('2026-11-15T00:00:00Z') }, [asked({})], now)).toBe(true);
	expect(isShown({ ...later, shownAt: now }, [asked({})], now)).toBe(true);
});

test('a check-in lasts three weeks unless somebody says otherwise; not into the past, nor beyond six months', () => {
	expect(closing(null, 'Europe/Paris', now)).toMatchObject({
		closesOn: '2026-12-07',
		remindAt: new Date('2026-12-04T07:00:00Z')
	});
	expect(closing('2026-11-16', 'America/Cayenne', now).closesAt).toEqual(new Date('2026-11-17T02:59:59.999Z'));
	const short = closing('2026-11-17', 'Europe/Paris', now);
	expect(short.remindAt > now && short.remindAt < short.closesAt).toBe(true);
	expect(() => closing('2026-11-15', 'Europe/Paris', now)).toThrow('evaluations.point-date-past');
	expect(() => closing('2027-11-15', 'Europe/Paris', now)).toThrow('evaluations.point-date-far');
});

test('two answers differ where a word or a sentence differs', () => {
	expect(differing({ time: { said: 'weighs', sentence: null } }, { time: { said: 'weighs', sentence: null } })).toEqual([]);
	expect(differing({ time: { said: 'weighs', sentence: null } }, { want: { said: 'no', sentence: 'Trop.' } })).toEqual([
		'time',
		'want'
	]);
});

test('no two organisations share a code, and advice is about what weighs first', () => {
	const codes = codesFor(['La Passerelle', 'Les Petits Pas', 'Le Pont', 'Lire et Partager'], initials);
	expect(new Set(codes).size).toBe(4);
	expect(adviceFor('define', ['evaluation'])[0]!.dimensions).toContain('evaluation');
	expect(adviceFor('define', []).every(({ steps }) => steps.includes('define'))).toBe(true);
});
