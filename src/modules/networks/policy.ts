import { administers, manages, organisationsOf, type Actor } from '#platform/actor.ts';

/** An administrator declares a network: which organisation's people read across. */
export const mayDeclare = (actor: Actor): boolean => administers(actor);

/** The people of the network's organisation read across; an administrator as such does not. */
export const mayReadAcross = (actor: Actor, { organisationId }: { organisationId: string }): boolean =>
	organisationsOf(actor).includes(organisationId);

/** Proposing a house, and ending a network or a house's place in it: administrators, and who manages the network's organisation. */
export const mayKeepNetwork = (actor: Actor, { organisationId }: { organisationId: string }): boolean =>
	administers(actor) || manages(actor, organisationId);

/** A house answers by who manages it, and by nobody else: what it shows is its own to show. */
export const mayAnswerForHouse = (actor: Actor, hubId: string): boolean => manages(actor, hubId);
