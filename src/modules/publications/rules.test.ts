import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairOrder, inOrder, missing, paragraphs } from './rules.ts';
import { balanceOf, standsOut, timesNamed } from './rules/balance.ts';
import { atom, escapeXml, jsonInPage } from './rules/markup.ts';

const partners = ['Chœur', 'Atelier', 'Écho', 'Danse'].map((name) => ({ organisationId: name, name }));

test('over as many pages as there are partners, each has been first once', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 }), (names) => {
			const all = names.map((name) => ({ organisationId: name, name }));
			const firsts = new Map<string, number>();
			for (let n = 0; n < all.length; n++) {
				const order = fairOrder(all, firsts);
				expect(order.toSorted()).toEqual(names.toSorted());
				firsts.set(order[0]!, (firsts.get(order[0]!) ?? 0) + 1);
			}
			expect([...firsts.values()]).toEqual(all.map(() => 1));
		})
	);
});

test('the first order is that of the alphabet as French reads it', () => {
	expect(fairOrder(partners, new Map())).toEqual(['Atelier', 'Chœur', 'Danse', 'Écho']);
	expect(fairOrder(partners, new Map([['Atelier', 1]]))).toEqual(['Chœur', 'Danse', 'Écho', 'Atelier']);
	expect(fairOrder([], new Map())).toEqual([]);
});

test('whoever came since stands last', () => {
	expect(inOrder(partners, ['Écho', 'Danse']).map(({ name }) => name)).toEqual(['Écho', 'Danse', 'Atelier', 'Chœur']);
});

test('only those who carry the cooperation must say yes', () => {
	const accepted = [
		{ organisationId: 'a', role: 'lead' as const },
		{ organisationId: 'b', role: 'associate' as const },
		{ organisationId: 'c', role: 'funder' as const }
	];
	expect(missing(accepted, ['a']).map(({ organisationId }) => organisationId)).toEqual(['b']);
	expect(missing(accepted, ['a', 'b'])).toEqual([]);
});

test.each([
	['La Passerelle prête sa salle. LA PASSERELLE !', 'La Passerelle', 2],
	["l’atelier du soleil et L'Atelier du Soleil", 'L’Atelier du Soleil', 2],
	['Choeur Choeur', 'Choeur', 2],
	['Les passerelles', 'La Passerelle', 0],
	['', 'La Passerelle', 0],
	['Tout', '…', 0]
])('« %s » names « %s » %i times', (text, name, times) => {
	expect(timesNamed(text, name)).toBe(times);
});

const seen = (name: string, more: object = {}) => ({
	organisationId: name,
	name,
	listed: true,
	written: 0,
	lines: 0,
	first: 0,
	firstParty: 0,
	...more
});

test('the balance says who is named nowhere, who is only listed, who is far ahead', () => {
	const rows = balanceOf([
		seen('Atelier', { written: 5, first: 1 }),
		seen('Passerelle', { listed: false }),
		seen('Chœur'),
		seen('Danse', { written: 1 })
	]);
	expect(standsOut(rows)).toEqual({ nowhere: ['Passerelle'], onlyListed: ['Chœur'], ahead: 'Atelier' });
	expect(rows.map(({ share }) => share)).toEqual([1, 0, 1 / 7, 2 / 7]);
});

test('when all are seen alike, nothing stands out', () => {
	expect(standsOut(balanceOf([seen('A'), seen('B')]))).toEqual({ nowhere: [], onlyListed: [], ahead: null });
	expect(standsOut(balanceOf([]))).toEqual({ nowhere: [], onlyListed: [], ahead: null });
});

test('no text closes the element that holds the data, and the data comes back whole', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.constant('</script><script>alert(1)</script><!--')), (text) => {
			const written = jsonInPage({ text });
			expect(written).not.toContain('<');
			expect(JSON.parse(written)).toEqual({ text });
		})
	);
});

test('a feed holds no markup of anybody', () => {
	const feed = atom({
		title: 'A & B',
		self: 'http://x/f',
		page: 'http://x',
		updated: new Date(0),
		entries: [
			{
				id: '1',
				title: '<b>"',
				address: 'http://x/?a=1&b=2',
				updated: new Date(0),
				summary: ']]>\u0001\ufffe\ud800',
				authors: ['<A>']
			}
		]
	});
	for (const part of ['<b>', '<A>', '&b=', ']]>', '\u0001', '\ufffe', '\ud800']) expect(feed).not.toContain(part);
	expect(feed).toContain('<title>A &amp; B</title>');
	expect(escapeXml('é « » 👍')).toBe('é « » 👍');
});

test('an empty line parts two paragraphs', () => {
	expect(paragraphs('Un.\nEncore.\n\n \n\nDeux.\n')).toEqual(['Un.\nEncore.', 'Deux.']);
	expect(paragraphs('')).toEqual([]);
});
