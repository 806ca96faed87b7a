import { movable, type Stage } from '#modules/cooperations/stages/rules.ts';
import { Refused } from '#platform/errors.ts';

type Dated = { acceptedAt: Date | null; declinedAt: Date | null; endedAt: Date | null };
export type Standing = 'asked' | 'in' | 'declined' | 'left';

/** Where a house stands towards a network. */
export const standingIn = ({ acceptedAt, declinedAt, endedAt }: Dated): Standing =>
	declinedAt ? 'declined' : endedAt ? 'left' : acceptedAt ? 'in' : 'asked';

/** A house answers once, while it is asked. */
export function answerable(place: Dated): void {
	if (standingIn(place) !== 'asked') throw new Refused('networks.answered');
}

/** One cooperation as a network counts it: of which houses, how far, whether something stalls. Nothing that names it. */
export type Counted = { houses: string[]; stage: Stage; stalled: boolean };

/** What a network reads of its houses, and of all of them: a cooperation that two accompany counts once in the whole. */
export function across(houses: readonly string[], cooperations: readonly Counted[]) {
	const tally = (those: readonly Counted[]) => ({
		cooperations: those.length,
		stalled: those.filter(({ stalled }) => stalled).length,
		stages: movable.map((stage) => ({ stage, count: those.filter((one) => one.stage === stage).length }))
	});
	return {
		all: tally(cooperations.filter((one) => one.houses.some((id) => houses.includes(id)))),
		each: new Map(houses.map((id) => [id, tally(cooperations.filter((one) => one.houses.includes(id)))]))
	};
}
