import { speaksFor, type Actor } from '#platform/actor.ts';

/** Whoever belongs to an organisation, a hub or another, puts others in touch in its name. */
export const mayIntroduce = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** Meeting others commits nobody: any member answers for the organisation, or whoever bears the link that was sent to it. */
export const mayAnswerIntroduction = (actor: Actor, place: { id: string; organisationId: string }): boolean =>
	speaksFor(actor, place.organisationId) ||
	(actor.is === 'link' && actor.may === 'answer' && actor.thing === place.id && actor.organisationId === place.organisationId);

/** Asking what came of it is done by nobody in particular. */
export const mayAskOutcomes = (actor: Actor): boolean => actor.is === 'system';
