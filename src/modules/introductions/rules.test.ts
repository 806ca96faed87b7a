import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerable, introducible, namedIn, outcomes, seenAnswer, standingOf, willing, type Introduced } from './rules.ts';

const answer = fc.constantFrom('yes' as const, 'not_now' as const, null);
const place = (given: Introduced['answer'], outcome: Introduced['outcome'] = null): Introduced => ({
	id: 'a',
	organisationId: 'o',
	answer: given,
	answeredAt: null,
	outcome,
	outcomeAt: null
});

test('two or three others, each once', () => {
	expect(introducible(['a', 'b', 'a'], 'z')).toEqual(['a', 'b']);
	expect(introducible(['a', 'b', 'c'], 'z')).toHaveLength(3);
	for (const chosen of [[], ['a'], ['a', 'a'], ['a', 'b', 'c', 'd']])
		expect(() => introducible(chosen, 'z')).toThrow('introductions.two-or-three');
	expect(() => introducible(['a', 'z'], 'z')).toThrow('introductions.not-oneself');
});

test('from what one sees, a refusal and a silence are the same', () => {
	fc.assert(
		fc.property(answer, (mine) => {
			expect(seenAnswer({ answer: mine }, { answer: 'not_now' })).toBe(seenAnswer({ answer: mine }, { answer: null }));
		})
	);
});

test('addresses go to those who said yes, from two on', () => {
	fc.assert(
		fc.property(fc.array(answer, { minLength: 2, maxLength: 3 }), (given) => {
			const places = given.map((one) => place(one));
			const told = willing(places);
			expect(told.every((one) => one.answer === 'yes')).toBe(true);
			expect(told.length).not.toBe(1);
			expect(told.length > 0).toBe(given.filter((one) => one === 'yes').length >= 2);
		})
	);
});

test('what was given cannot be taken back; before that one changes one’s mind', () => {
	expect(() => answerable(place('yes'), true, 'not_now')).toThrow('introductions.already-given');
	answerable(place('yes'), false, 'not_now');
	answerable(place('not_now'), true, 'yes');
});

test('where it stands', () => {
	expect(standingOf([place('yes'), place(null)])).toBe('waiting');
	expect(standingOf([place('yes'), place('not_now')])).toBe('refused');
	expect(standingOf([place('yes'), place('not_now'), place(null)])).toBe('waiting');
	expect(standingOf([place('yes'), place('yes'), place('not_now')])).toBe('given');
	for (const outcome of outcomes) expect(standingOf([place('yes', outcome), place('yes', 'nothing')])).toBe(outcome);
});

test('of three, one is in touch only with who said yes', () => {
	const others = [{ name: 'Fil et Lumière' }, { name: 'La Passerelle' }];
	expect(namedIn({ contacts: [], others })).toBe('Fil et Lumière et La Passerelle');
	expect(namedIn({ contacts: [others[0]!], others })).toBe('Fil et Lumière');
});
