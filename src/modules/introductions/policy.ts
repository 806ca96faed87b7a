import { mayBegin } from '#modules/cooperations/policy.ts';
import { speaksFor, type Actor } from '#platform/actor.ts';

/** Whoever belongs to an organisation, a hub or another, puts others in touch in its name. */
export const mayIntroduce = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** Meeting others commits nobody: any member answers for the organisation, or whoever bears the link that was sent to it. */
export const mayAnswerIntroduction = (actor: Actor, place: { ids: string[]; organisationId: string }): boolean =>
	speaksFor(actor, place.organisationId) ||
	(actor.is === 'link' &&
		actor.may === 'answer' &&
		place.ids.includes(actor.thing) &&
		actor.organisationId === place.organisationId);

/** A member of one of them begins a cooperation in its name; what a link does stays an answer. */
export const mayBeginTogether = (actor: Actor, place: { organisationId: string }): boolean =>
	mayBegin(actor, place.organisationId);

/** Reminding, and asking what came of it, is done by nobody in particular. */
export const mayFollowUp = (actor: Actor): boolean => actor.is === 'system';
