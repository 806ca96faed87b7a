import { administers, hubsOf, manages, type Actor } from '#platform/actor.ts';

/** An instance's administrator says which organisations accompany others. */
export const mayOpenHub = (actor: Actor): boolean => administers(actor);

/** Whoever the house named accompanies for it. */
export const mayAccompanyFor = (actor: Actor, hubId: string): boolean => hubsOf(actor).includes(hubId);

/** What a house is, who accompanies for it, whether it stays open: those who manage its organisation, and the administrators. */
export const mayKeepHub = (actor: Actor, hubId: string): boolean => manages(actor, hubId) || administers(actor);

/** Where a house answers for people and hides ideas: an administrator says it, whatever else the house puts in its territory. */
export const mayTrustHub = (actor: Actor): boolean => administers(actor);

/** Whoever opens the link that was sent to an address reads what arrives there: the link is the proof. */
export const mayProveAddress = (): boolean => true;
