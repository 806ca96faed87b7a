import { Refused } from '#platform/errors.ts';

/** What a resource person does there: goes along with them, leads a moment, or looks on. */
export const postures = ['accompanies', 'animates', 'observes'] as const;
export type Posture = (typeof postures)[number];

/** For how long at most: whoever helps for longer has become a partner, or a hub. */
export const mostDays = 366;

/** From a day on, to a day that comes after, and not for ever. */
export function askable({ fromDay, toDay, today, days }: { fromDay: string; toDay: string; today: string; days: number }): void {
	if (toDay < fromDay || toDay < today) throw new Refused('resources.days-backwards', {}, 'toDay');
	if (days > mostDays) throw new Refused('resources.too-long', {}, 'toDay');
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
