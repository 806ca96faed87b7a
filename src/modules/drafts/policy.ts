import type { Actor } from '#platform/actor.ts';

/** Whoever types may keep it: without a session it waits for them under the token of their browser. */
export const mayKeep = (): boolean => true;

/** One throws away one's own. */
export const mayDiscard = (actor: Actor): boolean => actor.is === 'person';

/** One job forgets what expired. */
export const maySweep = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'sweep-drafts';
