import { hubsOf, type Actor } from '#platform/actor.ts';

/** Whoever accompanies for a house writes in its library, and takes back what it holds. */
export const mayWriteThere = (actor: Actor, hubId: string): boolean => hubsOf(actor).includes(hubId);
