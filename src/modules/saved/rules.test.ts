import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf, narrowed } from './rules.ts';

test.each([
	['/structures?q=danse&page=3', '/structures', 'q=danse'],
	['/structures?theme=Chant%20choral&genre=association&q=', '/structures', 'genre=association&theme=Chant+choral'],
	['/chercher?q=%C3%A9t%C3%A9#x', '/chercher', 'q=%C3%A9t%C3%A9'],
	['/cooperations/avril-enchante-k7p3mxq/journal?genre=lines', '/cooperations/k7p3mxq/journal', 'genre=lines'],
	['/cooperations/autre-nom-k7p3mxq/seances?etat=held&suite=//x', '/cooperations/k7p3mxq/seances', 'etat=held'],
	['/structures', '/structures', '']
])('%s is a list that one can keep', (address, place, query) => {
	expect(narrowed(address)).toMatchObject({ place, query });
});

test.each([
	'',
	'structures?q=a',
	'//example.org/structures?q=a',
	'/\\example.org/structures?q=a',
	'https://example.org/structures?q=a',
	'javascript:alert(1)',
	'/structures/../administration?q=a',
	'/compte',
	'/cooperations/%2e%2e/journal?genre=lines',
	'/cooperations/a b/journal',
	`/structures?q=${'x'.repeat(3000)}`
])('%j is not', (address) => {
	expect(narrowed(address)).toBeNull();
});

test('whatever is typed, what is kept is an address of ours, and reads the same again', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('/structures', '/chercher', '/cooperations/x-k7p3mxq/journal'),
			fc.array(fc.tuple(fc.constantFrom('q', 'genre', 'theme', 'du', 'suite'), fc.string({ unit: 'binary' })), { maxLength: 6 }),
			(path, said) => {
				const kept = narrowed(
					`${path}?${said.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')}`
				);
				if (!kept) return;
				expect(addressOf(kept)).toMatch(/^\/(structures|chercher|cooperations\/k7p3mxq\/journal)\?[\w%.*+=&-]*$/);
				expect(narrowed(addressOf(kept))).toEqual(kept);
			}
		)
	);
});
