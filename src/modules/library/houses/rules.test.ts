import { expect, test } from 'vitest';
import { questionsIn } from './rules.ts';

test('a grid is read as its questions, one a line, without what numbers them', () => {
	expect(
		questionsIn('Avant de prêter :\n- Qui répond du matériel ?\n2) Jusqu’à quand ?\n\n• Qui le transporte ?\n- Jusqu’à quand ?')
	).toEqual(['Qui répond du matériel ?', 'Jusqu’à quand ?', 'Qui le transporte ?']);
	expect(questionsIn('')).toEqual([]);
	expect(questionsIn(Array.from({ length: 90 }, (_, n) => `Question ${n} ?`).join('\n'))).toHaveLength(40);
	expect(questionsIn('x'.repeat(400))[0]).toHaveLength(300);
	expect(questionsIn('1999 est loin')).toEqual(['1999 est loin']);
});
