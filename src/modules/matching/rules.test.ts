import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kinds, sides, ways } from '#modules/needs/rules.ts';
import {
	answers,
	nearness,
	rank,
	suggest,
	turnOf,
	wantedAs,
	weigh,
	type Asking,
	type Candidate,
	type Said,
	type Wanted
} from './rules.ts';
import { assemble, type Bringing } from './rules/assemblies.ts';
import { assemblyAtLeast, assemblyAtMost } from './rules/weights.ts';
import { inCommon } from './rules/words.ts';

const sentence = fc.constantFrom(
	'Quarante chaises',
	'Des chaises pliantes',
	'Tailler des arbres',
	'Une salle haute',
	'Chanter',
	'Une sono'
);
const word = fc.constantFrom('enfants', 'aînés', 'jardin', 'théâtre', 'musique');
const some = fc.uniqueArray(word, { maxLength: 3 });
const said: fc.Arbitrary<Said> = fc.record({
	text: sentence,
	kind: fc.constantFrom(...kinds),
	way: fc.option(fc.constantFrom(...ways)),
	startsOn: fc.option(fc.constantFrom('2026-12-20', '2027-01-02')),
	endsOn: fc.option(fc.constantFrom('2027-01-02', '2027-06-30')),
	quantity: fc.option(fc.constantFrom('10', '40')),
	unit: fc.constant('chaises')
});
const wanted: fc.Arbitrary<Wanted> = said.map(({ kind, ...rest }) => ({ ...rest, kinds: [kind] }));
const speaking = { audiences: some, themes: some, purpose: sentence, channels: fc.subarray(['email', 'phone', 'visit']) };
const asking: fc.Arbitrary<Asking> = fc.record({
	...speaking,
	side: fc.constantFrom(...sides),
	wanted: fc.array(wanted, { maxLength: 4 }),
	gives: fc.array(said, { maxLength: 3 })
});
const km = fc.option(fc.integer({ min: 0, max: 900 }).map((tenths) => tenths / 10));
const candidate: fc.Arbitrary<Candidate> = fc.record({
	...speaking,
	id: fc.uuid(),
	km,
	offers: fc.array(
		fc.tuple(said, fc.option(km, { nil: undefined })).map(([one, away]) => ({ ...one, km: away })),
		{ maxLength: 4 }
	),
	needs: fc.array(said, { maxLength: 3 }),
	constraints: fc.option(fc.constant('Fermé en août')),
	together: fc.subarray(['Avril enchanté']),
	through: fc.subarray(['Radio Sorbier'])
});
/** What it has is where it is itself. */
const there = candidate.map((one) => ({ ...one, offers: one.offers.map(({ km: _km, ...offer }) => offer) }));
const none = { turn: 0, refused: new Set<string>() };

