import { expect, test } from 'vitest';
import { everything, group, isDue, kinds, lastMorning, shorten, wanted, type Choices } from './rules.ts';
import { word } from '#platform/say.ts';

const at = (text: string) => new Date(`${text}Z`);

test.each<[string, Partial<Choices>, boolean]>([
	['everything by default', {}, true],
	['once a week is still wanted', { rhythm: 'week' }, true],
	['never', { rhythm: 'never' }, false],
	['not this kind', { withoutKinds: ['task'] }, false],
	['not another kind', { withoutKinds: ['line'] }, true],
	['not this cooperation', { withoutCooperations: ['c1'] }, false],
	['not another cooperation', { withoutCooperations: ['c2'] }, true]
])('%s', (_, choices, expected) => {
	expect(wanted({ ...everything, ...choices }, { kind: 'task', cooperationId: 'c1' })).toBe(expected);
});

test('what belongs to no cooperation is stopped by none', () => {
	expect(wanted({ ...everything, withoutCooperations: ['c1'] }, { kind: 'organisation', cooperationId: null })).toBe(true);
});

test.each([
	['2026-11-25T06:30', 'Europe/Paris', 'day', '2026-11-25T06:00'],
	['2026-11-25T05:30', 'Europe/Paris', 'day', '2026-11-24T06:00'],
	['2026-07-25T05:30', 'Europe/Paris', 'day', '2026-07-25T05:00'],
	['2026-11-25T09:59', 'America/Cayenne', 'day', '2026-11-24T10:00'],
	['2026-11-25T10:00', 'America/Cayenne', 'day', '2026-11-25T10:00'],
	['2026-11-25T12:00', 'Europe/Paris', 'week', '2026-11-23T06:00'],
	['2026-11-23T05:00', 'Europe/Paris', 'week', '2026-11-16T06:00'],
	['2026-11-22T23:00', 'Pacific/Noumea', 'week', '2026-11-22T20:00'],
	// The Monday after clocks went back: seven in the morning is an hour later in UTC than on the Sunday before.
	['2026-10-26T06:00', 'Europe/Paris', 'week', '2026-10-26T06:00'],
	['2026-10-25T12:00', 'Europe/Paris', 'week', '2026-10-19T05:00']
] as const)('at %s, the last morning in %s for « %s » is %s', (now, zone, rhythm, morning) => {
	expect(lastMorning(at(now), zone, rhythm)).toEqual(at(morning));
});

const paris = { zone: 'Europe/Paris', now: at('2026-11-25T12:00') };
test.each([
	['what was said yesterday', 'day', '2026-11-24T18:00', null, true],
	['what was said after the morning waits for the next', 'day', '2026-11-25T08:00', null, false],
	['minutes come at once', 'day', '2026-11-25T08:00', '2026-11-25T11:50', true],
	['but not before ten minutes', 'day', '2026-11-25T08:00', '2026-11-25T11:51', false],
	['once a week is once a week', 'week', '2026-11-24T08:00', '2026-11-24T08:00', false],
	['and comes on Monday', 'week', '2026-11-22T08:00', null, true],
	['what nobody wants is set aside at once', 'never', '2026-11-25T11:59', null, true]
] as const)('%s', (_, rhythm, oldest, soon, due) => {
	expect(isDue({ oldest: at(oldest), oldestSoon: soon && at(soon) }, { ...paris, rhythm })).toBe(due);
});

test('told by cooperation in the order given, what belongs to none last, then by kind', () => {
	const notice = (cooperationId: string | null, kind: (typeof kinds)[number], text: string) => ({ cooperationId, kind, text });
	const groups = group(
		[
			notice(null, 'organisation', 'a'),
			notice('c2', 'line', 'b'),
			notice('gone', 'line', 'h'),
			notice('c1', 'line', 'c'),
			notice('c1', 'task', 'd'),
			notice('c1', 'line', 'e'),
			notice(null, 'task', 'f')
		],
		['c1', 'c2']
	);
	expect(groups.map(({ cooperationId, kind, notices }) => [cooperationId, kind, notices.map(({ text }) => text).join()])).toEqual(
		[
			['c1', 'task', 'd'],
			['c1', 'line', 'c,e'],
			['c2', 'line', 'b'],
			['gone', 'line', 'h'],
			[null, 'task', 'f'],
			[null, 'organisation', 'a']
		]
	);
});

test('a subject is cut between words', () => {
	expect(shorten('Réserver la salle.')).toBe('Réserver la salle.');
	expect(shorten('mot '.repeat(40))).toMatch(/^(mot ){21}mot…$/);
});

test('every kind has its words', () => {
	for (const kind of kinds) expect(word(`notices_kind_${kind}`)).toBeTruthy();
});
