import { expect, test } from 'vitest';
import { asOne, without } from './rules.ts';

const at = (day: string) => ({ at: new Date(day), what: 'x', text: day, path: null, outcome: null });

test('several histories are told as one, latest first, up to a number', () => {
	const told = asOne([[at('2026-01-03'), at('2026-01-01')], [at('2026-01-02')]], 2);
	expect(told.map(({ text }) => text)).toEqual(['2026-01-03', '2026-01-02']);
});

test('a name leaves a note in full only', () => {
	for (const [text, after] of [
		['Voir Nadia Benali, après 18 h.', 'Voir quelqu’un, après 18 h.'],
		['nadia  benali a dit oui', 'quelqu’un a dit oui'],
		['Nadia Benaliman est une autre.', 'Nadia Benaliman est une autre.'],
		['Rien ici.', 'Rien ici.']
	])
		expect(without(text!, 'Nadia Benali', 'quelqu’un')).toBe(after);
	expect(without('a (b', '(b', 'x')).toBe('a x');
	expect(without('Rien', ' ', 'x')).toBe('Rien');
});
