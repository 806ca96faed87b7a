import type { Actor } from '#platform/actor.ts';

/** One says of oneself that one can help, and of nobody else. */
export const mayOffer = (actor: Actor): actor is Extract<Actor, { is: 'person' }> => actor.is === 'person';
