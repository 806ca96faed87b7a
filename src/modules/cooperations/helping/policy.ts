import { mayFollow, mayTakePart, type Facts } from '../policy.ts';
import type { Actor } from '#platform/actor.ts';

/** Any partner of a cooperation asks somebody in, lets them prepare its meetings, and ends it. */
export const mayAskIn = (actor: Actor, cooperation: Facts): boolean => mayTakePart(actor, cooperation);

/** Whoever is asked answers. */
export const mayAnswerAsk = (actor: Actor, personId: string): boolean => actor.is === 'person' && actor.id === personId;

/** Who was asked is read by the partners, the house that accompanies them and those who help. */
export const mayReadAsks = (actor: Actor, cooperation: Facts): boolean =>
	mayTakePart(actor, cooperation) || mayFollow(actor, cooperation);
