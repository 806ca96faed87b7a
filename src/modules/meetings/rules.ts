import { Refused } from '#platform/errors.ts';
import { instant, longDay, span, today, wall, zoneName } from '#platform/clock.ts';
import { m } from '#words';

export const replies = ['yes', 'maybe', 'no'] as const;
export type Reply = (typeof replies)[number];

export const presences = ['present', 'absent', 'excused', 'represented'] as const;
export type Presence = (typeof presences)[number];

/** What a point of the agenda expects of those who come. */
export const expectations = ['inform', 'discuss', 'decide'] as const;
export type Expected = (typeof expectations)[number];

export type Meeting = {
	startsAt: Date;
	endsAt: Date;
	sequence: number;
	cancelledAt: Date | null;
	minutesBegunAt: Date | null;
	circulatedAt: Date | null;
	adoptedAt: Date | null;
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** The meeting stands: a cancelled one is only read. */
export function standing({ cancelledAt }: Pick<Meeting, 'cancelledAt'>): void {
	if (cancelledAt) throw new Refused('meetings.cancelled');
}

/** When a meeting takes place: still to come, within three years, from 5 minutes to 24 hours long. */
export function takesPlace(
	{ day: on, time, minutes, zone }: { day: string; time: string; minutes: number; zone: string },
	now: Date
): { startsAt: Date; endsAt: Date } {
	const startsAt = instant(on, time, zone);
	if (startsAt <= now) throw new Refused('meetings.in-the-past', {}, 'day');
	if (startsAt.getTime() > now.getTime() + 3 * 366 * day) throw new Refused('meetings.too-far', {}, 'day');
	return { startsAt, endsAt: endOf(startsAt, minutes) };
}

/** The end of a meeting of that length. */
export function endOf(startsAt: Date, minutes: number): Date {
	if (!Number.isInteger(minutes) || minutes < 5 || minutes > 24 * 60) throw new Refused('meetings.length-unreal', {}, 'minutes');
	return new Date(startsAt.getTime() + minutes * minute);
}

export const lengthOf = ({ startsAt, endsAt }: Pick<Meeting, 'startsAt' | 'endsAt'>): number =>
	Math.round((endsAt.getTime() - startsAt.getTime()) / minute);

/** A change of date or length makes every reply worthless; a change of place or title keeps them. */
export const asksAgain = (before: Pick<Meeting, 'startsAt' | 'endsAt'>, after: Pick<Meeting, 'startsAt' | 'endsAt'>): boolean =>
	before.startsAt.getTime() !== after.startsAt.getTime() || before.endsAt.getTime() !== after.endsAt.getTime();

/** A meeting is changed or cancelled until its minutes are begun: what took place is no longer moved. */
export function movable(meeting: Pick<Meeting, 'cancelledAt' | 'minutesBegunAt'>): void {
	standing(meeting);
	if (meeting.minutesBegunAt) throw new Refused('meetings.minutes-begun');
}

/** A reply counts until the meeting is over, or the cooperation ends. */
export function answerable(meeting: Pick<Meeting, 'cancelledAt' | 'endsAt'> & { ended: Date | null }, now: Date): void {
	standing(meeting);
	if (meeting.ended) throw new Refused('cooperations.ended');
	if (meeting.endsAt <= now) throw new Refused('meetings.over');
}

/** Where the minutes stand. */
export type MinutesState = 'none' | 'draft' | 'circulated' | 'adopted';
export const minutesState = ({
	minutesBegunAt,
	circulatedAt,
	adoptedAt
}: Pick<Meeting, 'minutesBegunAt' | 'circulatedAt' | 'adoptedAt'>): MinutesState =>
	adoptedAt ? 'adopted' : circulatedAt ? 'circulated' : minutesBegunAt ? 'draft' : 'none';

/** Notes are taken from one hour before the meeting begins; before that there is only the agenda. */
export function begun({ startsAt }: Pick<Meeting, 'startsAt'>, now: Date): void {
	if (now.getTime() < startsAt.getTime() - 60 * minute) throw new Refused('meetings.not-begun');
}

/** Agenda and presences are written until the minutes are circulated; then only lines correct them. */
export function editable(meeting: Pick<Meeting, 'cancelledAt' | 'circulatedAt'>): void {
	standing(meeting);
	if (meeting.circulatedAt) throw new Refused('meetings.circulated');
}

/** Lines are added until the minutes are adopted; those that come after circulation are corrections, and show as such. */
export function minutable(meeting: Pick<Meeting, 'cancelledAt' | 'adoptedAt'>): void {
	standing(meeting);
	if (meeting.adoptedAt) throw new Refused('meetings.adopted');
}

/** Minutes are circulated once, when something is written in them. */
export function circulable(
	meeting: Pick<Meeting, 'cancelledAt' | 'minutesBegunAt' | 'circulatedAt'>,
	{ lines, present }: { lines: number; present: number }
): void {
	standing(meeting);
	if (meeting.circulatedAt) throw new Refused('meetings.already-circulated');
	if (!meeting.minutesBegunAt || (lines === 0 && present === 0)) throw new Refused('meetings.minutes-empty');
}

/** Minutes are adopted once, after everyone could read them. */
export function adoptable(meeting: Pick<Meeting, 'cancelledAt' | 'circulatedAt' | 'adoptedAt'>): void {
	standing(meeting);
	if (!meeting.circulatedAt) throw new Refused('meetings.not-circulated');
	if (meeting.adoptedAt) throw new Refused('meetings.already-adopted');
}

/** What the points of the agenda take, against what the meeting lasts; points without a length are counted apart. */
export function fit(
	points: { minutes: number | null }[],
	length: number
): { sum: number; length: number; unsaid: number; over: number; free: number } {
	const sum = points.reduce((total, one) => total + (one.minutes ?? 0), 0);
	return {
		sum,
		length,
		unsaid: points.filter((one) => one.minutes === null).length,
		over: Math.max(0, sum - length),
		free: Math.max(0, length - sum)
	};
}

/** A point goes up or down one place; the first can't go up, nor the last down. */
export function moved(ids: string[], id: string, direction: 'up' | 'down'): string[] {
	const from = ids.indexOf(id);
	const to = from + (direction === 'up' ? -1 : 1);
	if (from < 0 || to < 0 || to >= ids.length) return ids;
	const next = [...ids];
	[next[from], next[to]] = [next[to]!, next[from]!];
	return next;
}

/** How many come, may come, don't come, haven't said. */
export function tally(participants: { reply: Reply | null }[]): Record<Reply | 'unsaid', number> {
	const counts = { yes: 0, maybe: 0, no: 0, unsaid: 0 };
	for (const { reply } of participants) counts[reply ?? 'unsaid']++;
	return counts;
}

/** « jeudi 21 janvier, 18 h 30 à 20 h », with the zone's name where it isn't that of metropolitan France. */
export const whenSaid = (
	{ startsAt, endsAt, zone }: Pick<Meeting, 'startsAt' | 'endsAt'> & { zone: string },
	now: Date
): string =>
	m.meetings_when({
		day: longDay(wall(startsAt, zone).day, today(now, zone)),
		span: span(startsAt, endsAt, zone),
		zone: zone === 'Europe/Paris' ? '' : ` (${zoneName(zone)})`
	});

/** A reply as calendars say it (RFC 5545, 3.2.12). */
export const partstat = (reply: Reply | null) =>
	reply === 'yes' ? 'accepted' : reply === 'no' ? 'declined' : reply === 'maybe' ? 'tentative' : 'needs-action';

/** Whether a rule would not refuse: what a page needs to know before it shows a button. */
export function possible(rule: () => void): boolean {
	try {
		rule();
		return true;
	} catch (problem) {
		if (problem instanceof Refused) return false;
		throw problem;
	}
}

/** A line written after the minutes were sent corrects them: a new one, or an old one worded anew. */
export const corrected = (
	line: { replaces: string | null; writtenAt: Date },
	circulatedAt: Date | null
): 'added' | 'revised' | null =>
	circulatedAt === null || line.writtenAt <= circulatedAt ? null : line.replaces === null ? 'added' : 'revised';
