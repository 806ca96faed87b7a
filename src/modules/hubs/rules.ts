import { Refused } from '#platform/errors.ts';

/** A dated relation between a hub and an organisation or a cooperation, accepted by it or asked by it. */
export type Accompaniment = {
	id: string;
	hubId: string;
	organisationId: string | null;
	cooperationId: string | null;
	proposedByHub: boolean;
	proposedAt: Date;
	acceptedAt: Date | null;
	declinedAt: Date | null;
	endedAt: Date | null;
};

/** What is accompanied. */
export type Accompanied = { organisationId: string } | { cooperationId: string };

export type AccompanimentState = 'proposed' | 'living' | 'declined' | 'ended';

export const stateOf = ({
	acceptedAt,
	declinedAt,
	endedAt
}: Pick<Accompaniment, 'acceptedAt' | 'declinedAt' | 'endedAt'>): AccompanimentState =>
	endedAt ? 'ended' : declinedAt ? 'declined' : acceptedAt ? 'living' : 'proposed';

/** A proposal is answered once, while it waits. */
export function answerable(accompaniment: Accompaniment): void {
	if (stateOf(accompaniment) !== 'proposed') throw new Refused(`hubs.answer-${stateOf(accompaniment)}`);
}

/** What lives can be ended, and a proposal taken back, by either side. */
export function endable(accompaniment: Accompaniment): void {
	const state = stateOf(accompaniment);
	if (state === 'ended' || state === 'declined') throw new Refused(`hubs.answer-${state}`);
}
