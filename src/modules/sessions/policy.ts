import type { Actor } from '#platform/actor.ts';
import { mayFollow, mayTakePart, speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';

/** Any member of an accepted partner writes, moves or cancels the sessions, and notes who came. */
export const mayHold = (actor: Actor, facts: Facts): boolean => mayTakePart(actor, facts);

/** Hours are of one partner, and are noted by its own people. */
export const mayNoteHours = (actor: Actor, facts: Facts, organisationId: string): boolean =>
	speaksHereFor(actor, facts).includes(organisationId);

/** Sessions are for the partners, the hub that accompanies them and who helps; an invited partner reads none. */
export const mayRead = (actor: Actor, facts: Facts): boolean => mayTakePart(actor, facts) || mayFollow(actor, facts);

export const abilities = (actor: Actor, facts: Facts & { endedAt: Date | null }) => ({
	hold: facts.endedAt === null && mayHold(actor, facts)
});