describe('the laws of suggestions', () => {
	test('all else equal, the nearer never ranks lower', () => {
		fc.assert(
			fc.property(asking, there, fc.array(candidate, { maxLength: 6 }), km, fc.nat(), (who, one, others, other, turn) => {
				const [a, b] = [
					{ ...one, id: 'a' },
					{ ...one, id: 'b', km: other }
				];
				const order = suggest(who, [...others, a, b], { ...none, turn }).map(({ id }) => id);
				if (!order.includes('a')) {
					expect(order).not.toContain('b');
					return;
				}
				const [near, away] = (a.km ?? Infinity) < (b.km ?? Infinity) ? ['a', 'b'] : ['b', 'a'];
				if (a.km !== b.km) expect(order.indexOf(near)).toBeLessThan(order.indexOf(away));
			})
		);
		// nor who has the same thing nearer
		fc.assert(
			fc.property(asking, candidate, said, km, km, (who, one, offer, a, b) => {
				const [near, away] = [a, b].toSorted((x, y) => (x ?? Infinity) - (y ?? Infinity));
				const at = (where: number | null) =>
					weigh(who, { ...one, offers: [...one.offers, { ...offer, km: where }] })?.score ?? -1;
				expect(at(near!)).toBeGreaterThanOrEqual(at(away!));
			})
		);
		fc.assert(
			fc.property(fc.double({ min: 0, max: 200, noNaN: true }), (at) => {
				expect(nearness(at)).toBeGreaterThanOrEqual(nearness(at + 1));
			})
		);
	});

	test('an unrelated offer changes nothing, whoever makes it', () => {
		fc.assert(
			fc.property(asking, fc.array(candidate, { minLength: 1, maxLength: 6 }), said, fc.nat(), (who, all, offer, turn) => {
				if (who.wanted.some((one) => answers(one, offer, who.side) !== 'no')) return;
				const [first, ...rest] = all;
				const more = [{ ...first!, offers: [...first!.offers, offer] }, ...rest];
				expect(suggest(who, more, { ...none, turn })).toEqual(suggest(who, all, { ...none, turn }));
			})
		);
	});

	test('bringing more never ranks lower', () => {
		fc.assert(
			fc.property(asking, candidate, said, (who, one, offer) => {
				const before = weigh(who, one)?.score ?? -1;
				expect(weigh(who, { ...one, offers: [...one.offers, offer] })?.score ?? -1).toBeGreaterThanOrEqual(before);
			})
		);
	});

	test('chairs asked for after a tent: who lends chairs brings them, and is not « à vérifier » for the tent', () => {
		fc.assert(
			fc.property(asking, candidate, fc.boolean(), (who, one, tentFirst) => {
				const tent = wantedAs('Deux barnums', ['equipment']);
				const chairs = wantedAs('Quarante chaises', ['equipment']);
				const lent: Said = { ...chairs, text: 'Des chaises pliantes', kind: 'equipment' };
				const { reasons } = weigh(
					{ ...who, side: 'need', wanted: tentFirst ? [tent, chairs] : [chairs, tent] },
					{ ...one, offers: [lent] }
				)!;
				expect(reasons).toContainEqual({ is: 'brings', text: lent.text });
				expect(reasons.map(({ is }) => is)).not.toContain('may-bring');
			})
		);
	});

	test('all else equal, who brings it by its words comes before who may, wherever it is that nearness counts', () => {
		fc.assert(
			fc.property(asking, candidate, wanted, km, (who, one, wish, other) => {
				const [sure, unsure] = [wish, { ...wish, text: 'Un trampoline' }].map(({ kinds: [kind], ...rest }) => ({
					...rest,
					kind: kind!
				}));
				const order = suggest(
					{ ...who, wanted: [{ ...wish, startsOn: null, endsOn: null }] },
					[
						{ ...one, id: 'may', offers: [unsure!], km: 0 },
						{ ...one, id: 'brings', offers: [sure!], km: other }
					],
					none
				).map(({ id }) => id);
				expect(order).toEqual(['brings', 'may']);
			})
		);
	});

	test('of several offers, the one without reservation is told: enough, all the time, lent', () => {
		fc.assert(
			fc.property(asking, candidate, wanted, (who, one, wish) => {
				const { kinds: _, ...rest } = wish;
				const whole: Said = {
					...rest,
					text: `${wish.text} et bien d’autres choses encore`,
					kind: wish.kinds[0]!,
					way: wish.way ?? 'borrow'
				};
				const { reservations, reasons } = weigh(
					{ ...who, side: 'need', wanted: [wish] },
					{ ...one, offers: [...one.offers, whole] }
				)!;
				for (const is of ['fewer', 'partly', 'rather']) expect(reservations.map((said) => said.is)).not.toContain(is);
				if (wish.startsOn || wish.endsOn) expect(reasons).toContainEqual({ is: 'available' });
			})
		);
	});

	test.each([
		['an offer of ten for who needs forty', { quantity: '10' }, { quantity: '40' }, ['fewer']],
		['an offer of forty for who needs ten', { quantity: '40' }, { quantity: '10' }, []],
		['what is lent, for who would rent', { way: 'borrow' as const }, { way: 'rent' as const }, []],
		[
			'what is lent for the holidays, for who needs it from then on',
			{ startsOn: '2026-12-20', endsOn: '2027-01-05' },
			{ startsOn: '2027-01-02' },
			['partly']
		],
		[
			'what is there all winter, for who needs it in January',
			{ startsOn: '2026-12-01', endsOn: '2027-02-28' },
			{ startsOn: '2027-01-02', endsOn: '2027-01-03' },
			[]
		]
	])('%s, whoever of the two asks', (_, offered, needed, reserved) => {
		const chairs: Said = { ...wantedAs('Des chaises', ['equipment']), kind: 'equipment' };
		const [offer, need] = [
			{ ...chairs, ...offered },
			{ ...chairs, ...needed }
		];
		const nobody = { audiences: [], themes: [], purpose: '', channels: [] };
		const other = { ...nobody, id: 'other', km: 3, needs: [], constraints: null, together: [], through: [] };
		for (const [side, mine, theirs, reason] of [
			['need', need, offer, 'brings'],
			['offer', offer, need, 'wants']
		] as const) {
			const who: Asking = { ...nobody, side, gives: [], wanted: [{ ...mine, kinds: [mine.kind] }] };
			const found = weigh(who, { ...other, offers: [theirs] })!;
			expect(found.reasons.map(({ is }) => is)).toContain(reason);
			expect(found.reservations.map(({ is }) => is)).toEqual(reserved);
		}
	});

	test('what is let is no answer for who would borrow, whoever of the two asks', () => {
		const bike: Said = { ...wantedAs('Un vélo', ['equipment']), kind: 'equipment' };
		const [let_, borrowed] = [
			{ ...bike, way: 'rent' as const },
			{ ...bike, way: 'borrow' as const }
		];
		expect(answers({ ...borrowed, kinds: ['equipment'] }, let_, 'need')).toBe('no');
		expect(answers({ ...let_, kinds: ['equipment'] }, borrowed, 'offer')).toBe('no');
		expect(answers({ ...borrowed, kinds: ['equipment'] }, let_, 'offer')).toBe('words');
	});

	test('equals take turns: over as many weeks as they are, each is first once, second once…', () => {
		fc.assert(
			fc.property(asking, candidate, fc.integer({ min: 2, max: 12 }), fc.string(), (who, one, count, asker) => {
				const all = Array.from({ length: count }, (_, n) => ({ ...one, id: `o${n}` }));
				if (!weigh(who, one)) return;
				const weeks = Array.from({ length: count }, (_, n) => new Date(Date.UTC(2026, 10, 22) + n * 7 * 86_400_000));
				for (let place = 0; place < count; place++) {
					const there = weeks.map((week) => suggest(who, all, { ...none, turn: turnOf(asker, week) })[place]!.id);
					expect(new Set(there).size).toBe(count);
				}
			})
		);
	});

	test('however many equals, a season shows each of them on the first page, about as often', () => {
		const page = 12;
		fc.assert(
			fc.property(
				asking,
				candidate,
				fc.integer({ min: 2, max: 143 }),
				fc.string(),
				fc.nat(500),
				(who, one, count, asker, from) => {
					if (!weigh(who, one)) return;
					const all = Array.from({ length: count }, (_, n) => ({ ...one, id: `o${n}` }));
					const seen = new Map(all.map(({ id }) => [id, 0]));
					for (let week = from; week < from + 13; week++) {
						const turn = turnOf(asker, new Date(Date.UTC(2026, 10, 22) + week * 7 * 86_400_000));
						for (const { id } of suggest(who, all, { ...none, turn }).slice(0, page)) seen.set(id, seen.get(id)! + 1);
					}
					expect(Math.min(...seen.values())).toBeGreaterThan(0);
					expect(Math.max(...seen.values()) - Math.min(...seen.values())).toBeLessThanOrEqual(3);
				}
			)
		);
	});

	test('who refuses to be suggested never is; the others stand as if it were not there', () => {
		fc.assert(
			fc.property(asking, fc.uniqueArray(candidate, { selector: ({ id }) => id, minLength: 1, maxLength: 6 }), (who, all) => {
				const [first, ...rest] = all;
				expect(suggest(who, all, { turn: 3, refused: new Set([first!.id]) })).toEqual(
					suggest(who, rest, { turn: 3, refused: new Set() })
				);
			})
		);
	});

	test('each has at least one reason; the order does not depend on that in which they come', () => {
		fc.assert(
			fc.property(asking, fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 8 }), fc.nat(), (who, all, turn) => {
				const order = suggest(who, all, { ...none, turn });
				for (const one of order) expect(one.reasons.some(({ is }) => is !== 'near' && is !== 'channels')).toBe(true);
				expect(suggest(who, all.toReversed(), { ...none, turn })).toEqual(order);
				expect(
					rank(order, turn)
						.map(({ id }) => id)
						.toSorted()
				).toEqual(order.map(({ id }) => id).toSorted());
			})
		);
	});
});

