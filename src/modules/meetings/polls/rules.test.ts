import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	answers,
	asAsked,
	asTitle,
	compare,
	copied,
	deadlineFor,
	deadlineSaid,
	filledIn,
	guestsIn,
	rank,
	reasonsOf,
	remindAt,
	shortName,
	slotsFrom,
	type Answer,
	type Voice
} from './rules.ts';

const paris = { zone: 'Europe/Paris', now: new Date('2026-11-22T09:00:00Z') };
const at = (date: string, time: string) => ({ date, time });

test('what is left empty is the same as above, and a row with nothing counts for nothing', () => {
	expect(filledIn([at('', ''), at('2026-12-01', '18:30'), at('2026-12-02', ''), at('', ''), at('', '20:00')])).toEqual([
		at('2026-12-01', '18:30'),
		at('2026-12-02', '18:30'),
		at('2026-12-02', '20:00')
	]);
});

test('the last row is copied onto days or weeks, never past forty', () => {
	expect(copied([at('2026-12-30', '18:30')], { every: 1, times: 3 }).map(({ date }) => date)).toEqual([
		'2026-12-30',
		'2026-12-31',
		'2027-01-01',
		'2027-01-02'
	]);
	expect(copied([at('2026-12-01', '10:00'), at('2026-12-03', '')], { every: 7, times: 2 })).toEqual([
		at('2026-12-01', '10:00'),
		at('2026-12-03', '10:00'),
		at('2026-12-10', '10:00'),
		at('2026-12-17', '10:00')
	]);
	expect(copied([at('2026-12-01', '10:00')], { every: 1, times: 200 })).toHaveLength(40);
	expect(copied([at('pas un jour', '10:00')], { every: 1, times: 3 })).toHaveLength(1);
});

test.each([
	['none', []],
	['without-day', [at('', '18:30')]],
	['without-time', [at('2026-12-01', '')]],
	['unreal', [at('2026-02-30', '18:30')]],
	['unreal', [at('2026-12-01', '25:00')]],
	['far', [at('2226-12-01', '18:30')]],
	['past', [at('2026-11-21', '18:30')]],
	['past', [at('2026-11-22', '10:00')]],
	['twice', [at('2026-12-01', '18:30'), at('2026-12-02', '18:30'), at('2026-12-01', '18:30')]],
	// The clocks jump over 02:30 on that night: it is 03:30, twice.
	['twice', [at('2027-03-28', '02:30'), at('2027-03-28', '03:30')]],
	['too-many', Array.from({ length: 41 }, (_, i) => at('2026-12-01', `0${Math.floor(i / 10)}:${String(10 + i)}`))]
])('dates that cannot be offered are refused in words: %s', (code, rows) => {
	expect(() => slotsFrom(rows, paris)).toThrow(expect.objectContaining({ code: `meetings.poll-slot-${code}`, field: 'slots' }));
});

test('a time is the one of the cooperation’s zone, on both sides of a change of hour and overseas', () => {
	const [before, after] = slotsFrom([at('2027-03-29', '18:30'), at('2027-03-26', '')], paris);
	expect([before, after]).toEqual([new Date('2027-03-26T17:30:00Z'), new Date('2027-03-29T16:30:00Z')]);
	expect(slotsFrom([at('2026-11-22', '08:00')], { ...paris, zone: 'America/Cayenne' })).toEqual([
		new Date('2026-11-22T11:00:00Z')
	]);
});

test('forty dates are fine', () => {
	expect(slotsFrom(copied([at('2026-12-01', '18:30')], { every: 1, times: 39 }), paris)).toHaveLength(40);
});

