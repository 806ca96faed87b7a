import { speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';
import type { Actor } from '#platform/actor.ts';
import { isOfHub } from '../policy.ts';

/** Whoever accompanies a cooperation advises it. */
export const mayAdvise = (actor: Actor, { hubId }: { hubId: string | null }): boolean => hubId !== null && isOfHub(actor, hubId);

/** Any member of an accepted partner says what it makes of advice: nothing is committed by it. */
export const mayAnswerAdvice = (actor: Actor, cooperation: Facts, organisationId: string): boolean =>
	speaksHereFor(actor, cooperation).includes(organisationId);
