import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plusDays } from '#platform/clock.ts';
import { ideasAt, ideasIn } from './forms.ts';
import { dueOf, firstName, holdsUntil, kinds, patience, season, states, stateOf, stillOpen, topicOf } from './rules.ts';

const today = '2026-11-22';

test('an idea is asked about once after a season, then sleeps; an answer in between keeps it awake', () => {
	expect(holdsUntil(today)).toBe(plusDays(today, season));
	expect(dueOf({ holdsUntil: today, askedOn: null }, today)).toBe('nothing');
	const over = plusDays(today, -1);
	expect(dueOf({ holdsUntil: over, askedOn: null }, today)).toBe('ask');
	expect(dueOf({ holdsUntil: over, askedOn: plusDays(today, -patience) }, today)).toBe('nothing');
	expect(dueOf({ holdsUntil: over, askedOn: plusDays(today, -patience - 1) }, today)).toBe('sleep');
});

test('what became a cooperation, or is hidden, is not joined; what sleeps is', () => {
	const [at, none] = [new Date(), null];
	expect(stateOf({ asleepAt: at, becameAt: at })).toBe('became');
	expect(stateOf({ asleepAt: at, becameAt: none })).toBe('asleep');
	expect(stateOf({ asleepAt: none, becameAt: none })).toBe('open');
	expect(() => stillOpen({ becameAt: at, hiddenAt: none })).toThrow('ideas.has-become');
	expect(() => stillOpen({ becameAt: none, hiddenAt: at })).toThrow('ideas.is-hidden');
	expect(() => stillOpen({ becameAt: none, hiddenAt: none })).not.toThrow();
});

test('a first name is all that is shown; every kind of need has its place among the lines', () => {
	expect(firstName('  Nadia Benali ')).toBe('Nadia');
	expect(firstName('')).toBe('');
	expect(Object.keys(topicOf).toSorted()).toEqual([...kinds].toSorted());
});

test('an address says the same when it is read again; what is wrong there is left out', () => {
	fc.assert(
		fc.property(
			fc.record({
				words: fc.constantFrom('', 'bal', 'été & hiver'),
				place: fc.option(fc.constantFrom('Paris 20e', 'L’Haÿ')),
				km: fc.option(fc.constantFrom(5 as const, 60 as const)),
				theme: fc.option(fc.constantFrom('musique')),
				state: fc.option(fc.constantFrom(...states)),
				after: fc.constant(null)
			}),
			(asked) => {
				expect(ideasIn(new URL(ideasAt(asked), 'http://x'))).toEqual(asked);
			}
		)
	);
	expect(ideasIn(new URL('http://x/idees?rayon=7&etat=zut&apres=%27;--'))).toMatchObject({ km: null, state: null, after: null });
});
