import { administers, manages, organisationsOf, type Actor } from '#platform/actor.ts';

/** Who reads a network: the people of an organisation, or, where there is none, those who look after the instance. */
type Led = { organisationId: string | null };

/** An administrator declares a network: who reads across. */
export const mayDeclare = (actor: Actor): boolean => administers(actor);

/** The people of the network's organisation read across; administrators only the networks that are theirs, as each house was told. */
export const mayReadAcross = (actor: Actor, { organisationId }: Led): boolean =>
	organisationId === null ? administers(actor) : organisationsOf(actor).includes(organisationId);

/** Proposing a house, and ending a network or a house's place in it: administrators, and who manages the network's organisation. */
export const mayKeepNetwork = (actor: Actor, { organisationId }: Led): boolean =>
	administers(actor) || (organisationId !== null && manages(actor, organisationId));

/** A house answers by who manages it, and by nobody else: what it shows is its own to show. */
export const mayAnswerForHouse = (actor: Actor, hubId: string): boolean => manages(actor, hubId);
