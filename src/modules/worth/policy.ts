import { speaksFor, type Actor } from '#platform/actor.ts';

/** What an organisation has is said by its own members. */
export const maySayCapacity = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** The job that reminds the organisations that asked for it. */
export const mayRemind = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'remind-hours';
