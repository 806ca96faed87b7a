import { instant, plusDays, wall } from '#platform/clock.ts';

/** What can be told: a closed list, so that each kind has its words and can be refused by whoever doesn't want it. */
export const kinds = [
	'task',
	'meeting',
	'session',
	'poll',
	'point',
	'minutes',
	'line',
	'agreement',
	'publication',
	'partner',
	'call',
	'accompaniment',
	'organisation',
	'idea',
	'reminder'
] as const;
export type Kind = (typeof kinds)[number];

/** One thing to tell somebody. */
export type Told = {
	personId: string;
	kind: Kind;
	/** What it belongs to; null for what belongs to no cooperation. */
	cooperationId: string | null;
	/** One sentence that stands alone, without who it is for. */
	text: string;
	/** Where it is: an address of this product, without its host. */
	path: string;
	/** The house that says it, if one does. */
	houseId?: string | null;
};

export const rhythms = ['day', 'week', 'never'] as const;
export type Rhythm = (typeof rhythms)[number];

/** What somebody chose; without a choice, everything each morning. */
export type Choices = { rhythm: Rhythm; withoutKinds: string[]; withoutCooperations: string[] };
export const everything: Choices = { rhythm: 'day', withoutKinds: [], withoutCooperations: [] };

/** Whether somebody wants to be told such a thing. */
export const wanted = (choices: Choices, { kind, cooperationId }: Pick<Told, 'kind' | 'cooperationId'>): boolean =>
	choices.rhythm !== 'never' &&
	!choices.withoutKinds.includes(kind) &&
	!(cooperationId && choices.withoutCooperations.includes(cooperationId));

const minute = 60_000;

/** What people expect at once: the minutes of a meeting that just ended, a meeting that moves. */
export const soonKinds: readonly Kind[] = ['minutes', 'meeting', 'session', 'call'];

/** What comes at once still waits ten minutes, so that what is done in one go makes one mail. */
const soonWaits = 10 * minute;

const morning = '07:00';

/** The last time that it was seven in the morning there; of a Monday, for those who read once a week. */
export function lastMorning(now: Date, zone: string, rhythm: Rhythm): Date {
	const here = wall(now, zone);
	let day = here.time >= morning ? here.day : plusDays(here.day, -1);
	if (rhythm === 'week') day = plusDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
	return instant(day, morning, zone);
}

/** Whether what waits for somebody is to leave now: their morning has come since, or something can't wait for it. */
export function isDue(
	waiting: { oldest: Date; oldestSoon: Date | null },
	{ rhythm, zone, now }: { rhythm: Rhythm; zone: string; now: Date }
): boolean {
	if (rhythm === 'never') return true;
	if (waiting.oldest < lastMorning(now, zone, rhythm)) return true;
	return rhythm === 'day' && waiting.oldestSoon !== null && now.getTime() - waiting.oldestSoon.getTime() >= soonWaits;
}

export type Group<N> = { cooperationId: string | null; kind: Kind; notices: N[] };

/** Groups what is told by cooperation, in the order of `cooperations` and what belongs to none last; then by kind. */
export function group<N extends Pick<Told, 'kind' | 'cooperationId'>>(notices: N[], cooperations: string[]): Group<N>[] {
	const place = (id: string | null) => (id === null ? Infinity : cooperations.indexOf(id) + 1 || cooperations.length + 1);
	const groups: Group<N>[] = [];
	for (const notice of notices) {
		const known = groups.find(({ kind, cooperationId }) => kind === notice.kind && cooperationId === notice.cooperationId);
		if (known) known.notices.push(notice);
		else groups.push({ cooperationId: notice.cooperationId, kind: notice.kind, notices: [notice] });
	}
	return groups.toSorted((a, b) => {
		const apart = place(a.cooperationId) - place(b.cooperationId);
		return (Number.isNaN(apart) ? 0 : apart) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
	});
}

/** A sentence as the subject of a mail: cut between words. */
export function shorten(text: string): string {
	if (text.length <= 90) return text;
	return text.slice(0, 89).replace(/\s+\S*$/, '') + '…';
}

/** A mail holds this many things; the others are told in number. */
export const atMost = 40;

/** What was told is kept for a year. */
export const noticesKept = 366 * 24 * 60 * minute;
