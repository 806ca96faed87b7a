import { hubsOf, manages, speaksFor, type Actor } from '#platform/actor.ts';
import type { Facts } from '#modules/cooperations/policy.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import type { Accompaniment } from '#modules/hubs/rules.ts';

/** What is accompanied speaks for itself: an organisation by its managers, a cooperation by a partner whose mandate commits it. */
export type Side = { organisationId: string } | { cooperation: Facts };

/** The partners in whose name the actor may commit a cooperation. */
export const commitsFor = (actor: Actor, { partners }: Facts): string[] =>
	partners
		.filter((one) => standingOf(one) === 'accepted' && speaksFor(actor, one.organisationId, 'commit'))
		.map(({ organisationId }) => organisationId);

export const mayAnswerForSide = (actor: Actor, side: Side): boolean =>
	'organisationId' in side ? manages(actor, side.organisationId) : commitsFor(actor, side.cooperation).length > 0;

export const isOfHub = (actor: Actor, hubId: string): boolean => hubsOf(actor).includes(hubId);

/** Whoever was asked answers: the hub what was asked of it, the organisation or the cooperation what the hub proposes. */
export const mayAnswer = (actor: Actor, accompaniment: Pick<Accompaniment, 'hubId' | 'proposedByHub'>, side: Side): boolean =>
	accompaniment.proposedByHub ? mayAnswerForSide(actor, side) : isOfHub(actor, accompaniment.hubId);

/** Either side ends it when it wants. */
export const mayEnd = (actor: Actor, accompaniment: Pick<Accompaniment, 'hubId'>, side: Side): boolean =>
	isOfHub(actor, accompaniment.hubId) || mayAnswerForSide(actor, side);

/** A call is noted for an organisation that accepted the hub, or for a partner of a cooperation that did. */
export const mayNoteCall = (actor: Actor, { hubId }: { hubId: string | null }): boolean =>
	hubId !== null && isOfHub(actor, hubId);

/** The hub writes the profile of an organisation that accepted it, in its name. */
export const mayWriteProfileFor = (actor: Actor, { accompanied }: { accompanied: boolean }): boolean =>
	actor.is === 'person' && accompanied;
