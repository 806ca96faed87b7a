import type { Actor } from '#platform/actor.ts';
import { mayTakePart, speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';

/** Any member of an accepted partner writes, moves or cancels the sessions, and notes who came. */
export const mayHold = (actor: Actor, facts: Facts): boolean => mayTakePart(actor, facts);

/** Hours are of one partner, and are noted by its own people. */
export const mayNoteHours = (actor: Actor, facts: Facts, organisationId: string): boolean =>
	speaksHereFor(actor, facts).includes(organisationId);

/** Sessions are for the partners and for the hub that accompanies them; an invited partner reads none. */
export const mayRead = (actor: Actor, facts: Facts): boolean =>
	mayTakePart(actor, facts) || (actor.is === 'person' && facts.accompanied);

export const abilities = (actor: Actor, facts: Facts & { endedAt: Date | null }) => ({
	hold: facts.endedAt === null && mayHold(actor, facts)
});
