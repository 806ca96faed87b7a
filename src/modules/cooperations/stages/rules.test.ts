import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationIds, durationKinds, usualDurations } from '#content/stages/durations.ts';
import { plusDays } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';
import {
	checkMove,
	checkPause,
	durationKindOf,
	movable,
	monthsBetween,
	quietDays,
	stages,
	stallsOf,
	usualMonths,
	type Movable,
	type Stage,
	type StallFacts
} from './rules.ts';

const today = '2026-11-22';
const refusal = (run: () => void): string | null => {
	try {
		run();
		return null;
	} catch (problem) {
		return (problem as Refused).code;
	}
};

test.each<[Stage, string, Movable, string, string | null, string | null]>([
	['ideas', '2026-05-01', 'preparation', today, null, null],
	['ideas', '2026-05-01', 'preparation', '2026-05-01', null, null],
	['ideas', '2026-05-01', 'sustained', '2026-11-01', null, null],
	['ideas', '2026-05-01', 'ideas', today, null, 'cooperations.stage-same'],
	['ideas', '2026-05-01', 'preparation', '2026-11-23', null, 'cooperations.stage-in-future'],
	['ideas', '2026-05-01', 'preparation', '2026-04-30', null, 'cooperations.stage-before'],
	['action', '2026-05-01', 'ideas', today, null, 'cooperations.stage-back-why'],
	['action', '2026-05-01', 'ideas', today, 'La salle a brûlé.', null]
])('from %s (%s) to %s since %s, note %s: %s', (stage, began, to, since, note, code) => {
	expect(refusal(() => checkMove({ stage, since: began }, { stage: to, since, note }, today))).toBe(code);
});

test('a rest has a day, from today on, within two years', () => {
	expect(refusal(() => checkPause(today, today))).toBeNull();
	expect(refusal(() => checkPause('2028-11-22', today))).toBeNull();
	expect(refusal(() => checkPause('2026-11-21', today))).toBe('cooperations.pause-past');
	expect(refusal(() => checkPause('2028-11-30', today))).toBe('cooperations.pause-too-long');
});

test('usual durations: by kind of object, by form, else of a project; none for what lasts or has ended', () => {
	expect(stages.map((stage) => usualMonths(stage, 'project'))).toEqual([4, 3, 9, 12, 3, null, null]);
	expect(durationKindOf('film', ['joint-reflection'])).toBe('film');
	expect(durationKindOf(null, ['joint-reflection'])).toBe('reflection');
	expect(durationKindOf('nonsense', ['cooperation'])).toBe('project');
	const whole = (kind: keyof typeof usualDurations) => {
		const { acquaintance, ideas, preparation, action } = usualDurations[kind];
		return acquaintance + ideas + preparation + action;
	};
	expect(whole('film')).toBe(12);
	expect(whole('reflection')).toBe(24);
	expect(durationKinds.map(({ id }) => id)).toEqual([...durationIds]);
});

test('whole months between days', () => {
	expect(monthsBetween('2026-01-31', '2026-02-28')).toBe(0);
	expect(monthsBetween('2025-11-22', '2026-11-22')).toBe(12);
	expect(monthsBetween('2026-11-22', '2026-01-01')).toBe(0);
});

const calm: StallFacts = {
	stage: 'preparation',
	since: plusDays(today, -30),
	usualMonths: 9,
	paused: false,
	begunOn: plusDays(today, -200),
	lastMeetingOn: null,
	meetingToCome: true,
	lastLineOn: plusDays(today, -3),
	invitedOn: []
};
test.each<[string, Partial<StallFacts>, [string, string][]]>([
	['nothing stalls', {}, []],
	['an invitation waits', { invitedOn: [plusDays(today, -5), plusDays(today, -21)] }, [['unanswered', 'remind']]],
	['an invitation of last week is nothing', { invitedOn: [plusDays(today, -7)] }, []],
	['no meeting', { meetingToCome: false }, [['no-meeting', 'propose-dates']]],
	['a meeting lately', { meetingToCome: false, lastMeetingOn: plusDays(today, -10) }, []],
	['what lasts needs no meeting', { meetingToCome: false, stage: 'sustained', usualMonths: null }, []],
	['no line', { lastLineOn: plusDays(today, -quietDays['no-line']) }, [['no-line', 'write-news']]],
	['never a line', { lastLineOn: null }, [['no-line', 'write-news']]],
	['longer than usual', { since: '2026-02-22' }, [['beyond-usual', 'pause']]],
	['not yet longer', { since: '2026-02-23' }, []],
	['at rest', { paused: true, meetingToCome: false, lastLineOn: null }, []],
	['ended', { stage: 'ended', usualMonths: null, meetingToCome: false, lastLineOn: null }, []]
])('%s', (_, over, expected) => {
	expect(stallsOf({ ...calm, ...over }, today).map(({ reason, wayOut }) => [reason, wayOut])).toEqual(expected);
});

test('a stall lasts since a day that only news can move: tomorrow it is the same stall', () => {
	const days = fc.integer({ min: 0, max: 900 }).map((ago) => plusDays(today, -ago));
	fc.assert(
		fc.property(
			fc.record({
				stage: fc.constantFrom(...movable),
				since: days,
				usualMonths: fc.option(fc.integer({ min: 1, max: 24 })),
				paused: fc.constant(false),
				begunOn: fc.constant(plusDays(today, -900)),
				lastMeetingOn: fc.option(days),
				meetingToCome: fc.boolean(),
				lastLineOn: fc.option(days),
				invitedOn: fc.array(days, { maxLength: 3 })
			}),
			(facts) => {
				const tomorrow = stallsOf(facts, plusDays(today, 1)).map(({ reason, since }) => `${reason} ${since}`);
				for (const { reason, since } of stallsOf(facts, today)) expect(tomorrow).toContain(`${reason} ${since}`);
			}
		)
	);
});
