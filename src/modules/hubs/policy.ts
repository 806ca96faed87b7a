import { administers, hubsOf, type Actor } from '#platform/actor.ts';

/** An instance's administrator says which organisations accompany others. */
export const mayOpenHub = (actor: Actor): boolean => administers(actor);

/** Whoever belongs to a hub accompanies for it. */
export const mayAccompanyFor = (actor: Actor, hubId: string): boolean => hubsOf(actor).includes(hubId);
