import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bare, excerpt, isNear, meant, ranked, wordsOf, type Asked } from './text-search.server.ts';

const asking = (...typed: string[]): Asked => ({
	words: typed.map((one) => ({ typed: one, root: one, stands: [], near: [] }))
});

test.each([
	['', 'nothing'],
	['  « ! » ', 'nothing'],
	['%_\\', 'nothing'],
	['🎭', 'nothing'],
	['a', 'too short'],
	['l’', 'too short'],
	['les de la', 'too common'],
	['L’Été des enfants', ['ete', 'enfants']],
	['théâtre THÉÂTRE', ['theatre']],
	["'); drop table lines; --", ['drop', 'table', 'lines']],
	['sœur & père | !mère:*', ['soeur', 'pere', 'mere']]
])('%s is asked as %s', (question, words) => expect(wordsOf(question)).toEqual(words));

test('a question of any length has eight words at most', () => {
	expect(wordsOf('mot '.repeat(2500) + 'x'.repeat(10_000))).toEqual(['mot']);
	expect(wordsOf(Array.from({ length: 40 }, (_, i) => `mot${i}`).join(' '))).toHaveLength(8);
});

test.each([
	['atelier', 'ateleir', true],
	['atelier', 'atelie', true],
	['atelier', 'attelier', true],
	['atelier', 'ktelier', true],
	['atelier', 'altier', false],
	['jeu', 'jeux', false],
	['compagnie', 'conpanie', true],
	['compagnie', 'campagne', true],
	['compagnie', 'champagne', false]
])('%s and %s: near, %s', (one, other, near) => expect(isNear(one, other)).toBe(near));

test('near is mutual between words of one length, and nothing is near to itself', () => {
	const word = fc.stringMatching(/^[a-e]{8,12}$/);
	fc.assert(fc.property(word, word, (one, other) => one.length !== other.length || isNear(one, other) === isNear(other, one)));
	fc.assert(fc.property(word, (one) => !isNear(one, one)));
});

test('any one mistake of the fingers is near', () => {
	const slips = (word: string, at: number, letter: string) => [
		word.slice(0, at) + word.slice(at + 1),
		word.slice(0, at) + letter + word.slice(at),
		word.slice(0, at) + letter + word.slice(at + 1),
		word.slice(0, at) + (word[at + 1] ?? '') + word[at]! + word.slice(at + 2)
	];
	fc.assert(
		fc.property(fc.stringMatching(/^[a-z]{5,12}$/), fc.nat(4), fc.constantFrom(...'abcz'), (word, at, letter) =>
			slips(word, at, letter).every((slip) => slip === word || isNear(slip, word))
		)
	);
});

test('an excerpt says the same words, and marks those that answer', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 150 }), (text) => {
			expect(
				excerpt(asking('salle'), text)
					.map((piece) => piece.text)
					.join('')
			).toBe(text);
		})
	);
	const long = `${'Avant cela, rien. '.repeat(30)}<b>La SALLE</b> est libre. ${'Ensuite, rien non plus. '.repeat(30)}`;
	const pieces = excerpt(asking('salle'), long);
	expect(pieces.filter(({ marked }) => marked)).toEqual([{ text: 'SALLE', marked: true }]);
	expect(pieces.map(({ text }) => text).join('').length).toBeLessThan(260);
	expect(pieces[0]!.text).toMatch(/^… /);
});

test('a title that says it all comes first', () => {
	const things = [
		{ title: 'Radio Sorbier', text: 'Une radio de quartier.' },
		{ title: 'La fanfare', text: 'Joue à la radio.' },
		{ title: 'Radio', text: '' }
	];
	expect(ranked(asking('radio'), things).map(({ title }) => title)).toEqual(['Radio Sorbier', 'Radio', 'La fanfare']);
});

test('what was meant is said with the words that were found', () => {
	expect(meant(asking('conpagnie'), [{ title: 'La Compagnie', text: '' }])).toBe('Compagnie');
	expect(meant(asking('tretaux'), [{ title: 'Les TRÉTEAUX', text: 'les tréteaux' }])).toBe('tréteaux');
	expect(meant(asking('compagnie'), [{ title: 'La Compagnie', text: '' }])).toBeNull();
	expect(meant(asking('conpagnie'), [])).toBeNull();
	expect(bare('L’Œuvre')).toBe('l oeuvre');
});
