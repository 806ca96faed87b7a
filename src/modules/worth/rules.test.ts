import fc from 'fast-check';
import { expect, test } from 'vitest';
import { worthKeys, worthQuestions } from '#content/worth/questions.ts';
import { capacityForm } from './forms.ts';
import { monthForm } from './hours/forms.ts';
import { drawMonths, monthSaid, notableMonth, openMonths, plusMonths } from './hours/rules.ts';
import { many, tooMany, type Engaged } from './load/rules.ts';
import { answers, changedSince, weigh, type Answer } from './weighing/rules.ts';

const all = (answer: Answer) => worthKeys.map((question) => ({ question, answer, words: null }));

test('five questions, each once, in the order in which they are asked', () => {
	expect(worthQuestions.map(({ id }) => id)).toEqual(worthKeys);
});

test.each<[Answer, string]>([
	['yes', 'clear'],
	['rather', 'clear'],
	['unknown', 'open'],
	['rather_not', 'heavy'],
	['no', 'heavy']
])('all « %s » is said to be %s', (answer, tone) => {
	expect(weigh(all(answer)).tone).toBe(tone);
});

test('each answer speaks for, speaks against or is to be asked, and what speaks against can always be asked', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...answers), { minLength: 5, maxLength: 5 }), (given) => {
			const said = worthKeys.map((question, i) => ({ question, answer: given[i]!, words: null }));
			const { speaksFor, against, ask } = weigh(said);
			expect([...new Set([...speaksFor, ...ask])].toSorted()).toEqual([...worthKeys].toSorted());
			for (const key of against) expect(ask).toContain(key);
			expect(speaksFor.filter((key) => ask.includes(key))).toEqual([]);
			expect(changedSince(said, said)).toEqual([]);
		})
	);
	expect(changedSince(all('yes'), [...all('yes').slice(1), { question: 'mission', answer: 'no', words: null }])).toEqual([
		'mission'
	]);
});

test.each<[string, number | null | 'refused']>([
	['2,5', 150],
	['2 h 30', 150],
	['0', 0],
	['', null],
	['-1', 'refused'],
	['1000000000', 'refused'],
	['beaucoup', 'refused'],
	['2 h 99', 'refused']
])('« %s » heures', (typed, minutes) => {
	const read = capacityForm.safeParse({ hours: typed });
	expect(read.success ? read.data.hours : 'refused').toBe(minutes);
});

test('a month is one of this century, has begun, and the cooperation was there', () => {
	const typed = (month: string) => monthForm.safeParse({ id: '019a0000-0000-7000-8000-000000000000', month, hours: '2' }).success;
	expect(typed('2026-11')).toBe(true);
	for (const month of ['20026-01', '2026-13', '2026-00', '', '2026-11-02', 'novembre']) expect(typed(month), month).toBe(false);
	const when = { begun: '2026-09-20', today: '2026-11-22' };
	expect(openMonths(when)).toEqual(['2026-11', '2026-10', '2026-09']);
	expect(() => notableMonth('2026-12', when)).toThrow('worth.month-to-come');
	expect(() => notableMonth('2026-08', when)).toThrow('worth.month-before');
	expect(notableMonth('2026-09', when)).toBeUndefined();
	expect(plusMonths('2026-01', -1)).toBe('2025-12');
	expect(monthSaid('2026-11')).toBe('novembre 2026');
});

test('the picture has a bar for each month, none above the frame, empty ones where nothing was noted', () => {
	expect(drawMonths([])).toBeNull();
	fc.assert(
		fc.property(fc.array(fc.record({ back: fc.nat(30), minutes: fc.nat(600_000) }), { minLength: 1, maxLength: 20 }), (given) => {
			const months = given.map(({ back, minutes }) => ({ month: plusMonths('2026-11', -back), minutes }));
			const { bars, base, width } = drawMonths(months)!;
			expect(bars.length).toBeLessThanOrEqual(12);
			for (const bar of bars) {
				expect(bar.y).toBeGreaterThanOrEqual(0);
				expect(bar.y + bar.height).toBe(base);
				expect(bar.x + bar.width).toBeLessThanOrEqual(width);
			}
		})
	);
	expect(
		drawMonths([
			{ month: '2026-11', minutes: 60 },
			{ month: '2026-08', minutes: 30 }
		])!.bars.map(({ minutes }) => minutes)
	).toEqual([30, 0, 0, 60]);
});

const one = (over: Partial<Engaged> = {}): Engaged => ({
	cooperationId: 'c',
	name: 'Avril',
	path: '/cooperations/avril',
	role: 'carrier',
	minutes: 120,
	late: 0,
	...over
});

test('too many at once: more hours than there are, or many cooperations with late tasks; else nothing is said', () => {
	expect(tooMany(null, [one(), one()])).toBeNull();
	expect(tooMany(240, [one(), one()])).toBeNull();
	expect(tooMany(239, [one(), one({ late: 2, name: 'Mai' })])).toMatchObject({ why: 'hours', promised: 240, has: 239, late: 2 });
	expect(tooMany(239, [one(), one({ late: 2, name: 'Mai' })])!.lighten[0]).toMatchObject({
		name: 'Mai',
		late: 2,
		role: 'carrier'
	});
	const full = Array.from({ length: many + 1 }, () => one({ minutes: null }));
	expect(tooMany(null, full)).toBeNull();
	expect(tooMany(null, [...full, one({ late: 1 })])).toMatchObject({ why: 'late', count: many + 2 });
	expect(tooMany(null, [one({ late: 9 })])).toBeNull();
	expect(tooMany(60, [one({ role: 'support', minutes: 90 })])!.lighten).toEqual([]);
});
