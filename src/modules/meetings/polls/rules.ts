import { daysBetween, endOfDay, hour, instant, isDay, isTime, longDay, plusDays, span, today } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';

export const answers = ['yes', 'maybe', 'no'] as const;
export type Answer = (typeof answers)[number];

/** How long a meeting may be said to last, in minutes. */
export const lengths = ['30', '45', '60', '90', '120', '150', '180', '240', '360', '480'] as const;

export const maxSlots = 40;
export const maxInvitees = 200;

/** One row of the form, as typed. */
export type Row = { date: string; time: string };

/** What was left empty in a row is the same as above; a row with nothing in it counts for nothing. */
export function filledIn(rows: Row[]): Row[] {
	const filled: Row[] = [];
	for (const row of rows) {
		if (!row.date && !row.time) continue;
		const above = filled.at(-1);
		filled.push({ date: row.date || above?.date || '', time: row.time || above?.time || '' });
	}
	return filled;
}

/** Copies the last row onto the following days (`every` 1) or weeks (`every` 7), as many times as asked. */
export function copied(rows: Row[], { every, times }: { every: number; times: number }): Row[] {
	const filled = filledIn(rows);
	const last = filled.at(-1);
	if (!last || !isDay(last.date)) return filled;
	const copies = Array.from({ length: Math.max(0, Math.min(times, maxSlots - filled.length)) }, (_, i) => ({
		date: plusDays(last.date, every * (i + 1)),
		time: last.time
	}));
	return [...filled, ...copies];
}

/** « mardi 24 novembre, 18 h 30 »: a date as it was written. */
const written = ({ date, time }: Row, now: string): string => `${longDay(date, now)}, ${hour(time)}`;

/** The dates that a poll offers, in order of time; what cannot be offered is refused in words. */
export function slotsFrom(rows: Row[], { zone, now }: { zone: string; now: Date }): Date[] {
	const refuse = (code: string, details: Record<string, string | number> = {}): never => {
		throw new Refused(`meetings.poll-slot-${code}`, details, 'slots');
	};
	const filled = filledIn(rows);
	if (!filled.length) refuse('none');
	if (filled.length > maxSlots) refuse('too-many', { max: maxSlots });
	const here = today(now, zone);
	const seen = new Map<number, Row>();
	for (const row of filled) {
		if (!row.date) refuse('without-day', { time: row.time });
		if (!isDay(row.date)) refuse('unreal', { date: row.date.slice(0, 20) });
		if (!row.time) refuse('without-time', { date: longDay(row.date, here) });
		if (!isTime(row.time)) refuse('unreal', { date: row.time.slice(0, 20) });
		if (daysBetween(here, row.date) > 730) refuse('far', { date: written(row, here) });
		const startsAt = instant(row.date, row.time, zone);
		if (startsAt <= now) refuse('past', { date: written(row, here) });
		if (seen.has(startsAt.getTime())) refuse('twice', { date: written(row, here) });
		seen.set(startsAt.getTime(), row);
	}
	return [...seen.keys()].toSorted((a, b) => a - b).map((at) => new Date(at));
}

/** The day by which people answer: as asked, or the eve of the first date, within a week. Never after the first date. */
export function deadlineFor(asked: string | null, slots: Date[], { zone, now }: { zone: string; now: Date }): string {
	const here = today(now, zone);
	const first = today(slots[0]!, zone);
	if (asked === null) {
		const eve = plusDays(first, -1);
		const week = plusDays(here, 7);
		const chosen = eve < week ? eve : week;
		return chosen < here ? here : chosen;
	}
	if (asked < here) throw new Refused('meetings.poll-deadline-past', {}, 'deadline');
	if (asked > first) throw new Refused('meetings.poll-deadline-late', { date: longDay(first, here) }, 'deadline');
	return asked;
}

/** When those who said nothing are reminded: two days before the end, and never before half of the time has gone. */
export function remindAt(openedAt: Date, closesAt: Date): Date {
	const half = (openedAt.getTime() + closesAt.getTime()) / 2;
	return new Date(Math.max(half, closesAt.getTime() - 48 * 3_600_000));
}

