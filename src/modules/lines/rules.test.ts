import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	clashes,
	detailsFor,
	detailsOf,
	kinds,
	noDetails,
	personal,
	shortened,
	topics,
	totals,
	usualAudience,
	wasAgreed
} from './rules.ts';

test('fears, limits and own objectives begin at home', () => {
	expect(usualAudience('limit', null)).toBe('organisation');
	expect(usualAudience('risk', null)).toBe('organisation');
	expect(usualAudience('objective', 'own')).toBe('organisation');
	expect(usualAudience('objective', 'common')).toBe('partners');
	expect(usualAudience('task', null)).toBe('partners');
	expect([personal('limit', null), personal('contribution', 'money'), personal('objective', 'own')]).toEqual([true, true, true]);
	expect([personal('objective', 'common'), personal('task', null), personal('decision', null)]).toEqual([false, false, false]);
});

test('a kind keeps its own details and drops the others', () => {
	const everything = {
		...noDetails,
		whoOrganisation: 'o',
		whoPerson: 'p',
		heldBy: 'h',
		startsOn: '2027-01-01',
		endsOn: '2027-01-02',
		phase: 'during' as const,
		cents: 100,
		quantity: '3',
		unit: 'enfants',
		about: 'r'
	};
	expect(detailsFor('task', everything)).toEqual({
		...noDetails,
		whoOrganisation: 'o',
		whoPerson: 'p',
		endsOn: '2027-01-02',
		about: 'r'
	});
	expect(detailsFor('limit', everything)).toEqual(noDetails);
	expect(detailsFor('date', { ...everything, startsOn: null })).toMatchObject({
		startsOn: '2027-01-02',
		endsOn: '2027-01-02',
		topic: 'project'
	});
	for (const kind of kinds) {
		const { topic, ...details } = detailsFor(kind, everything);
		const filled = Object.values(details).filter((value) => value !== null).length;
		expect(filled > 0).toBe(detailsOf[kind].length > 0);
		expect(topic === null || topics[kind]!.includes(topic)).toBe(true);
	}
});

test('a topic of another kind, or an end before the start, is refused', () => {
	expect(() => detailsFor('task', { topic: 'money' })).toThrow('lines.unknown-topic');
	expect(() => detailsFor('objective', { topic: 'money' })).toThrow('lines.unknown-topic');
	expect(detailsFor('information', { topic: 'none' }).topic).toBeNull();
	expect(() => detailsFor('date', { startsOn: '2027-02-01', endsOn: '2027-01-01' })).toThrow('lines.ends-before-it-starts');
});

test('sums are exact and never mix currencies', () => {
	fc.assert(
		fc.property(fc.array(fc.record({ cents: fc.nat(1e12), currency: fc.constantFrom('EUR', 'XPF') })), (lines) => {
			const sums = totals(lines);
			for (const currency of ['EUR', 'XPF'])
				expect(BigInt(sums.get(currency) ?? 0)).toBe(
					lines.filter((one) => one.currency === currency).reduce((sum, one) => sum + BigInt(one.cents), 0n)
				);
		})
	);
	expect(totals([{ cents: null, currency: null }]).size).toBe(0);
});

test('a date clashes with an impossible period that it touches', () => {
	const period = (id: string, startsOn: string, endsOn = startsOn) => ({ id, who: null, startsOn, endsOn });
	const holidays = period('h', '2027-02-13', '2027-02-28');
	expect(clashes([period('a', '2027-02-13')], [holidays])).toEqual([{ date: 'a', with: 'h' }]);
	expect(clashes([period('a', '2027-02-28', '2027-03-04')], [holidays])).toHaveLength(1);
	expect(clashes([period('a', '2027-03-01')], [holidays])).toEqual([]);
	expect(clashes([holidays], [holidays])).toEqual([]);
});

test.each([
	['decision', 'partners', false, false, true],
	['decision', 'organisation', false, false, false],
	['role', 'partners', false, false, false],
	['role', 'partners', true, false, true],
	['role', 'everyone', false, true, true],
	['role', 'organisation', true, true, false]
] as const)('%s for %s, quoted %s, in adopted minutes %s: agreed together %s', (kind, audience, quoted, adopted, agreed) => {
	expect(wasAgreed({ kind, audience }, { quoted, adopted })).toBe(agreed);
});

test('first words end with a sign that more follows', () => {
	expect(shortened('a'.repeat(80))).toBe('a'.repeat(80));
	expect(shortened('a'.repeat(81))).toBe(`${'a'.repeat(79)}…`);
});
