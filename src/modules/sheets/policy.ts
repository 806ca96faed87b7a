import { speaksFor, type Actor } from '#platform/actor.ts';

/** What an organisation keeps about others is read and written by its own people: neither by a hub, nor by an administrator. */
export const mayKeepSheets = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** One takes one's own name out of what others noted. */
export const mayForget = (actor: Actor): actor is Extract<Actor, { is: 'person' }> => actor.is === 'person';
