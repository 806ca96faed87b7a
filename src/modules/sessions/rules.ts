import { daysBetween, instant, longDay, span, today, wall, zoneName } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';
import { m } from '#words';

export const whose = ['volunteers', 'employees', 'supplier'] as const;
export type Whose = (typeof whose)[number];

/** The facts by which it is known where a session stands. */
export type Times = {
	startsAt: Date;
	endsAt: Date;
	cancelledAt: Date | null;
	notedAt: Date | null;
	movedAt: Date | null;
};

export const states = ['coming', 'unnoted', 'held', 'cancelled'] as const;
export type State = (typeof states)[number];

/** Where a session stands: it is to come, waits for its figures, was held, or was cancelled. */
export const stateOf = (
	{ startsAt, cancelledAt, notedAt }: Pick<Times, 'startsAt' | 'cancelledAt' | 'notedAt'>,
	now: Date
): State => (cancelledAt ? 'cancelled' : notedAt ? 'held' : startsAt > now ? 'coming' : 'unnoted');

/** Nothing takes place before its cooperation began, nor in ten years' time. */
export function takesPlace(
	{ day, time, minutes, zone }: { day: string; time: string; minutes: number; zone: string },
	{ begunAt, now }: { begunAt: Date; now: Date }
): { startsAt: Date; endsAt: Date } {
	const begun = today(begunAt, zone);
	if (day < begun) throw new Refused('sessions.before-cooperation', { day: longDay(begun, today(now, zone)) }, 'day');
	if (daysBetween(today(now, zone), day) > 3 * 366) throw new Refused('sessions.too-far', {}, 'day');
	const startsAt = instant(day, time, zone);
	return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) };
}

/** A session that was held or cancelled stays as it is. */
export function changeable({ cancelledAt, notedAt }: Pick<Times, 'cancelledAt' | 'notedAt'>): void {
	if (cancelledAt) throw new Refused('sessions.is-cancelled');
	if (notedAt) throw new Refused('sessions.is-held');
}

/** Figures are of what took place: neither of what was cancelled nor of what is to come. */
export function notable(
	{ cancelledAt, startsAt, zone }: Pick<Times, 'cancelledAt' | 'startsAt'> & { zone: string },
	now: Date
): void {
	if (cancelledAt) throw new Refused('sessions.is-cancelled');
	if (startsAt > now)
		throw new Refused('sessions.not-yet', { day: longDay(wall(startsAt, zone).day, today(now, zone)) }, 'people');
}

/** Somebody can be of two audiences, so their sum says nothing; but none of them is larger than all who came. */
export function countable(people: number, audiences: readonly { name: string; people: number }[]): void {
	const above = audiences.find((one) => one.people > people);
	if (above) throw new Refused('sessions.audience-above-total', { name: above.name, n: above.people, people }, 'people');
}

/** « 2 h 30 », « 2h », « 90 min », « 2,5 », « 2:30 » in minutes; null for what is no duration or more than 10 000 hours. */
export function minutesOf(typed: string): number | null {
	const text = typed.replace(/[\s\u00a0\u202f]/g, '').toLowerCase();
	const minutes = (() => {
		const clock = /^(\d{1,5})(?:h|heures?|:)(\d{1,2})?(?:min|mn|m)?$/.exec(text);
		if (clock) return Number(clock[2] ?? 0) < 60 ? Number(clock[1]) * 60 + Number(clock[2] ?? 0) : null;
		const only = /^(\d{1,6})(?:min|mn|minutes?)$/.exec(text);
		if (only) return Number(only[1]);
		const decimal = /^(\d{1,5})(?:[.,](\d{1,2}))?(?:h|heures?)?$/.exec(text);
		// hundredths of an hour, counted in whole numbers
		return decimal ? Math.round((Number(decimal[1]) * 100 + Number((decimal[2] ?? '').padEnd(2, '0'))) * 0.6) : null;
	})();
	return minutes !== null && minutes <= 600_000 ? minutes : null;
}

/** « jeudi 21 janvier, 18 h 30 à 20 h », with the zone's name where it isn't that of metropolitan France. */
export const whenSaid = ({ startsAt, endsAt, zone }: Pick<Times, 'startsAt' | 'endsAt'> & { zone: string }, now: Date): string =>
	m.sessions_when({
		day: longDay(wall(startsAt, zone).day, today(now, zone)),
		span: span(startsAt, endsAt, zone),
		zone: zone === 'Europe/Paris' ? '' : ` (${zoneName(zone)})`
	});
