import { mayTakePart, type Facts } from '#modules/cooperations/policy.ts';
import type { Actor } from '#platform/actor.ts';

/** One says of oneself that one can help, and of nobody else. */
export const mayOffer = (actor: Actor): actor is Extract<Actor, { is: 'person' }> => actor.is === 'person';

/** Any partner of a cooperation asks somebody in. */
export const mayAskIn = (actor: Actor, cooperation: Facts): boolean => mayTakePart(actor, cooperation);

/** Whoever is asked answers. */
export const mayAnswerAsk = (actor: Actor, personId: string): boolean => actor.is === 'person' && actor.id === personId;
