import type { Actor } from '#platform/actor.ts';
import { speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';

/** Anybody offers a hand to a cooperation that is public. */
export const mayOffer = (): boolean => true;

/** Those who offer a hand are reached by the partners alone: one takes it up, gives it back, or erases it. */
export const mayTakeUp = (actor: Actor, facts: Facts): boolean => speaksHereFor(actor, facts).length > 0;

/** One job forgets what is old. */
export const maySweep = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'sweep-hands';
