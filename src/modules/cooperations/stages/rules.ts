import { durationKinds, usualDurations, type DurationKind } from '#content/stages/durations.ts';
import { daysBetween } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';

/** Where a cooperation is in its life, in the order in which most go through it. */
export const stages = ['acquaintance', 'ideas', 'preparation', 'action', 'evaluation', 'sustained', 'ended'] as const;
export type Stage = (typeof stages)[number];

/** The stages that somebody moves to: ending is an act of its own. */
export const movable = ['acquaintance', 'ideas', 'preparation', 'action', 'evaluation', 'sustained'] as const;
export type Movable = (typeof movable)[number];

/** Where a cooperation is as long as nobody said it. */
export const firstStage: Movable = 'ideas';

const isBack = (from: Stage, to: Stage): boolean => stages.indexOf(to) < stages.indexOf(from);

/** A move goes to another stage, at a day between that of the stage before and today; going back says why. */
export function checkMove(
	{ stage, since }: { stage: Stage; since: string },
	to: { stage: Movable; since: string; note: string | null },
	today: string
): void {
	if (to.stage === stage) throw new Refused('cooperations.stage-same', {}, 'stage');
	if (to.since > today) throw new Refused('cooperations.stage-in-future', {}, 'since');
	if (to.since < since) throw new Refused('cooperations.stage-before', { day: since.split('-').toReversed().join('/') }, 'since');
	if (isBack(stage, to.stage) && !to.note) throw new Refused('cooperations.stage-back-why', {}, 'note');
}

/** The longest rest: more than that is an end. */
const longestPause = 731;

/** A rest has a last day, from today on, within two years. */
export function checkPause(until: string, today: string): void {
	const days = daysBetween(today, until);
	if (days < 0) throw new Refused('cooperations.pause-past', {}, 'until');
	if (days > longestPause) throw new Refused('cooperations.pause-too-long', {}, 'until');
}

const isDurationKind = (text: string | null): text is DurationKind =>
	text !== null && durationKinds.some(({ id }) => id === text);

/** Whose usual durations a cooperation goes by: those of its object; a joint reflection has its own; else those of a project. */
export const durationKindOf = (objectKind: string | null, forms: readonly string[]): DurationKind =>
	isDurationKind(objectKind) ? objectKind : forms[0] === 'joint-reflection' ? 'reflection' : 'project';

/** How many months a stage usually lasts; null where it has no term. Usual, never a norm. */
export const usualMonths = (stage: Stage, kind: DurationKind): number | null =>
	stage === 'sustained' || stage === 'ended' ? null : usualDurations[kind][stage];

/** Whole months from a day to another, for the eye. */
export function monthsBetween(from: string, to: string): number {
	const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
	return Math.max(0, to.slice(8) < from.slice(8) ? months - 1 : months);
}

export type StallReason = 'unanswered' | 'no-meeting' | 'no-line' | 'beyond-usual';
export type WayOut = 'remind' | 'propose-dates' | 'write-news' | 'pause';

/** What a cooperation is stuck on, the day since when, and the one way out that is proposed. */
export type Stall = { reason: StallReason; since: string; wayOut: WayOut; days: number };

/** How many days of silence are nothing to speak of. */
export const quietDays = { unanswered: 21, 'no-meeting': 60, 'no-line': 45 } as const;

/** What is looked at to see whether a cooperation stalls. Days are those of its zone. */
export type StallFacts = {
	stage: Stage;
	/** The day on which the stage began. */
	since: string;
	usualMonths: number | null;
	paused: boolean;
	begunOn: string;
	lastMeetingOn: string | null;
	meetingToCome: boolean;
	lastLineOn: string | null;
	/** The days on which invitations that wait for an answer were sent. */
	invitedOn: readonly string[];
};

/**
 * What stalls, the most pressing first: an invitation without answer, no meeting to come, nothing written, a stage longer than
 * usual. A cooperation that rests or has ended is left in peace; one that lasts for good needs no meeting.
 */
export function stallsOf(facts: StallFacts, today: string): Stall[] {
	if (facts.paused || facts.stage === 'ended') return [];
	const stalls: Stall[] = [];
	const consider = (reason: StallReason, wayOut: WayOut, since: string, patience: number) => {
		const days = daysBetween(since, today);
		if (days >= patience) stalls.push({ reason, since, wayOut, days });
	};
	const latest = (...days: (string | null)[]) =>
		days.reduce<string>((last, day) => (day !== null && day > last ? day : last), facts.begunOn);
	const [oldest] = facts.invitedOn.toSorted();
	if (oldest) consider('unanswered', 'remind', oldest, quietDays.unanswered);
	if (!facts.meetingToCome && facts.stage !== 'sustained')
		consider('no-meeting', 'propose-dates', latest(facts.lastMeetingOn), quietDays['no-meeting']);
	consider('no-line', 'write-news', latest(facts.lastLineOn), quietDays['no-line']);
	if (facts.usualMonths !== null && monthsBetween(facts.since, today) >= facts.usualMonths)
		consider('beyond-usual', 'pause', facts.since, 0);
	return stalls;
}
