import { standingOf, carries } from '#modules/cooperations/rules.ts';
import type { Facts } from '#modules/cooperations/policy.ts';
import { speaksFor, type Actor } from '#platform/actor.ts';

/** The carriers in whose name somebody may say whether the review is shared: it commits them. */
export const answersSharingFor = (actor: Actor, { partners }: Facts): string[] =>
	partners
		.filter((one) => standingOf(one) === 'accepted' && carries(one.role) && speaksFor(actor, one.organisationId, 'commit'))
		.map(({ organisationId }) => organisationId);
