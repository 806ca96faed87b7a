import type { Actor } from '#platform/actor.ts';

/** One gives and takes back a photo of oneself, and of nobody else. */
export const mayShowFace = (actor: Actor): actor is Extract<Actor, { is: 'person' }> => actor.is === 'person';
