import { expect, test } from 'vitest';
import { daysBetween } from '#platform/clock.ts';
import { signsOfLife, stateOf, type GazetteFacts } from './rules.ts';

const since = (day: string) => daysBetween(day, '2026-11-22');
const record = (over: object) => ({
	source: 'rna-waldec',
	key: 'W1',
	active: true,
	declaredOn: null,
	vanishedAt: null,
	endedOn: null,
	siret: null,
	...over
});
const nothing = { latest: null, dissolvedOn: null };
const signs = (
	records: object[],
	confirmedOn: string | null = null,
	granted: string | null = null,
	gazette: GazetteFacts = nothing
) =>
	signsOfLife(
		{
			confirmedOn,
			records: records.map(record),
			grant: granted ? { giver: 'Ville de Valsorbier', cents: 80_000, on: granted, dayKnown: true } : null,
			gazette
		},
		since
	).map(({ sign }) => sign);

test('what shows that an organisation lives', () => {
	expect(signs([])).toEqual([]);
	expect(signs([], '2026-10-01')).toEqual(['confirmed']);
	expect(signs([{ source: 'sirene' }])).toEqual(['siret']);
	expect(signs([{ source: 'bce' }])).toEqual(['bce']);
	expect(signs([{ source: 'bce', active: false }])).toEqual([]);
	expect(signs([{ declaredOn: '2025-03-02' }])).toEqual(['declared']);
	expect(signs([{ declaredOn: '2012-03-02' }])).toEqual([]);
	expect(signs([], '2022-10-01', '2025-01-01')).toEqual(['grant']);
	expect(signs([], null, '2021-01-01')).toEqual([]);
	// A date that a register gives in the future shows nothing.
	expect(signs([{ declaredOn: '2103-03-02' }])).toEqual([]);
	expect(signs([{ source: 'sirene', active: false, declaredOn: '2026-03-02' }])).toEqual([]);
	expect(signs([{ source: 'sirene', vanishedAt: new Date() }])).toEqual([]);
});

test('what the gazette announced shows a life, until a dissolution', () => {
	const announced = { kind: 'changed', on: '2025-06-03' };
	expect(signs([], null, null, { latest: announced, dissolvedOn: null })).toEqual(['announced']);
	expect(signs([], null, null, { latest: { ...announced, on: '2019-06-03' }, dissolvedOn: null })).toEqual([]);
	// What a dissolved association declared, received or said before shows nothing any more; nor does its address at SIRENE.
	const ended = { latest: announced, dissolvedOn: '2026-02-03' };
	const before = [{ source: 'sirene' }, { declaredOn: '2026-01-20' }];
	expect(signs(before, '2026-01-01', '2025-12-01', ended)).toEqual([]);
	expect(signs(before, '2026-03-01', '2026-04-01', ended)).toEqual(['confirmed', 'grant']);
});

test('a record that its register no longer lists says so, whatever it said', () => {
	expect(stateOf({ active: true, vanishedAt: null })).toBe('active');
	expect(stateOf({ active: false, vanishedAt: null })).toBe('ended');
	expect(stateOf({ active: true, vanishedAt: new Date() })).toBe('vanished');
});
