import { Refused } from '#platform/errors.ts';
import type { Posture } from '#modules/resources/rules.ts';

/** For how long at most: whoever helps for longer has become a partner, or a hub. */
export const mostDays = 366;

/** As what somebody helps a cooperation today, and whether they prepare its meetings. */
export type Help = { posture: Posture; prepares: boolean };

/** From a day on, to a day that comes after, and not for ever. */
export function askable({ fromDay, toDay, today, days }: { fromDay: string; toDay: string; today: string; days: number }): void {
	if (toDay < fromDay || toDay < today) throw new Refused('resources.days-backwards', {}, 'toDay');
	if (days > mostDays) throw new Refused('resources.too-long', {}, 'toDay');
}

/** Only who leads meetings prepares them: whoever accompanies or observes reads, and writes nothing. */
export function preparable(posture: string): void {
	if (posture !== 'animates') throw new Refused('resources.does-not-lead', {}, 'prepares');
}

/** Where an ask stands on a day. */
export type Standing = 'asked' | 'declined' | 'coming' | 'there' | 'over';
export function standingOf(
	{ answer, endedAt, fromDay, toDay }: { answer: string | null; endedAt: Date | null; fromDay: string; toDay: string },
	today: string
): Standing {
	if (endedAt || toDay < today) return 'over';
	if (answer === 'no') return 'declined';
	if (answer === null) return 'asked';
	return fromDay > today ? 'coming' : 'there';
}
