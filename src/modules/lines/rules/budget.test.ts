import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broughtBy, budgetOf, plainQuantity, quantitiesOf, type Valued } from './budget.ts';

const line = (over: Partial<Valued>): Valued => ({
	kind: 'contribution',
	topic: 'money',
	actingFor: 'a',
	speaker: 'A',
	whoOrganisation: null,
	whoOrganisationName: null,
	cents: null,
	currency: null,
	quantity: null,
	unit: null,
	audience: 'partners',
	...over
});

test('money and what is brought in kind stand apart; needs make the balance', () => {
	const lines = [
		line({ cents: 150_000, currency: 'EUR' }),
		line({ topic: 'equipment', cents: 40_050, currency: 'EUR' }),
		line({ kind: 'need', topic: 'money', cents: 200_000, currency: 'EUR' }),
		line({ cents: 12_000, currency: 'XPF' }),
		line({ cents: 99_999, currency: 'EUR', audience: 'organisation' })
	];
	expect(budgetOf(lines)).toEqual([
		{ currency: 'EUR', money: 150_000, inKind: 40_050, needed: 200_000, balance: -9_950 },
		{ currency: 'XPF', money: 12_000, inKind: 0, needed: 0, balance: 12_000 }
	]);
});

test('the sums of the partners are the sum of the cooperation, to the cent', () => {
	const lines = fc.array(
		fc.record({ cents: fc.nat(1e9), topic: fc.constantFrom('money', 'hours'), who: fc.constantFrom('a', 'b', 'c') })
	);
	fc.assert(
		fc.property(lines, (given) => {
			const all = given.map(({ cents, topic, who }) => line({ cents, topic, currency: 'EUR', whoOrganisation: who }));
			const whole = budgetOf(all)[0];
			const parts = broughtBy(all, ['a', 'b', 'c']).flatMap(({ sums }) => sums);
			expect(parts.reduce((sum, { money, inKind }) => sum + money + inKind, 0)).toBe((whole?.money ?? 0) + (whole?.inKind ?? 0));
		})
	);
});

test('quantities are exact, unit by unit', () => {
	expect(
		quantitiesOf([
			{ quantity: '0.1', unit: 'heures' },
			{ quantity: '0.2', unit: ' Heures' },
			{ quantity: '40', unit: 'chaises' },
			{ quantity: '3', unit: null }
		])
	).toEqual([
		{ unit: 'heures', quantity: '0.3' },
		{ unit: 'chaises', quantity: '40' }
	]);
	expect(['12.500000', '10', '100.000', '0.25'].map(plainQuantity)).toEqual(['12.5', '10', '100', '0.25']);
});

test('what a line names wins over who wrote it', () => {
	const lines = [line({ whoOrganisation: 'b', whoOrganisationName: 'B', quantity: '12', unit: 'heures' })];
	expect(broughtBy(lines, ['a', 'b'])).toMatchObject([{ id: 'b', name: 'B', quantities: [{ quantity: '12', unit: 'heures' }] }]);
});
