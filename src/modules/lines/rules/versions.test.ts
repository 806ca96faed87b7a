import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesBetween } from './versions.ts';

test('a changed word is seen, the others stay', () => {
	expect(changesBetween('Réunir 40 enfants sur scène.', 'Réunir 60 enfants sur scène.')).toEqual([
		{ text: 'Réunir ', is: 'same' },
		{ text: '40', is: 'old' },
		{ text: '60', is: 'new' },
		{ text: ' enfants sur scène.', is: 'same' }
	]);
});

test('both texts can be read again from what changed', () => {
	const texts = fc
		.array(fc.constantFrom('la', 'salle', 'est', 'libre', 'mercredi', '18 h', 'é', '\n', '.'))
		.map((words) => words.join(' '));
	fc.assert(
		fc.property(texts, texts, (before, after) => {
			const changes = changesBetween(before, after);
			const read = (other: string) =>
				changes
					.filter(({ is }) => is !== other)
					.map(({ text }) => text)
					.join('');
			expect(read('new')).toBe(before);
			expect(read('old')).toBe(after);
		})
	);
});
