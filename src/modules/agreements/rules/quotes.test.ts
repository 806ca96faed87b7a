import { expect, test } from 'vitest';
import type { Content } from './compile.ts';
import { quoting } from './quotes.ts';

const content: Content = {
	format: 1,
	name: 'Avril',
	place: null,
	parties: [],
	annexes: [],
	articles: [
		{ key: 'a', title: 'Préambule', blocks: [{ is: 'text', text: 'Les partenaires disent oui.' }] },
		{ key: 'b', title: 'Objectifs', blocks: [{ is: 'list', intro: '', items: ['60 enfants jouent ensemble (60 personnes).'] }] },
		{
			key: 'c',
			title: 'Argent',
			blocks: [{ is: 'table', intro: '', table: 'budget', header: [], rows: [['A', 'Oui']], totals: [], right: [] }]
		}
	]
};

test.each([
	['60 enfants jouent ensemble.', ['b']],
	['60 enfants  jouent\nensemble', ['b']],
	['Oui.', ['c']],
	['40 enfants jouent ensemble.', []],
	['  ', []]
])('« %s » is quoted in %j', (wording, keys) => {
	expect(quoting(content, [wording]).map(({ key }) => key)).toEqual(keys);
});

test('any wording that a line ever had counts', () => {
	expect(quoting(content, ['Autre chose de nouveau.', '60 enfants jouent ensemble.'])[0]).toEqual({
		key: 'b',
		n: 2,
		title: 'Objectifs'
	});
});
