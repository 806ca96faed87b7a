import { bringerOf, quantitiesOf, budgetOf, type Sums, type Valued } from './budget.ts';

/** What a commitment reads in a line. */
export type Committed = Valued & {
	text: string;
	heldBy: string | null;
	whoPersonName: string | null;
	startsOn: string | null;
	doneAt: Date | null;
};

/** What one organisation is asked about before it accepts, in the order in which people ask. */
export const questions = ['money', 'hours', 'things', 'people', 'counted', 'dates'] as const;
export type Question = (typeof questions)[number];

export type Commitment<L> = Record<Exclude<Question, 'people'>, L[]> & {
	/** The people of the organisation who are named. */
	people: string[];
	/** The money of all that it keeps. */
	held: L[];
	limits: L[];
	sums: Sums[];
	quantities: { unit: string; quantity: string }[];
	/** What nobody has written yet: said, never filled in. */
	unknown: Question[];
};

/** Sorts what is written for one organisation by what it asks of it. Nothing is added; what isn't written is named. */
export function commitmentOf<L extends Committed>(lines: readonly L[], organisationId: string): Commitment<L> {
	const brought = lines.filter((line) => line.kind === 'contribution' && bringerOf(line).id === organisationId);
	const asked = lines.filter(({ kind, doneAt }) => (kind === 'role' || kind === 'task') && doneAt === null);
	const found = {
		money: brought.filter(({ topic }) => topic === 'money'),
		hours: brought.filter(({ topic }) => topic === 'hours'),
		things: brought.filter(({ topic }) => topic !== 'money' && topic !== 'hours'),
		people: [...new Set(asked.flatMap(({ whoPersonName }) => whoPersonName ?? []))],
		counted: asked,
		dates: lines
			.filter(({ kind }) => kind === 'date')
			.toSorted((one, other) => (one.startsOn ?? '9').localeCompare(other.startsOn ?? '9'))
	};
	return {
		...found,
		held: lines.filter(({ kind, heldBy }) => kind === 'contribution' && heldBy === organisationId),
		limits: lines.filter(({ kind }) => kind === 'limit'),
		sums: budgetOf(brought),
		quantities: quantitiesOf(found.hours),
		unknown: questions.filter((question) => found[question].length === 0)
	};
}
