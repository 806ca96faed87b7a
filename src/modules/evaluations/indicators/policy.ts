import type { Actor } from '#platform/actor.ts';
import { mayTakePart, type Facts } from '#modules/cooperations/policy.ts';

/** How an indicator is read is the partners' common choice: any of them says it, the journal keeps it. */
export const mayChooseReading = (actor: Actor, facts: Facts & { endedAt: Date | null }): boolean =>
	facts.endedAt === null && mayTakePart(actor, facts);
