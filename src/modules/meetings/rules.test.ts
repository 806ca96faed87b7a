import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	adoptable,
	answerable,
	asksAgain,
	begun,
	circulable,
	corrected,
	editable,
	fit,
	lengthOf,
	minutable,
	minutesState,
	movable,
	moved,
	possible,
	takesPlace,
	tally,
	whenSaid
} from './rules.ts';

const now = new Date('2026-11-22T10:00:00Z');
const at = new Date('2026-12-03T17:30:00Z');
const meeting = {
	startsAt: at,
	endsAt: new Date('2026-12-03T19:00:00Z'),
	sequence: 0,
	cancelledAt: null,
	minutesBegunAt: null,
	circulatedAt: null,
	adoptedAt: null
};
const states = {
	convened: meeting,
	draft: { ...meeting, minutesBegunAt: at },
	circulated: { ...meeting, minutesBegunAt: at, circulatedAt: at },
	adopted: { ...meeting, minutesBegunAt: at, circulatedAt: at, adoptedAt: at },
	cancelled: { ...meeting, cancelledAt: at }
};

test.each([
	['convened', { move: true, edit: true, minute: true, circulate: false, adopt: false }],
	['draft', { move: false, edit: true, minute: true, circulate: true, adopt: false }],
	['circulated', { move: false, edit: false, minute: true, circulate: false, adopt: true }],
	['adopted', { move: false, edit: false, minute: false, circulate: false, adopt: false }],
	['cancelled', { move: false, edit: false, minute: false, circulate: false, adopt: false }]
] as const)('what may be done with a meeting that is %s', (state, can) => {
	const one = states[state];
	expect({
		move: possible(() => movable(one)),
		edit: possible(() => editable(one)),
		minute: possible(() => minutable(one)),
		circulate: possible(() => circulable(one, { lines: 1, present: 0 })),
		adopt: possible(() => adoptable(one))
	}).toEqual(can);
	expect(minutesState(one)).toBe(state === 'convened' || state === 'cancelled' ? 'none' : state);
});

test.each([
	['2026-11-22', '12:00', 60, null],
	['2026-11-22', '11:00', 60, 'meetings.in-the-past'],
	['2026-11-21', '12:00', 60, 'meetings.in-the-past'],
	['2029-12-31', '12:00', 60, 'meetings.too-far'],
	['2026-12-01', '12:00', 4, 'meetings.length-unreal'],
	['2026-12-01', '12:00', 1441, 'meetings.length-unreal'],
	['2026-12-01', '12:00', 1440, null]
])('a meeting on %s at %s of %i minutes: %s', (day, time, minutes, refusal) => {
	const asked = () => takesPlace({ day, time, minutes, zone: 'Europe/Paris' }, now);
	if (refusal) expect(asked).toThrow(refusal);
	else expect(lengthOf(asked())).toBe(minutes);
});

test('clocks of the place count: six in the evening in Cayenne is ten at night in Paris', () => {
	const when = { day: '2026-12-03', time: '18:00', minutes: 60 };
	expect(takesPlace({ ...when, zone: 'America/Cayenne' }, now).startsAt.toISOString()).toBe('2026-12-03T21:00:00.000Z');
	expect(takesPlace({ ...when, zone: 'Europe/Paris' }, now).startsAt.toISOString()).toBe('2026-12-03T17:00:00.000Z');
});

test('another time asks again, another place does not', () => {
	expect(asksAgain(meeting, { ...meeting })).toBe(false);
	expect(asksAgain(meeting, { ...meeting, startsAt: now })).toBe(true);
	expect(asksAgain(meeting, { ...meeting, endsAt: now })).toBe(true);
});

test('notes open an hour before, replies close at the end', () => {
	const minutesBefore = (n: number) => new Date(at.getTime() - n * 60_000);
	expect(possible(() => begun(meeting, minutesBefore(61)))).toBe(false);
	expect(possible(() => begun(meeting, minutesBefore(60)))).toBe(true);
	const stands = { ...meeting, ended: null };
	expect(possible(() => answerable(stands, at))).toBe(true);
	expect(possible(() => answerable(stands, meeting.endsAt))).toBe(false);
	expect(() => answerable({ ...meeting, ended: now }, at)).toThrow('cooperations.ended');
	expect(() => circulable(states.draft, { lines: 0, present: 0 })).toThrow('meetings.minutes-empty');
});

test('what the points take is compared with what the meeting lasts', () => {
	expect(fit([{ minutes: 30 }, { minutes: null }, { minutes: 80 }], 90)).toEqual({
		sum: 110,
		length: 90,
		unsaid: 1,
		over: 20,
		free: 0
	});
	expect(fit([], 90)).toMatchObject({ sum: 0, over: 0, free: 90 });
});

test('moving keeps every point; up then down gives the order back, except at the ends', () => {
	const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 9 });
	fc.assert(
		fc.property(ids, fc.nat(), (list, n) => {
			const at = n % list.length;
			const id = list[at]!;
			const up = moved(list, id, 'up');
			expect(up.toSorted()).toEqual(list.toSorted());
			expect(moved(up, id, 'down')).toEqual(at === 0 ? moved(list, id, 'down') : list);
			expect(moved(list, 'no such point', 'up')).toEqual(list);
		})
	);
});

test('replies are counted, silence too', () => {
	expect(tally([{ reply: 'yes' }, { reply: null }, { reply: 'yes' }, { reply: 'no' }])).toEqual({
		yes: 2,
		maybe: 0,
		no: 1,
		unsaid: 1
	});
});

test('what is written after the minutes were sent corrects them', () => {
	const later = new Date(at.getTime() + 1);
	expect(corrected({ replaces: null, writtenAt: at }, at)).toBeNull();
	expect(corrected({ replaces: null, writtenAt: later }, at)).toBe('added');
	expect(corrected({ replaces: 'x', writtenAt: later }, at)).toBe('revised');
	expect(corrected({ replaces: 'x', writtenAt: later }, null)).toBeNull();
});

test('a meeting overseas says whose time it is', () => {
	expect(whenSaid({ ...meeting, zone: 'Europe/Paris' }, now)).toBe('jeudi 3 décembre, 18\u00a0h\u00a030 à 20\u00a0h');
	expect(whenSaid({ ...meeting, zone: 'America/Cayenne' }, now)).toMatch(/14\u00a0h\u00a030 à 16\u00a0h \(heure de/);
});