test('without a deadline, people answer by the eve of the first date, within a week', () => {
	const slots = (...days: string[]) =>
		slotsFrom(
			days.map((day) => at(day, '18:30')),
			paris
		);
	expect(deadlineFor(null, slots('2026-11-25', '2026-12-20'), paris)).toBe('2026-11-24');
	expect(deadlineFor(null, slots('2026-12-20'), paris)).toBe('2026-11-29');
	expect(deadlineFor(null, slots('2026-11-22'), paris)).toBe('2026-11-22');
	expect(deadlineFor('2026-12-01', slots('2026-12-20'), paris)).toBe('2026-12-01');
	expect(() => deadlineFor('2026-11-21', slots('2026-12-20'), paris)).toThrow('meetings.poll-deadline-past');
	expect(() => deadlineFor('2026-12-21', slots('2026-12-20'), paris)).toThrow('meetings.poll-deadline-late');
});

test('the reminder leaves two days before the end, never before half of the time has gone', () => {
	const opened = new Date('2026-12-01T08:00:00Z');
	expect(remindAt(opened, new Date('2026-12-11T08:00:00Z'))).toEqual(new Date('2026-12-09T08:00:00Z'));
	expect(remindAt(opened, new Date('2026-12-02T08:00:00Z'))).toEqual(new Date('2026-12-01T20:00:00Z'));
});

test('the deadline is said as people say it', () => {
	const said = (day: string) => deadlineSaid(day, 'Europe/Paris', paris.now);
	expect(said('2026-11-21').code).toBe('meetings.poll-deadline-gone');
	expect(said('2026-11-22').code).toBe('meetings.poll-deadline-today');
	expect(said('2026-11-26')).toEqual({ code: 'meetings.poll-deadline-soon', details: { day: 'jeudi' } });
	expect(said('2026-12-10').details.day).toBe('jeudi 10 décembre');
});

test.each([
	['Odile Marchand', 'Odile M.'],
	['Jean-Luc Tabard', 'Jean-Luc T.'],
	['Yann Le Goff', 'Yann L.'],
	['Odile', 'Odile'],
	['Élise  d’Arc', 'Élise D.']
])('%s is shown as %s', (name, short) => expect(shortName(name)).toBe(short));

test('a title stands in a question, and alone', () => {
	expect(['La réunion de calage', 'Notre bilan', 'L’inauguration', 'Bilan'].map(asAsked)).toEqual([
		'la réunion de calage',
		'notre bilan',
		'l’inauguration',
		'Bilan'
	]);
	expect(asTitle('la réunion de calage')).toBe('La réunion de calage');
});

test('guests are read one a line, however they are written', () => {
	expect(
		guestsIn('Fatou Diop, fatou@example.org, Fil et Lumière\n\n  Luc Roy <LUC@example.org>\nseule@example.org\nfatou@example.org')
	).toEqual([
		{ name: 'Fatou Diop', email: 'fatou@example.org', organisation: 'Fil et Lumière' },
		{ name: 'Luc Roy', email: 'luc@example.org', organisation: null },
		{ name: 'seule', email: 'seule@example.org', organisation: null }
	]);
	expect(() => guestsIn('Fatou Diop, 06 00 00 00 00')).toThrow('meetings.poll-guest-without-address');
});

const slots = ['a', 'b', 'c'].map((id, i) => ({ id, startsAt: new Date(Date.UTC(2026, 11, 1 + i)) }));
const partners = ['tréteaux', 'soleil', 'radio'];
const voice = (organisationId: string | null, commits: boolean, a?: Answer, b?: Answer, c?: Answer): Voice => ({
	organisationId,
	commits,
	answers: Object.fromEntries(Object.entries({ a, b, c }).filter(([, one]) => one)) as Record<string, Answer>
});
const order = (voices: Voice[]) => rank(slots, voices, partners).map(({ slotId }) => slotId);

