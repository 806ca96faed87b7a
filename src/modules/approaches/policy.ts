import { speaksFor, type Actor } from '#platform/actor.ts';

/** Whoever speaks for an organisation writes to another in its name. */
export const mayWriteFor = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** One job forgets what was written long ago. */
export const maySweep = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'sweep-approaches';
