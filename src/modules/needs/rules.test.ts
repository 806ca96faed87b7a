import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plusDays } from '#platform/clock.ts';
import { datesToCome, dueOf, holdsFor, holdsUntil, patience, suits, ways, wholeOf } from './rules.ts';

const today = '2026-11-22';
const day = fc.integer({ min: -400, max: 400 }).map((days) => plusDays(today, days));
const maybeDay = fc.option(day);
const said = fc
	.record({ way: fc.option(fc.constantFrom(...ways)), startsOn: maybeDay, endsOn: maybeDay })
	.filter(({ startsOn, endsOn }) => startsOn === null || endsOn === null || startsOn <= endsOn);

describe('how long it holds', () => {
	test('a season once, a year when it lasts, never beyond its end', () => {
		expect(holdsUntil({ lasting: false, endsOn: null }, today)).toBe(plusDays(today, holdsFor.once));
		expect(holdsUntil({ lasting: true, endsOn: null }, today)).toBe(plusDays(today, holdsFor.lasting));
		expect(holdsUntil({ lasting: true, endsOn: '2026-12-01' }, today)).toBe('2026-12-01');
		expect(holdsUntil({ lasting: false, endsOn: '2027-12-01' }, today)).toBe(plusDays(today, holdsFor.once));
	});

	test('it is asked once, then closed softly; what is over is not asked about', () => {
		const until = plusDays(today, -1);
		expect(dueOf({ endsOn: null, holdsUntil: today, askedOn: null }, today)).toBe('nothing');
		expect(dueOf({ endsOn: null, holdsUntil: until, askedOn: null }, today)).toBe('ask');
		expect(dueOf({ endsOn: null, holdsUntil: until, askedOn: plusDays(today, -patience) }, today)).toBe('nothing');
		expect(dueOf({ endsOn: null, holdsUntil: until, askedOn: plusDays(today, -patience - 1) }, today)).toBe('silence');
		expect(dueOf({ endsOn: until, holdsUntil: until, askedOn: null }, today)).toBe('passed');
		expect(dueOf({ endsOn: today, holdsUntil: today, askedOn: null }, today)).toBe('nothing');
	});
});

test('dates are to come, and in order; one day alone is the whole of what happens once', () => {
	expect(() => datesToCome({ startsOn: '2026-11-21', endsOn: null }, today)).toThrow('needs.is-past');
	expect(() => datesToCome({ startsOn: '2026-11-01', endsOn: '2026-11-22' }, today)).not.toThrow();
	expect(() => datesToCome({ startsOn: '2026-12-02', endsOn: '2026-12-01' }, today)).toThrow('needs.ends-before');
	expect(wholeOf({ lasting: false, startsOn: today, endsOn: null })).toMatchObject({ endsOn: today });
	expect(wholeOf({ lasting: true, startsOn: today, endsOn: null })).toMatchObject({ endsOn: null });
});

describe('an offer suits', () => {
	test('the same thing at the same time, always; at no time in common, never', () => {
		fc.assert(
			fc.property(said, said, (need, offer) => {
				expect(suits(need, need)).toBe(true);
				if (need.endsOn && offer.startsOn && need.endsOn < offer.startsOn) expect(suits(need, offer)).toBe(false);
				if (offer.endsOn && need.startsOn && offer.endsOn < need.startsOn) expect(suits(need, offer)).toBe(false);
			})
		);
	});

	test('there longer, or in any way, it suits no less', () => {
		fc.assert(
			fc.property(said, said, (need, offer) => {
				const wider = { startsOn: null, endsOn: null, way: null };
				expect(Number(suits(need, wider))).toBeGreaterThanOrEqual(Number(suits(need, offer)));
			})
		);
	});

	test.each([
		[{ way: 'borrow' }, { way: 'rent' }, false],
		[{ way: 'rent' }, { way: 'borrow' }, true],
		[{ way: 'buy' }, { way: 'borrow' }, false],
		[{ way: null }, { way: 'buy' }, true],
		[{ startsOn: '2027-06-01', endsOn: '2027-06-01' }, { endsOn: '2027-05-31' }, false],
		[{ startsOn: '2027-06-01', endsOn: '2027-06-30' }, { startsOn: '2027-06-30' }, true],
		[{ startsOn: '2026-12-20', endsOn: '2027-01-05' }, { startsOn: '2027-01-02', endsOn: '2027-01-03' }, true],
		[{ startsOn: '2026-12-20', endsOn: '2027-01-05' }, { startsOn: '2026-01-02', endsOn: '2026-01-03' }, false]
	] as const)('%j, %j: %s', (need, offer, answer) => {
		const any = { way: null, startsOn: null, endsOn: null };
		expect(suits({ ...any, ...need }, { ...any, ...offer })).toBe(answer);
	});
});
