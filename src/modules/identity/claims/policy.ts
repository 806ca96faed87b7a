import { administers, manages, type Actor } from '#platform/actor.ts';

/** Anybody who signed in may say that they belong to an organisation that nobody manages; showing it is another matter. */
export const mayClaim = (actor: Actor): boolean => actor.is === 'person';

/** One's own claim. */
export const mayAnswerOwn = (actor: Actor, personId: string): boolean => actor.is === 'person' && actor.id === personId;

/**
 * Who gives a charge that nobody holds, or hands over one: an administrator; an accompagnateur of a hub that the organisation
 * accepted; one of the hub that an administrator told to answer there, where nobody has ever been and nothing is kept. Never for oneself.
 */
export const mayDecide = (
	actor: Actor,
	personId: string,
	{ accompanied, here, untouched }: { accompanied: boolean; here: boolean; untouched: boolean }
): boolean => actor.is === 'person' && actor.id !== personId && (administers(actor) || accompanied || (here && untouched));

/** Objects to a takeover: whoever manages. */
export const mayObject = (actor: Actor, organisationId: string): boolean => manages(actor, organisationId);
