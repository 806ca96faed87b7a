import { administers, type Actor } from '#platform/actor.ts';

/** The official registers are brought by those who keep the instance. */
export const mayBringRegister = (actor: Actor): boolean => administers(actor) || actor.is === 'system';
