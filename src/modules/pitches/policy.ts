import type { Actor } from '#platform/actor.ts';
import type { Facts } from '#modules/cooperations/policy.ts';
import { speaksFor } from '#platform/actor.ts';
import { standingOf } from '#modules/cooperations/rules.ts';

/** The organisations in whose name the actor makes such a page: accepted partners, and invited ones that convince their own board. */
export const pitchesFor = (actor: Actor, { partners }: Facts): string[] =>
	partners
		.filter((one) => ['invited', 'accepted'].includes(standingOf(one)) && speaksFor(actor, one.organisationId))
		.map(({ organisationId }) => organisationId);
