import { daysBetween } from '#platform/clock.ts';
import { movable, type Movable, type Stage, type Stall } from '#modules/cooperations/stages/rules.ts';
import type { Step } from '#modules/cooperations/rules.ts';

/** One cooperation as whoever accompanies it follows it. Days are those of its zone. */
export type Entry = {
	id: string;
	name: string;
	path: string;
	place: string | null;
	associations: number;
	others: number;
	stage: Stage;
	since: string;
	/** Whole months in the stage, and how many are usual; null without a term. */
	months: number;
	usual: number | null;
	pausedUntil: string | null;
	underWay: Step;
	steps: { step: Step; state: 'done' | 'now' | 'later' }[];
	/** The last day on which anybody wrote; null when nobody did. */
	newsOn: string | null;
	begunOn: string;
	meetingOn: string | null;
	/** What stalls, the most pressing first. */
	stalls: Stall[];
	/** The signatures that its agreement waits for. */
	awaited: { waiting: number; since: string } | null;
	/** The advice that some partner has not answered: how much, since when. */
	unread: { count: number; since: string } | null;
	/** Who speaks for it, and who was invited first and has not answered: whom one calls. */
	spokenFor: string | null;
	silent: string | null;
};

/** What can be shown of a portfolio, by what stands in the address. */
export const views = ['toutes', 'a-reprendre', 'sans-reunion', 'convention', 'sans-nouvelles', 'en-pause', 'conseils'] as const;
export type View = (typeof views)[number];

/** After how many days without a line there is no news. */
const month = 30;

/** Whether an entry belongs to a view. What rests is left in peace: it is only at rest, whatever else it lacks. */
export function isIn(view: View, entry: Entry, today: string): boolean {
	const rests = entry.pausedUntil !== null;
	switch (view) {
		case 'toutes':
			return true;
		case 'a-reprendre':
			return entry.stalls.length > 0;
		case 'sans-reunion':
			return !rests && entry.meetingOn === null && entry.stage !== 'sustained';
		case 'convention':
			return entry.awaited !== null;
		case 'sans-nouvelles':
			return !rests && daysBetween(entry.newsOn ?? entry.begunOn, today) > month;
		case 'en-pause':
			return rests;
		case 'conseils':
			return entry.unread !== null;
	}
}

const longest = ({ stalls }: Entry): number => Math.max(-1, ...stalls.map(({ days }) => days));

/** The most stalled first, then those whose news are the oldest; those at rest come last. */
export const mostStalledFirst = (entries: readonly Entry[]): Entry[] =>
	entries.toSorted(
		(a, b) =>
			longest(b) - longest(a) ||
			Number(a.pausedUntil !== null) - Number(b.pausedUntil !== null) ||
			(a.newsOn ?? a.begunOn).localeCompare(b.newsOn ?? b.begunOn) ||
			a.name.localeCompare(b.name, 'fr')
	);

export type Shown = { view: View; stage: Movable | null; page: number };

/** What an address asks to be shown; what it cannot ask is everything. */
export function shownBy(search: URLSearchParams): Shown {
	const page = Math.floor(Number(search.get('page')));
	return {
		view: views.find((one) => one === search.get('voir')) ?? 'toutes',
		stage: movable.find((one) => one === search.get('phase')) ?? null,
		page: Math.min(Math.max(page || 1, 1), 1000)
	};
}

/** The address that shows it, so that what is on screen can be kept, sent, printed. */
export function addressOf({ view, stage, page }: Shown, base = '/maison/portefeuille'): string {
	const search = new URLSearchParams([
		...(view === 'toutes' ? [] : [['voir', view]]),
		...(stage ? [['phase', stage]] : []),
		...(page > 1 ? [['page', String(page)]] : [])
	]);
	return search.size ? `${base}?${search}` : base;
}

/** How many an address shows, and how many of them stand in each view of the same stage. */
export function filtered(entries: readonly Entry[], { view, stage }: Pick<Shown, 'view' | 'stage'>, today: string) {
	const here = entries.filter((one) => stage === null || one.stage === stage);
	return {
		rows: mostStalledFirst(here.filter((one) => isIn(view, one, today))),
		counts: views.map((one) => ({ view: one, count: here.filter((entry) => isIn(one, entry, today)).length }))
	};
}

/** How many blocks a column of the picture holds; the rest is one link away. */
const columnHolds = 8;

/** The columns of the picture: what stalls on top, then the rest, as long as there is room. */
export const columns = (entries: readonly Entry[]) =>
	movable.map((stage) => {
		const here = mostStalledFirst(entries.filter((one) => one.stage === stage));
		return { stage, count: here.length, blocks: here.slice(0, columnHolds), more: Math.max(0, here.length - columnHolds) };
	});

/** The paper of a block: the step under way, or none where a stage belongs to no step. */
export const paperOf = ({ stage, underWay }: Pick<Entry, 'stage' | 'underWay'>): Step | 'none' =>
	stage === 'acquaintance' || stage === 'sustained' ? 'none' : stage === 'evaluation' ? 'evaluate' : underWay;

/** The one thing that whoever accompanies can do about what stalls, and where; null when nothing does. */
export function wayOutOf(
	entry: Entry
): { what: 'call-invited' | 'advise-meeting' | 'ask-news' | 'advise-smaller' | 'agreement'; href: string } | null {
	const call = (organisation: string | null) =>
		organisation ? `/maison/appel?organisation=${organisation}&cooperation=${entry.id}` : `${entry.path}/accompagnement`;
	const advise = (precept: string) => `${entry.path}/accompagnement?conseil=${precept}#conseiller`;
	switch (entry.stalls[0]?.reason) {
		case 'unanswered':
			return { what: 'call-invited', href: call(entry.silent) };
		case 'no-meeting':
			return { what: 'advise-meeting', href: advise('meetings') };
		case 'no-line':
			return { what: 'ask-news', href: call(entry.spokenFor) };
		case 'beyond-usual':
			return { what: 'advise-smaller', href: advise('modesty') };
		default:
			return entry.awaited ? { what: 'agreement', href: `${entry.path}/convention` } : null;
	}
}

/** The picture of the months spent in a stage, on 24: the bar, the mark of what is usual, whether it is past. Shares of the width. */
export function drawMonths({ months, usual }: Pick<Entry, 'months' | 'usual'>) {
	const whole = Math.max(16, (usual ?? 0) + 1);
	return {
		bar: Math.min(months, whole) / whole,
		mark: usual === null ? null : usual / whole,
		past: usual !== null && months > usual
	};
}

/** Something that happened to a cooperation in a month. */
export type Moved = { cooperation: string; path: string; on: string } & (
	| { what: 'stage'; stage: string }
	| { what: 'meeting'; title: string }
	| { what: 'partner'; organisation: string }
	| { what: 'accompanied' }
);