const bringing = (needs: number, atLeast = 1): fc.Arbitrary<Bringing[]> =>
	fc.uniqueArray(
		fc.record({
			id: fc.integer({ min: 1, max: 99 }).map((n) => `o${n}`),
			km: fc.integer({ min: 0, max: 40 }),
			score: fc.constant(1),
			covers: fc.subarray(
				Array.from({ length: needs }, (_, n) => n),
				{ minLength: atLeast }
			)
		}),
		{ selector: ({ id }) => id, maxLength: 7 }
	);

describe('sets that bring it all', () => {
	test('each brings all that can be, nobody is superfluous, none smaller would do', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 5 }).chain((needs) => fc.tuple(fc.constant(needs), bringing(needs))),
				([needs, around]) => {
					const all = Array.from({ length: needs }, (_, n) => n);
					const can = all.filter((need) => around.some(({ covers }) => covers.includes(need)));
					const sets = assemble(needs, around);
					if (!can.length) {
						expect(sets).toEqual([]);
						return;
					}
					expect(sets.length).toBeGreaterThan(0);
					const of = (ids: readonly string[]) => around.filter(({ id }) => ids.includes(id));
					const brings = (those: readonly Bringing[]) => can.every((need) => those.some(({ covers }) => covers.includes(need)));
					let smallest = Infinity;
					for (let mask = 1; mask < 2 ** around.length; mask++) {
						const those = around.filter((_, n) => mask & (2 ** n));
						if (brings(those)) smallest = Math.min(smallest, those.length);
					}
					expect(sets[0]!.ids).toHaveLength(smallest);
					for (const { ids, missing } of sets) {
						expect(ids.length).toBeLessThanOrEqual(assemblyAtMost);
						expect(brings(of(ids))).toBe(true);
						for (const id of ids) expect(brings(of(ids.filter((one) => one !== id)))).toBe(false);
						expect(missing).toEqual(all.filter((need) => !can.includes(need)));
					}
				}
			)
		);
	});

	test('of three to five whenever three are around: the fewest, then the nearest; only who is there for the number adds nothing', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 5 }).chain((needs) => fc.tuple(fc.constant(needs), bringing(needs, 0))),
				([needs, around]) => {
					const all = Array.from({ length: needs }, (_, n) => n);
					const can = all.filter((need) => around.some(({ covers }) => covers.includes(need)));
					const of = (ids: readonly string[]) => around.filter(({ id }) => ids.includes(id));
					const brings = (those: readonly Bringing[]) => can.every((need) => those.some(({ covers }) => covers.includes(need)));
					const lean = (those: readonly Bringing[]) =>
						brings(those) && those.every((one) => !brings(those.filter((other) => other !== one)));
					const needed = Array.from({ length: 2 ** around.length }, (_, mask) => around.filter((_, n) => mask & (2 ** n)));
					const possible = needed
						.filter((those) => lean(those) && those.length <= assemblyAtMost)
						.map((those) => {
							const free = around.filter((one) => !those.includes(one));
							const unlike = free.filter(({ covers }) => !covers.length);
							return [
								...those,
								...[...unlike, ...free.filter(({ covers }) => covers.length)].slice(0, Math.max(0, 3 - those.length))
							];
						})
						.map((those) => ({ size: those.length, km: those.reduce((sum, one) => sum + (one.km ?? 999), 0) }))
						.toSorted((a, b) => a.size - b.size || a.km - b.km);
					const sets = assemble(needs, around, { least: assemblyAtLeast });
					expect(sets.length > 0).toBe(around.length > 0);
					expect(new Set(sets.map(({ ids }) => ids.toSorted().join(' '))).size).toBe(sets.length);
					for (const { ids, company, missing } of sets) {
						expect(new Set(ids).size).toBe(ids.length);
						expect(ids.length).toBeGreaterThanOrEqual(Math.min(assemblyAtLeast, around.length));
						expect(ids.length).toBeLessThanOrEqual(assemblyAtMost);
						expect(brings(of(ids))).toBe(true);
						expect(missing).toEqual(all.filter((need) => !can.includes(need)));
						expect(lean(of(ids.filter((id) => !company.includes(id))))).toBe(true);
						if (company.length) expect(ids.length).toBeLessThanOrEqual(assemblyAtLeast);
					}
					const sizes = sets.map(({ ids, km: away }) => ({ size: ids.length, km: away }));
					expect(sizes).toEqual(sizes.toSorted((a, b) => a.size - b.size || a.km - b.km));
					if (sets.length) expect(sizes[0]).toEqual(possible[0]);
				}
			)
		);
	});

	test('an idea that needs two things: those who bring them, and who comes next for the idea; a third lender of chairs comes last', () => {
		const one = (id: string, away: number, covers: number[]): Bringing => ({ id, km: away, score: 1, covers });
		const around = [one('a', 2, [0]), one('b', 3, [1]), one('a-too', 4, [0]), one('alike', 9, []), one('alike-too', 8, [])];
		expect(assemble(2, around, { least: assemblyAtLeast })).toMatchObject([
			{ ids: ['a', 'b', 'alike'], company: ['alike'], km: 14, missing: [] },
			{ ids: ['b', 'a-too', 'alike'], company: ['alike'], km: 16 }
		]);
		expect(assemble(1, [one('a', 2, [0]), one('a-too', 4, [0])], { least: assemblyAtLeast })).toMatchObject([
			{ ids: ['a', 'a-too'], company: ['a-too'] }
		]);
		expect(assemble(1, [one('alike', 9, []), one('alike-too', 8, [])], { least: assemblyAtLeast })).toMatchObject([
			{ ids: ['alike', 'alike-too'], missing: [0] }
		]);
		expect(assemble(1, [one('alike', 9, [])])).toEqual([]);
	});

	const setsFor = (who: Asking, all: readonly Candidate[], over: { turn?: number; refused?: Set<string> } = {}, shown = 1000) =>
		assemble(who.wanted.length, suggest(who, all, { ...none, ...over }), { least: assemblyAtLeast, shown });
	const several = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 7 });

	test('who refuses to be suggested is in none; an unrelated offer changes none', () => {
		fc.assert(
			fc.property(asking, several, candidate, said, (who, all, one, offer) => {
				const sets = setsFor(who, all);
				expect(setsFor(who, [...all, { ...one, id: 'refuses' }], { refused: new Set(['refuses']) })).toEqual(sets);
				if (!all.length || who.wanted.some((wish) => answers(wish, offer, who.side) !== 'no')) return;
				const [first, ...rest] = all;
				expect(setsFor(who, [{ ...first!, offers: [...first!.offers, offer] }, ...rest])).toEqual(sets);
			})
		);
	});

	test('all else equal, the set with the nearer never ranks lower', () => {
		fc.assert(
			fc.property(
				asking,
				there,
				several,
				fc.integer({ min: 0, max: 40 }),
				fc.integer({ min: 1, max: 40 }),
				fc.nat(),
				(who, one, others, away, more, turn) => {
					const all = [...others, { ...one, id: 'near', km: away }, { ...one, id: 'far', km: away + more }];
					const sets = setsFor(who, all, { turn }).map(({ ids }) => ids);
					for (const [at, ids] of sets.entries()) {
						if (!ids.includes('far') || ids.includes('near')) continue;
						const same = sets.findIndex(
							(other) => other.includes('near') && ids.every((id) => id === 'far' || other.includes(id))
						);
						expect(same).toBeGreaterThanOrEqual(0);
						expect(same).toBeLessThan(at);
					}
				}
			)
		);
	});

	test('equals take turns in the sets too: over as many weeks as they are, each is once in the first', () => {
		fc.assert(
			fc.property(asking, candidate, fc.integer({ min: 2, max: 12 }), fc.string(), (who, one, count, asker) => {
				if (!weigh(who, one)?.covers.length) return;
				const all = Array.from({ length: count }, (_, n) => ({ ...one, id: `o${n}` }));
				const weeks = Array.from({ length: count }, (_, n) => new Date(Date.UTC(2026, 10, 22) + n * 7 * 86_400_000));
				const first = weeks.map((week) => setsFor(who, all, { turn: turnOf(asker, week) })[0]!.ids[0]!);
				expect(new Set(first).size).toBe(count);
			})
		);
	});

	test('of sets as small, the nearest first; beyond five, what is left is said', () => {
		const one = (id: string, away: number, covers: number[]): Bringing => ({ id, km: away, score: 1, covers });
		const sets = assemble(3, [one('far', 30, [0, 1]), one('near', 2, [0, 1]), one('last', 1, [2]), one('all', 50, [0])]);
		expect(sets.map(({ ids }) => ids)).toEqual([
			['last', 'near'],
			['last', 'far']
		]);
		const seven = assemble(
			7,
			Array.from({ length: 7 }, (_, n) => one(`o${n}`, n, [n]))
		);
		expect(seven).toMatchObject([{ ids: ['o0', 'o1', 'o2', 'o3', 'o4'], missing: [5, 6] }]);
	});
});