test.each<[string, Voice[], string[]]>([
	['nobody answered: in order of time', [], ['a', 'b', 'c']],
	[
		'two partners count for more than three people of one',
		[
			voice('tréteaux', false, 'yes', 'yes'),
			voice('tréteaux', false, 'yes', 'no'),
			voice('tréteaux', false, 'yes', 'no'),
			voice('soleil', false, 'no', 'yes')
		],
		['b', 'a', 'c']
	],
	[
		'« si besoin » counts for less than yes',
		[voice('tréteaux', false, 'maybe', 'yes'), voice('soleil', false, 'yes', 'yes')],
		['b', 'a', 'c']
	],
	[
		'as many partners: the date with somebody who can decide',
		[voice('tréteaux', true, 'no', 'yes'), voice('tréteaux', false, 'yes', 'no'), voice(null, false, 'yes', 'no')],
		['b', 'a', 'c']
	],
	[
		'as many partners and deciders: the date with more people',
		[voice('tréteaux', true, 'yes', 'yes', 'yes'), voice(null, false, 'no', 'no', 'yes')],
		['c', 'a', 'b']
	]
])('%s', (_, voices, expected) => expect(order(voices)).toEqual(expected));

test('the reasons are said', () => {
	const names = (id: string) => id.toUpperCase();
	const codes = (voices: Voice[]) => reasonsOf(rank(slots, voices, partners)[0]!, names).map(({ code }) => code.slice(21));
	expect(codes(partners.map((one) => voice(one, true, 'yes')))).toEqual(['deciders', 'all', 'people']);
	expect(codes([voice('tréteaux', true, 'yes'), voice('soleil', false, 'yes')])).toEqual([
		'some',
		'without',
		'no-decider',
		'people'
	]);
	expect(reasonsOf(rank(slots, [voice('radio', true, 'maybe')], partners)[0]!, names)).toEqual([
		{ code: 'meetings.poll-reason-maybe', details: { names: 'RADIO' } },
		{ code: 'meetings.poll-reason-without', details: { names: 'TRÉTEAUX, SOLEIL' } }
	]);
	expect(reasonsOf(rank(slots, [voice('radio', true, 'yes')], ['radio'])[0]!, names)).toEqual([
		{ code: 'meetings.poll-reason-people', details: { n: 1 } }
	]);
	expect(codes([])).toEqual([]);
});

const anyAnswer = fc.constantFrom<Answer | undefined>(...answers, undefined);
const anyVoice = fc
	.tuple(fc.constantFrom(...partners, null), fc.boolean(), anyAnswer, anyAnswer, anyAnswer)
	.map((parts) => voice(...parts));
const anyVoices = fc.array(anyVoice, { minLength: 1, maxLength: 8 });

test('a better answer never lowers a date, all else equal', () => {
	const better = { no: 'maybe', maybe: 'yes', yes: 'yes' } as const;
	fc.assert(
		fc.property(anyVoices, fc.nat(), fc.constantFrom('a', 'b', 'c'), (voices, n, slot) => {
			const raised = voices.map((one, i) =>
				i === n % voices.length ? { ...one, answers: { ...one.answers, [slot]: better[one.answers[slot] ?? 'no'] } } : one
			);
			expect(order(raised).indexOf(slot)).toBeLessThanOrEqual(order(voices).indexOf(slot));
		})
	);
});

test('neither the order of the invitees nor that of the partners matters', () => {
	fc.assert(
		fc.property(anyVoices, fc.func(fc.integer()), (voices, shuffle) => {
			const mixed = voices.map((one) => [shuffle(one), one] as const).toSorted(([a], [b]) => a - b);
			expect(order(mixed.map(([, one]) => one))).toEqual(order(voices));
			const reversed = rank(slots, voices, partners.toReversed()).map(({ slotId }) => slotId);
			expect(reversed).toEqual(order(voices));
		})
	);
});

test('dates are always in one order: comparing is total', () => {
	fc.assert(
		fc.property(anyVoices, (voices) => {
			const [x, y, z] = rank(slots, voices, partners) as [never, never, never];
			for (const [one, other] of [
				[x, y],
				[y, z],
				[x, z]
			] as const)
				expect([compare(one, other) < 0, compare(other, one) > 0]).toEqual([true, true]);
		})
	);
});
