import { expect, test } from 'vitest';
import { commitmentOf, type Committed } from './commitment.ts';

const line = (over: Partial<Committed>): Committed => ({
	kind: 'contribution',
	topic: 'money',
	text: 'x',
	actingFor: 'ville',
	speaker: 'La Ville',
	whoOrganisation: null,
	whoOrganisationName: null,
	whoPersonName: null,
	heldBy: null,
	cents: null,
	currency: null,
	quantity: null,
	unit: null,
	audience: 'partners',
	startsOn: null,
	doneAt: null,
	...over
});

test('what is written for an organisation is sorted by what it asks, and the rest is named as unknown', () => {
	const found = commitmentOf(
		[
			line({ cents: 450_000, currency: 'EUR' }),
			line({ actingFor: 'autre', heldBy: 'ville', cents: 100_000, currency: 'EUR' }),
			line({ topic: 'hours', quantity: '12.5', unit: 'heures' }),
			line({ kind: 'role', topic: null, whoOrganisation: 'ville', whoPersonName: 'Hélène' }),
			line({ kind: 'task', topic: null, whoOrganisation: 'ville', whoPersonName: 'Hélène' }),
			line({ kind: 'task', topic: null, whoOrganisation: 'ville', doneAt: new Date(0) })
		],
		'ville'
	);
	expect(found.sums.map(({ money }) => money)).toEqual([450_000]);
	expect(found.quantities).toEqual([{ unit: 'heures', quantity: '12.5' }]);
	expect(found.people).toEqual(['Hélène']);
	expect([found.counted.length, found.held.length]).toEqual([2, 1]);
	expect(found.unknown).toEqual(['things', 'dates']);
});

test('of an organisation of which nothing is written, everything is unknown', () => {
	expect(commitmentOf([], 'ville').unknown).toEqual(['money', 'hours', 'things', 'people', 'counted', 'dates']);
});
