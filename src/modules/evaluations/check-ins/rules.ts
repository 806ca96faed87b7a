import { dimensionKeys, reviewKeys, type DimensionKey, type ReviewKey } from '#content/dimensions/dimension.ts';
import { dimensions } from '#content/dimensions/grid.ts';
import { vigilance } from '#content/dimensions/vigilance.ts';
import type { Vigilance } from '#content/dimensions/dimension.ts';
import { daysBetween, endOfDay, instant, plusDays, today } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';

/** What an organisation says of a dimension. */
export const weights = ['weighs', 'neither', 'lifts', 'unknown'] as const;
export type Weight = (typeof weights)[number];

/** What it says to one of the four questions. */
export const verdicts = ['yes', 'no', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

export type Subject = DimensionKey | ReviewKey;
export const subjects: readonly Subject[] = [...dimensionKeys, ...reviewKeys];

/** What is said of one subject; both may be left out, and then nothing is kept. */
export type Mark = { said: Weight | Verdict | null; sentence: string | null };
export type Marks = Partial<Record<Subject, Mark>>;

/** How it is known what an organisation answers. */
export const noted = ['paper', 'telephone'] as const;
export type Noted = (typeof noted)[number];
export type Evidence = 'direct' | 'link' | Noted;

export const rhythms = ['quarter', 'never'] as const;
export type Rhythm = (typeof rhythms)[number];

export const usualDays = 21;
const mostDays = 183;
const day = 86_400_000;

/** Until when organisations answer: the end of that day there; three weeks unless somebody says otherwise. */
export function closing(asked: string | null, zone: string, now: Date): { closesOn: string; closesAt: Date; remindAt: Date } {
	const here = today(now, zone);
	const closesOn = asked ?? plusDays(here, usualDays);
	const days = daysBetween(here, closesOn);
	if (days < 0) throw new Refused('evaluations.point-date-past', {}, 'closesOn');
	if (days > mostDays) throw new Refused('evaluations.point-date-far', {}, 'closesOn');
	const closesAt = endOfDay(closesOn, zone);
	// Three days before the end, in the morning; halfway when there is less time than that.
	const morning = instant(plusDays(closesOn, -3), '08:00', zone);
	const remindAt = morning > now ? morning : new Date((now.getTime() + closesAt.getTime()) / 2);
	return { closesOn, closesAt, remindAt };
}

/** A quarter has passed: thirteen weeks since the last one, or since the partners agreed to it. */
export const isDue = (since: Date, now: Date): boolean => now.getTime() - since.getTime() >= 91 * day;

export type Asked = { organisationId: string; carries: boolean; there: boolean; answered: boolean };

/** Those whose answer the others wait for: they carry the cooperation, they are still there, and they have not answered. */
export const awaited = <A extends Asked>(asked: A[]): A[] => asked.filter((one) => one.carries && one.there && !one.answered);

/** Partners read the answers together: once all that carry have answered, or once the day has passed. Never earlier. */
export const isShown = (checkIn: { shownAt: Date | null; closesAt: Date }, asked: Asked[], now: Date): boolean =>
	checkIn.shownAt !== null ||
	checkIn.closesAt < now ||
	(asked.some((one) => one.carries && one.there && one.answered) && awaited(asked).length === 0);

/** Whether it still takes answers. */
export const isOpen = (checkIn: { closedAt: Date | null; closesAt: Date }, now: Date): boolean =>
	checkIn.closedAt === null && checkIn.closesAt >= now;

/** Answers are taken until the day that was said, and not after. */
export function answerable(checkIn: { closedAt: Date | null; closesAt: Date }, now: Date): void {
	if (!isOpen(checkIn, now)) throw new Refused('evaluations.point-closed');
}

/** What an organisation said itself, nobody notes over. */
export function notable(answer: { evidence: string } | null, name: string): void {
	if (answer && !(noted as readonly string[]).includes(answer.evidence))
		throw new Refused('evaluations.point-answered-itself', { name }, 'organisationId');
}

const tidyMark = (mark: Mark | undefined): Mark => ({ said: mark?.said ?? null, sentence: mark?.sentence ?? null });

/** The subjects on which two answers differ. */
export const differing = (one: Marks, other: Marks): Subject[] =>
	subjects.filter((subject) => {
		const [a, b] = [tidyMark(one[subject]), tidyMark(other[subject])];
		return a.said !== b.said || a.sentence !== b.sentence;
	});

// --- what the answers say together

const value = { weighs: -1, neither: 0, lifts: 1 } as const;
type Place = keyof typeof value;
const isPlace = (said: string | null | undefined): said is Place =>
	said !== null && said !== undefined && Object.hasOwn(value, said);

/**
 * How far apart organisations are on a dimension, from 0 (they say the same) to 1 (half say that it weighs, half that it lifts):
 * the mean distance between two answers drawn among all. Those who don't know are left out.
 */
export function spread(said: readonly (string | null)[]): number {
	const values = said.filter(isPlace).map((one) => value[one]);
	if (!values.length) return 0;
	let sum = 0;
	for (const a of values) for (const b of values) sum += Math.abs(a - b);
	return sum / values.length ** 2;
}

/** The mean of what is known, from -1 (weighs) to 1 (lifts); null when nobody knows. */
export function mean(said: readonly (string | null)[]): number | null {
	const values = said.filter(isPlace).map((one) => value[one]);
	return values.length ? values.reduce<number>((sum, one) => sum + one, 0) / values.length : null;
}

/** The place in the middle of what is known, the heavier one when two are. */
export function median(said: readonly (string | null)[]): Place | null {
	const places = said.filter(isPlace).toSorted((a, b) => value[a] - value[b]);
	return places[Math.floor((places.length - 1) / 2)] ?? null;
}

export type Opinion = 'split' | 'apart' | 'agreed' | 'weighs' | 'weighs-mostly' | 'few';

/** Where opinions stand on a dimension, in one word. One answer alone compares with nothing. */
export function opinionOf(said: readonly (string | null)[]): Opinion {
	const known = said.filter(isPlace);
	if (known.length < 2) return 'few';
	const weighing = known.filter((one) => one === 'weighs').length;
	if (weighing === known.length) return 'weighs';
	if (!known.includes('lifts') && weighing / known.length >= 0.75) return 'weighs-mostly';
	const apart = spread(known);
	if (apart >= 0.4 && weighing && known.includes('lifts')) return 'split';
	return apart >= 0.25 ? 'apart' : 'agreed';
}

export type Change = 'heavier' | 'lighter' | 'stable';

/** How a dimension moved since the last time; null when one of the two says nothing. */
function changeOf(before: number | null, now: number | null): Change | null {
	if (before === null || now === null) return null;
	return now - before >= 0.25 ? 'lighter' : before - now >= 0.25 ? 'heavier' : 'stable';
}

export type Row = {
	key: DimensionKey;
	said: { organisationId: string; said: Weight | null; sentence: string | null }[];
	spread: number;
	mean: number | null;
	median: Place | null;
	opinion: Opinion;
	before: Place | null;
	change: Change | null;
};

export type Given = { organisationId: string; marks: Marks };

const weightOf = (mark: Mark | undefined): Weight | null =>
	(weights as readonly (string | null)[]).includes(mark?.said ?? null) ? ((mark?.said ?? null) as Weight | null) : null;

/** The twelve dimensions, from what divides partners most to what they agree on; what weighs comes first where it is as divided. */
export function rowsOf(answers: Given[], previous: Given[] = []): Row[] {
	const rows = dimensions.map(({ id }): Row => {
		const said = answers.map(({ organisationId, marks }) => ({
			organisationId,
			said: weightOf(marks[id]),
			sentence: marks[id]?.sentence ?? null
		}));
		const words = said.map((one) => one.said);
		const past = previous.map(({ marks }) => weightOf(marks[id]));
		return {
			key: id,
			said,
			spread: spread(words),
			mean: mean(words),
			median: median(words),
			opinion: opinionOf(words),
			before: median(past),
			change: changeOf(mean(past), mean(words))
		};
	});
	return rows.toSorted((a, b) => b.spread - a.spread || (a.mean ?? 2) - (b.mean ?? 2));
}

/** What deserves talking about first: what divides, then what weighs on all; three at most. */
export const toTalkAbout = (rows: Row[]): Row[] => {
	const heavy = (row: Row) => row.opinion === 'weighs' || row.opinion === 'weighs-mostly';
	const order = (row: Row) => (row.opinion === 'split' ? 0 : heavy(row) ? 1 : row.opinion === 'apart' ? 2 : 3);
	return rows
		.filter((row) => order(row) < 3)
		.toSorted((a, b) => order(a) - order(b))
		.slice(0, 3);
};

/** The head of a result: how many subjects divide, how many weigh; or that there is too little to compare. */
export function headOf(rows: Row[]): { split: number; weighs: number; few: boolean } {
	return {
		split: rows.filter(({ opinion }) => opinion === 'split').length,
		weighs: rows.filter(({ opinion }) => opinion === 'weighs' || opinion === 'weighs-mostly').length,
		few: rows.every(({ opinion }) => opinion === 'few')
	};
}

/** A short code for each organisation, no two the same: the drawing has room for no more. */
export function codesFor(names: readonly string[], initials: (name: string) => string): string[] {
	const seen = new Map<string, number>();
	return names.map((name) => {
		const code = initials(name);
		const times = (seen.get(code) ?? 0) + 1;
		seen.set(code, times);
		return times === 1 ? code : `${code[0]}${times}`;
	});
}

/** Advice to read again: about what weighs first, then about the step under way. */
export function adviceFor(
	step: 'define' | 'clarify' | 'plan' | 'evaluate',
	weighing: readonly DimensionKey[],
	most = 3
): Vigilance[] {
	const about = ({ dimensions: some }: Vigilance) => some.filter((one) => weighing.includes(one)).length;
	return vigilance
		.filter((one) => about(one) > 0 || one.steps.includes(step))
		.toSorted((a, b) => about(b) - about(a) || Number(b.steps.includes(step)) - Number(a.steps.includes(step)))
		.slice(0, most);
}
