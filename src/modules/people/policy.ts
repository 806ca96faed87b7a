import { administers, type Actor } from '#platform/actor.ts';

/** Anybody may ask to enter, and use the link that they were sent: the link itself is the proof. */
export const mayEnter = (): boolean => true;

export const mayChangeAccount = (actor: Actor, personId: string): boolean => actor.is === 'person' && actor.id === personId;

export const mayNameAdministrators = (actor: Actor): boolean => administers(actor);

/** One job forgets what expired. */
export const maySweep = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'sweep-people';
