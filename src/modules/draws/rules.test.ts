import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf, draw, pairKey } from './rules.ts';

const named = (n: number) => Array.from({ length: n }, (_, i) => `s${String(i).padStart(3, '0')}`);
const seeds = fc.string({ minLength: 1, maxLength: 12 });

test('everybody presents one other, and is presented once: from two to three hundred', () => {
	fc.assert(
		fc.property(fc.oneof(fc.integer({ min: 2, max: 12 }), fc.constantFrom(50, 299, 300)), seeds, (n, seed) => {
			const { presents } = draw(named(n), new Set(), seed);
			expect(presents.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
			expect(presents.every((to, from) => to !== from)).toBe(true);
		}),
		{ numRuns: 120 }
	);
});

test('two present each other, which is said; from three on nobody does', () => {
	expect(draw(named(2), new Set(), 'x')).toMatchObject({ presents: [1, 0], mutual: 1, repeated: 0 });
	fc.assert(
		fc.property(fc.integer({ min: 3, max: 60 }), seeds, (n, seed) => {
			expect(draw(named(n), new Set(), seed)).toMatchObject({ mutual: 0, repeated: 0, exact: true });
		})
	);
});

test('the same list and seed give the same draw; another seed another one', () => {
	fc.assert(
		fc.property(fc.integer({ min: 2, max: 40 }), seeds, (n, seed) => {
			expect(draw(named(n), new Set(), seed)).toEqual(draw(named(n), new Set(), seed));
		})
	);
	const several = new Set(['a', 'b', 'c', 'd'].map((seed) => draw(named(30), new Set(), seed).presents.join()));
	expect(several.size).toBe(4);
	expect(digestOf('a')).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
});

/** The fewest faults that any draw of this list has, by looking at them all. */
function fewestFaults(list: string[], earlier: ReadonlySet<string>): number {
	let least = Infinity;
	const presents: number[] = [];
	const place = (from: number): void => {
		if (from === list.length) {
			const mutual = presents.filter((to, i) => i < to && presents[to] === i).length;
			const repeated = presents.filter((to, i) => earlier.has(pairKey(list[i]!, list[to]!))).length;
			least = Math.min(least, mutual + repeated);
			return;
		}
		for (let to = 0; to < list.length; to++) {
			if (to === from || presents.slice(0, from).includes(to)) continue;
			presents[from] = to;
			place(from + 1);
		}
	};
	place(0);
	return least;
}

test('pairs of earlier events and mutual pairs are avoided whenever they can be, and else are as few as can be', () => {
	fc.assert(
		fc.property(
			fc
				.integer({ min: 2, max: 7 })
				.chain((n) =>
					fc.tuple(
						fc.constant(n),
						fc.array(fc.tuple(fc.integer({ min: 0, max: n - 1 }), fc.integer({ min: 0, max: n - 1 })), { maxLength: 14 })
					)
				),
			seeds,
			([n, met], seed) => {
				const list = named(n);
				const earlier = new Set(met.filter(([a, b]) => a !== b).map(([a, b]) => pairKey(list[a]!, list[b]!)));
				const { mutual, repeated } = draw(list, earlier, seed);
				expect(mutual + repeated).toBe(fewestFaults(list, earlier));
			}
		),
		{ numRuns: 60 }
	);
});

test('one event after the other, a whole network meets anew', () => {
	for (const n of [9, 12, 30, 100, 300]) {
		const list = named(n);
		const earlier = new Set<string>();
		for (let event = 0; event < 3; event++) {
			const drawn = draw(list, earlier, `${n} ${event}`);
			expect(drawn, `${n}, event ${event}`).toMatchObject({ mutual: 0, repeated: 0 });
			drawn.presents.forEach((to, from) => earlier.add(pairKey(list[from]!, list[to]!)));
		}
	}
});

test('when all have met all, it is drawn all the same, and said', () => {
	const list = named(9);
	const earlier = new Set(list.flatMap((a) => list.filter((b) => b !== a).map((b) => pairKey(a, b))));
	expect(draw(list, earlier, 'x')).toMatchObject({ mutual: 0, repeated: 9, exact: false });
});

test('each other one is as likely: of four and of five, over many seeds', () => {
	for (const n of [4, 5]) {
		const seen = Array.from({ length: n }, () => Array.from({ length: n }, () => 0));
		const times = 4000;
		for (let i = 0; i < times; i++) draw(named(n), new Set(), `seed ${i}`).presents.forEach((to, from) => seen[from]![to]!++);
		const fair = times / (n - 1);
		for (let from = 0; from < n; from++)
			for (let to = 0; to < n; to++)
				if (from === to) expect(seen[from]![to]).toBe(0);
				else expect(Math.abs(seen[from]![to]! - fair) / fair, `${from} → ${to}`).toBeLessThan(0.1);
	}
});

test('each best draw of four is as likely as any other', () => {
	const seen = new Map<string, number>();
	const times = 6000;
	for (let i = 0; i < times; i++) {
		const key = draw(named(4), new Set(), `s${i}`).presents.join();
		seen.set(key, (seen.get(key) ?? 0) + 1);
	}
	// Of the nine draws of four in which nobody presents itself, six have no mutual pair.
	expect(seen.size).toBe(6);
	for (const count of seen.values()) expect(Math.abs(count - times / 6) / (times / 6)).toBeLessThan(0.12);
});

/** Every draw of a list in which nobody presents itself, no two present each other, and no pair of before comes back. */
function faultless(n: number, met: ReadonlySet<string>, list = named(n)): string[] {
	const found: string[] = [];
	const place = (presents: number[]): void => {
		const from = presents.length;
		if (from === n) return void found.push(presents.join());
		for (let to = 0; to < n; to++)
			if (to !== from && !presents.includes(to) && presents[to] !== from && !met.has(pairKey(list[from]!, list[to]!)))
				place([...presents, to]);
	};
	place([]);
	return found;
}
/** How far counts are from an even share: Pearson's chi-squared, and what it passes once in a thousand (Wilson and Hilferty). */
const uneven = (counts: number[], shares = counts.map(() => 1 / counts.length)) => {
	const total = counts.reduce((sum, count) => sum + count, 0);
	return counts.reduce((sum, count, i) => sum + (count - total * shares[i]!) ** 2 / (total * shares[i]!), 0);
};
const oncePerThousand = (k: number) => (k - 1) * (1 - 2 / (9 * (k - 1)) + 3.09 * Math.sqrt(2 / (9 * (k - 1)))) ** 3;

test('each faultless draw is as likely as any other, with pairs of before or without', () => {
	const before = (pairs: [number, number][], n: number) => new Set(pairs.map(([a, b]) => pairKey(named(n)[a]!, named(n)[b]!)));
	for (const [n, met] of [
		[5, new Set<string>()],
		[
			6,
			before(
				[
					[0, 1],
					[2, 3]
				],
				6
			)
		],
		[
			7,
			before(
				[
					[0, 1],
					[1, 2],
					[3, 4],
					[4, 5],
					[5, 6],
					[0, 6],
					[2, 5]
				],
				7
			)
		]
	] as [number, Set<string>][]) {
		const allowed = faultless(n, met);
		const counts = new Map(allowed.map((one) => [one, 0]));
		for (let i = 0; i < allowed.length * 40; i++) {
			const drawn = draw(named(n), met, `${n} even ${i}`);
			expect(drawn.exact).toBe(true);
			const key = drawn.presents.join();
			counts.set(key, counts.get(key)! + 1);
		}
		expect(counts.size, 'nothing else is ever drawn').toBe(allowed.length);
		expect(uneven([...counts.values()]), `${n}, ${allowed.length} draws`).toBeLessThan(oncePerThousand(allowed.length));
	}
});

test('above seven too: rings of eight, of five and three, of four and four come as often as there are of each', () => {
	const kinds = { '8': 5040, '3 5': 2688, '4 4': 1260 };
	const counts = { '8': 0, '3 5': 0, '4 4': 0 };
	for (let i = 0; i < 6000; i++) {
		const { presents } = draw(named(8), new Set(), `rings ${i}`);
		const rings: number[] = [];
		const seen = new Set<number>();
		for (let from = 0; from < 8; from++) {
			let length = 0;
			for (let at = from; !seen.has(at); at = presents[at]!) length += Number(Boolean(seen.add(at)));
			if (length) rings.push(length);
		}
		counts[rings.toSorted((a, b) => a - b).join(' ') as keyof typeof counts]++;
	}
	const all = Object.values(kinds).reduce((sum, count) => sum + count, 0);
	expect(
		uneven(
			Object.values(counts),
			Object.values(kinds).map((count) => count / all)
		)
	).toBeLessThan(oncePerThousand(3));
});

test('one alone, or too many, is refused in words', () => {
	expect(() => draw(named(1), new Set(), 'x')).toThrow('draws.too-few');
	expect(() => draw(named(301), new Set(), 'x')).toThrow('draws.too-many');
});