test('words say that two sentences speak of one thing', () => {
	expect(inCommon('Un jardin partagé', 'Jardinage et compost')).toEqual(['jardinage']);
	expect(inCommon('Promouvoir la ville ensemble', 'Une association de la ville')).toEqual([]);
	expect(inCommon('Tailler des arbres fruitiers', 'Nous taillons et greffons des arbres')).toContain('arbres');
	expect(inCommon('Quarante chaises', 'Soixante chaises pliantes')).toEqual(['chaises']);
	expect(inCommon('Un cœur', 'Des coeurs')).toEqual(['coeurs']);
});

test.each([
	['chapiteau', 'chapiteaux'],
	['journal', 'journaux'],
	['cheveu', 'cheveux'],
	['jeu', 'jeux'],
	['bal', 'bals'],
	['parent', 'parents'],
	['document', 'documents'],
	['vêtement', 'vêtements'],
	['enfant', 'enfants'],
	['page', 'pages'],
	['stage', 'stages'],
	['fleur', 'fleurs'],
	['chant', 'chants'],
	['chant', 'chanter'],
	['animateur', 'animation'],
	['danseuse', 'danser'],
	['atelier', 'ateliers'],
	['écran', 'écrans'],
	['repas', 'repas']
])('« %s » and « %s » are one', (one, other) => {
	expect(inCommon(`Pour un ${one}`, `Avec des ${other}`)).toHaveLength(1);
	expect(inCommon(`Pour des ${other}`, `Avec un ${one}`)).toHaveLength(1);
});

test.each([
	['Une table', 'Des tableaux'],
	['Un garage', 'Une gare'],
	['Une plage', 'Un plant'],
	['Des parents', 'Une part'],
	['Par les uns', 'Pour les autres'],
	['Un stage', 'Une station']
])('« %s » and « %s » are two', (one, other) => {
	expect(inCommon(one, other)).toEqual([]);
});
