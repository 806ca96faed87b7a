import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movable } from '#modules/cooperations/stages/rules.ts';
import { across, type Counted } from './rules.ts';

const houses = ['a', 'b', 'c'];
const counted: fc.Arbitrary<Counted> = fc.record({
	houses: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'other'), { minLength: 1 }),
	stage: fc.constantFrom(...movable),
	stalled: fc.boolean()
});

test('the whole counts each cooperation once, and never more than the houses together', () =>
	fc.assert(
		fc.property(fc.array(counted), (all) => {
			const { all: whole, each } = across(houses, all);
			const those = all.filter((one) => one.houses.some((id) => houses.includes(id)));
			expect(whole.cooperations).toBe(those.length);
			expect(whole.stages.reduce((sum, { count }) => sum + count, 0)).toBe(whole.cooperations);
			expect(whole.stalled).toBeLessThanOrEqual(whole.cooperations);
			const sum = houses.reduce((n, id) => n + each.get(id)!.cooperations, 0);
			expect(sum).toBeGreaterThanOrEqual(whole.cooperations);
		})
	));

test('what another house accompanies is counted nowhere', () => {
	expect(across(houses, [{ houses: ['other'], stage: 'ideas', stalled: true }]).all).toMatchObject({
		cooperations: 0,
		stalled: 0
	});
});
