import fc from 'fast-check';
import { expect, test } from 'vitest';
import { opennesses, sharedAs, type Openness } from './rules.ts';

test.each<[Record<string, Openness>, Openness]>([
	[{}, 'no'],
	[{ a: 'with names' }, 'no'],
	[{ a: 'with names', b: 'with names' }, 'with names'],
	[{ a: 'with names', b: 'without names' }, 'without names'],
	[{ a: 'with names', b: 'no' }, 'no']
])('%j is shared « %s »', (answers, shared) => {
	expect(sharedAs(['a', 'b'], new Map(Object.entries(answers)))).toBe(shared);
});

test('nobody’s review is shared by nobody', () => expect(sharedAs([], new Map())).toBe('no'));

test('one who becomes less open never opens anything', () => {
	const openness = fc.constantFrom(...opennesses);
	fc.assert(
		fc.property(fc.array(openness, { minLength: 1, maxLength: 6 }), fc.nat(), openness, (given, at, other) => {
			const ids = given.map((_, i) => String(i));
			const before = new Map(ids.map((id, i) => [id, given[i]!]));
			const one = ids[at % ids.length]!;
			const after = new Map([...before, [one, other]]);
			const rank = (answers: Map<string, Openness>) => opennesses.indexOf(sharedAs(ids, answers));
			if (opennesses.indexOf(other) <= opennesses.indexOf(before.get(one)!))
				expect(rank(after)).toBeLessThanOrEqual(rank(before));
			expect(rank(after)).toBeLessThanOrEqual(opennesses.indexOf(other));
		})
	);
});