/** « La réunion de calage » stands in a question: « Quelle date pour la réunion de calage ? » */
export const asAsked = (title: string): string =>
	/^(l[ae]|les|un|une|notre|nos)\s|^[ld]’/i.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title;

/** The same as the title of a meeting: « La réunion de calage ». */
export const asTitle = (title: string): string => title[0]!.toUpperCase() + title.slice(1);

/** « Odile Marchand » → « Odile M. »: what people who have only a link see of each other. */
export function shortName(name: string): string {
	const [first, second] = name.trim().split(/\s+/);
	const letter = second?.match(/\p{L}/u)?.[0];
	return letter ? `${first} ${letter.toUpperCase()}.` : (first ?? name);
}

const address = /[^\s<>,;"'()]+@[^\s<>,;"'()]+\.[^\s<>,;"'()]+/;

/** People written one a line, with an address: « Fatou Diop, fatou@exemple.fr, Fil et Lumière ». */
export function guestsIn(text: string): { name: string; email: string; organisation: string | null }[] {
	const seen = new Set<string>();
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean)
		.map((line) => {
			const email = address.exec(line)?.[0];
			if (!email || email.length > 254)
				throw new Refused('meetings.poll-guest-without-address', { line: line.slice(0, 60) }, 'guests');
			const [before = '', after = ''] = line.split(email);
			const parts = [...before.split(/[,;]/), ...after.split(/[,;]/)]
				.map((one) => one.replace(/[<>"()]/g, '').trim())
				.filter(Boolean);
			return {
				name: (parts[0] ?? email.split('@')[0]!).slice(0, 120),
				email: email.toLowerCase(),
				organisation: parts[1]?.slice(0, 250) ?? null
			};
		})
		.filter(({ email }) => !seen.has(email) && seen.add(email));
}

/** One invitee's answers, by date; `organisationId` when it speaks for an accepted partner, `commits` when it may commit it. */
export type Voice = { organisationId: string | null; commits: boolean; answers: Record<string, Answer> };

/** How a date does: how many people, which partners, and which of those have somebody who can decide. */
export type Standing = {
	slotId: string;
	startsAt: Date;
	yes: number;
	maybe: number;
	no: number;
	/** Partners of whom somebody comes; comes if need be; nobody comes or nobody said. */
	partners: { yes: string[]; maybe: string[]; missing: string[] };
	/** Partners of whom somebody who may commit comes; comes if need be. */
	deciders: { yes: string[]; maybe: string[] };
};

const worth = { yes: 2, maybe: 1, no: 0 };
const best = (said: (Answer | undefined)[]): Answer => (said.includes('yes') ? 'yes' : said.includes('maybe') ? 'maybe' : 'no');

const weight = ({ yes, maybe, partners, deciders }: Standing): number[] => [
	partners.yes.length * worth.yes + partners.maybe.length * worth.maybe,
	deciders.yes.length * worth.yes + deciders.maybe.length * worth.maybe,
	yes * worth.yes + maybe * worth.maybe
];

/** Negative when the first is the better date: more partners, then more who can decide, then more people, then sooner. */
export function compare(a: Standing, b: Standing): number {
	const [of, against] = [weight(a), weight(b)];
	for (const [i, mine] of of.entries()) if (mine !== against[i]) return against[i]! - mine;
	return a.startsAt.getTime() - b.startsAt.getTime();
}

/** The dates, the best first. A partner comes when one of its people does; « si besoin » counts for half of a yes. */
export function rank(slots: { id: string; startsAt: Date }[], voices: Voice[], partners: string[]): Standing[] {
	return slots
		.map(({ id, startsAt }) => {
			const of = (some: Voice[]) => best(some.map(({ answers: said }) => said[id]));
			const sorted = (some: (voice: Voice) => boolean, answer: Answer) =>
				partners.filter((one) => of(voices.filter((voice) => voice.organisationId === one && some(voice))) === answer);
			const count = (answer: Answer) => voices.filter(({ answers: said }) => said[id] === answer).length;
			const all = () => true;
			const deciding = ({ commits }: Voice) => commits;
			return {
				slotId: id,
				startsAt,
				yes: count('yes'),
				maybe: count('maybe'),
				no: count('no'),
				partners: { yes: sorted(all, 'yes'), maybe: sorted(all, 'maybe'), missing: sorted(all, 'no') },
				deciders: { yes: sorted(deciding, 'yes'), maybe: sorted(deciding, 'maybe') }
			};
		})
		.toSorted(compare);
}

/** Why a date stands where it does, each reason as the code of a sentence. `names` says partners' names. */
export function reasonsOf(
	{ yes, maybe, partners, deciders }: Standing,
	names: (id: string) => string
): { code: string; details: Record<string, string | number> }[] {
	const of = partners.yes.length + partners.maybe.length + partners.missing.length;
	const list = (ids: string[]) => ids.map(names).join(', ');
	const reasons: { code: string; details: Record<string, string | number> }[] = [];
	const say = (code: string, details: Record<string, string | number> = {}) =>
		reasons.push({ code: `meetings.poll-reason-${code}`, details });
	if (of < 2) {
		if (yes) say('people', { n: yes });
		if (maybe) say('people-maybe', { n: maybe });
		return reasons;
	}
	if (deciders.yes.length === of) say('deciders');
	if (partners.yes.length === of) say('all', { n: of });
	else if (partners.yes.length) say('some', { n: partners.yes.length, of });
	if (partners.maybe.length) say('maybe', { names: list(partners.maybe) });
	if (partners.missing.length && partners.missing.length < of) say('without', { names: list(partners.missing) });
	const undecided = partners.yes.filter((one) => !deciders.yes.includes(one));
	if (undecided.length && partners.yes.length > 0) say('no-decider', { names: list(undecided) });
	if (yes) say('people', { n: yes });
	return reasons;
}

/** What became of a poll. */
export type State = 'open' | 'chosen' | 'cancelled';
export const stateOf = (
	{ closedAt, chosen }: { closedAt: Date | null; chosen: string | null },
	ended: Date | null = null
): State => (closedAt === null && ended === null ? 'open' : chosen === null ? 'cancelled' : 'chosen');

/** A date of the poll as people read it: the day, and from when to when. */
export function said(startsAt: Date, minutes: number, zone: string, now: Date): { day: string; hours: string } {
	return {
		day: longDay(today(startsAt, zone), today(now, zone)),
		hours: span(startsAt, new Date(startsAt.getTime() + minutes * 60_000), zone)
	};
}

/** Answers are taken until somebody closes the poll; after the deadline too, since nothing has been chosen yet. */
export function answerable(
	poll: { closedAt: Date | null; chosen: string | null; minutes: number; zone: string },
	chosenAt: Date | null,
	now: Date
): void {
	if (poll.closedAt === null) return;
	if (!chosenAt) throw new Refused('meetings.poll-cancelled-meanwhile');
	const { day, hours } = said(chosenAt, poll.minutes, poll.zone, now);
	throw new Refused('meetings.poll-closed-meanwhile', { date: `${day}, ${hours}` });
}

/** By telephone one notes what somebody could not say: what they answered themselves is theirs to change. */
export function notable(reply: { evidence: string } | undefined, name: string): void {
	if (reply && reply.evidence !== 'telephone') throw new Refused('meetings.poll-answered-themselves', { name }, 'inviteeId');
}

/** Only a date that has not gone by can be chosen. */
export function choosable(startsAt: Date, now: Date): void {
	if (startsAt <= now) throw new Refused('meetings.poll-chosen-past');
}

/** « Répondre avant jeudi soir »: how the deadline is said, near or far. */
export function deadlineSaid(deadline: string, zone: string, now: Date): { code: string; details: Record<string, string> } {
	const here = today(now, zone);
	const days = daysBetween(here, deadline);
	if (days < 0) return { code: 'meetings.poll-deadline-gone', details: {} };
	if (days === 0) return { code: 'meetings.poll-deadline-today', details: {} };
	const day = longDay(deadline, here);
	return days < 7
		? { code: 'meetings.poll-deadline-soon', details: { day: day.split(' ')[0]! } }
		: { code: 'meetings.poll-deadline-on', details: { day } };
}

/** The end of the deadline's day, in the poll's zone. */
export const closing = (deadline: string, zone: string): Date => endOfDay(deadline, zone);
