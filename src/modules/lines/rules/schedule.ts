import { beforeDuringAfter, type ScheduleItem } from '#content/calendar/before-during-after.ts';
import { daysBetween, plusDays } from '#platform/clock.ts';
import { clashes, type Phase } from '../rules.ts';

/** The first and the last day of the action itself. */
export type Action = { startsOn: string; endsOn: string };

export type Proposal = {
	id: string;
	phase: Phase;
	label: string;
	help: string;
	/** When it falls, in words: shown when nobody knows yet when the action takes place. */
	words: string;
	topic: 'project' | 'administrative';
	startsOn: string | null;
	endsOn: string | null;
	/** Already one of the cooperation's dates. */
	taken: boolean;
};

/** The action as the lines tell it: from the first to the last day of what happens « during » it. */
export function actionOf(dates: { phase: Phase | null; startsOn: string | null; endsOn: string | null }[]): Action | null {
	const during = dates.filter(({ phase, startsOn }) => phase === 'during' && startsOn !== null);
	if (!during.length) return null;
	return {
		startsOn: during.map(({ startsOn }) => startsOn!).toSorted()[0]!,
		endsOn: during
			.map(({ startsOn, endsOn }) => endsOn ?? startsOn!)
			.toSorted()
			.at(-1)!
	};
}

const dayOf = ({ startsOn, endsOn }: Action, { from, days }: ScheduleItem['starts']): string => {
	const middle = plusDays(startsOn, Math.floor(daysBetween(startsOn, endsOn) / 2));
	return plusDays(from === 'start' ? startsOn : from === 'end' ? endsOn : middle, days);
};

/** What usually has a date before, during and after an action, with its day when the action's are known. None is a norm. */
export const proposals = (action: Action | null, written: readonly string[]): Proposal[] =>
	beforeDuringAfter.map((item) => ({
		id: item.id,
		phase: item.phase,
		label: item.label,
		help: item.help,
		words: [item.starts.words, ...(item.ends ? [item.ends.words] : [])].join(' '),
		topic: item.nature,
		startsOn: action && dayOf(action, item.starts),
		endsOn: action && (item.ends ? dayOf(action, item.ends) : dayOf(action, item.starts)),
		taken: written.includes(item.label)
	}));

type Dated = { id: string; topic: string | null; startsOn: string | null; endsOn: string | null };

/** The dates that fall into a period when a partner can't, each with the lines that it meets. */
export function clashing<L extends Dated>(dates: readonly L[]): { date: L; with: L[] }[] {
	const period = (line: L) => ({ id: line.id, who: null, startsOn: line.startsOn!, endsOn: line.endsOn ?? line.startsOn! });
	const dated = dates.filter(({ startsOn }) => startsOn !== null);
	const met = clashes(
		dated.filter(({ topic }) => topic !== 'impossible').map(period),
		dated.filter(({ topic }) => topic === 'impossible').map(period)
	);
	return dated.flatMap((date) => {
		const others = met.filter((one) => one.date === date.id).map((one) => dated.find(({ id }) => id === one.with)!);
		return others.length ? [{ date, with: others }] : [];
	});
}

/** Where a task stands on a day. To be late is no fault: it says who is expected. */
export type TaskState = 'done' | 'late' | 'soon' | 'open';
export function taskState({ doneAt, endsOn }: { doneAt: Date | null; endsOn: string | null }, day: string): TaskState {
	if (doneAt) return 'done';
	if (endsOn === null) return 'open';
	return endsOn < day ? 'late' : endsOn <= plusDays(day, 14) ? 'soon' : 'open';
}

/** Late ones first, then the soonest; what has no date comes next, what is done last. */
export const inOrder = <L extends { doneAt: Date | null; endsOn: string | null }>(tasks: readonly L[]): L[] =>
	tasks.toSorted(
		(a, b) => Number(a.doneAt !== null) - Number(b.doneAt !== null) || (a.endsOn ?? '9999').localeCompare(b.endsOn ?? '9999')
	);
