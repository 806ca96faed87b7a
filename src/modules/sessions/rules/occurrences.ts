import { daysBetween, isDay, plusDays } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';

export const rhythms = ['weekly', 'fortnightly', 'monthly'] as const;
export type Rhythm = (typeof rhythms)[number];

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** When something comes back: on these days of the week (1 is Monday), from a day to a day, both included. */
export type Pattern = { rhythm: Rhythm; weekdays: readonly number[]; startsOn: string; endsOn: string };

/** A time when nothing takes place: holidays, what a partner wrote as impossible. Both ends count. */
export type Closed = { startsOn: string; endsOn: string };

/** A year and a half of a weekly workshop: more is another series, written when that time comes. */
export const occurrencesAtMost = 120;
const daysAtMost = 3 * 366;

// 0 is Monday: 1 January 2001 was one.
const weekdayOf = (day: string): number => ((daysBetween('2001-01-01', day) % 7) + 7) % 7;
const isoWeekday = (day: string): number => weekdayOf(day) + 1;

const mondayOf = (day: string): string => plusDays(day, -weekdayOf(day));

/** Which one of its month a day is, among the same days of the week: the first, the second… the fifth counts as the last. */
const rankOf = (day: string): number => Math.ceil(Number(day.slice(8)) / 7);
const isLast = (day: string): boolean => plusDays(day, 7).slice(0, 7) !== day.slice(0, 7);

/** The days of a series, in order, and those that were left out because nothing takes place then. */
export function occurrences(pattern: Pattern, closed: readonly Closed[] = []): { days: string[]; leftOut: string[] } {
	const { rhythm, startsOn, endsOn } = pattern;
	if (!isDay(startsOn) || !isDay(endsOn)) throw new RangeError(`not days: ${startsOn}, ${endsOn}`);
	if (endsOn < startsOn) throw new Refused('sessions.series-ends-before', {}, 'endsOn');
	if (!pattern.weekdays.length) throw new Refused('sessions.series-weekdays-missing', {}, 'weekdays');
	if (daysBetween(startsOn, endsOn) > daysAtMost)
		throw new Refused('sessions.series-too-long', { max: occurrencesAtMost }, 'endsOn');
	const first = mondayOf(startsOn);
	const rank = rankOf(startsOn);
	const due = (day: string): boolean => {
		if (!pattern.weekdays.includes(isoWeekday(day))) return false;
		if (rhythm === 'weekly') return true;
		if (rhythm === 'fortnightly') return (daysBetween(first, mondayOf(day)) / 7) % 2 === 0;
		return rank === 5 ? isLast(day) : rankOf(day) === rank;
	};
	const days: string[] = [];
	const leftOut: string[] = [];
	for (let day = startsOn; day <= endsOn; day = plusDays(day, 1)) {
		if (!due(day)) continue;
		(closed.some((period) => period.startsOn <= day && day <= period.endsOn) ? leftOut : days).push(day);
	}
	if (days.length > occurrencesAtMost) throw new Refused('sessions.series-too-long', { max: occurrencesAtMost }, 'endsOn');
	if (!days.length) throw new Refused('sessions.series-empty', {}, 'endsOn');
	return { days, leftOut };
}
