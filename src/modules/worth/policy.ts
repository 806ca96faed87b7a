import { speaksFor, type Actor } from '#platform/actor.ts';
import type { Facts } from '#modules/cooperations/policy.ts';
import { standingOf } from '#modules/cooperations/rules.ts';

/** The organisations of the actor that ask themselves whether to go: those invited here, and those that accepted. */
export const asksItselfFor = (actor: Actor, { partners }: Facts): string[] =>
	partners
		.filter((one) => ['invited', 'accepted'].includes(standingOf(one)) && speaksFor(actor, one.organisationId))
		.map(({ organisationId }) => organisationId);

/** What an organisation has is said by its own members. */
export const maySayCapacity = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** The job that reminds the organisations that asked for it. */
export const mayRemind = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'remind-hours';
