import type { Actor } from '#platform/actor.ts';

/** Whoever signed in keeps views for themselves, and changes their own. */
export const mayKeepViews = (actor: Actor): boolean => actor.is === 'person';
