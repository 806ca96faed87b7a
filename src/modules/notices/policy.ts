import type { Actor } from '#platform/actor.ts';

/** One job groups what waits, and nobody else. */
export const mayTell = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'tell-notices';

/** One job forgets what was told long ago. */
export const maySweep = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'sweep-notices';

/** Everybody chooses for themselves. */
export const mayChoose = (actor: Actor): boolean => actor.is === 'person';

/** Whoever holds a mail may stop such mails: the link in it is the proof. */
export const mayStop = (): boolean => true;
