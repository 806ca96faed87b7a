import { speaksFor, type Actor } from '#platform/actor.ts';

/** Writing to others in the name of an organisation: any of its people, as they would by their own mail. */
export const mayWriteFor = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** Whoever bears the link that was sent to an organisation answers for it, and says when it wants no more. */
export const mayAnswerMailing = (actor: Actor, recipient: { id: string; organisationId: string }): boolean =>
	actor.is === 'link' &&
	actor.may === 'answer' &&
	actor.thing === recipient.id &&
	actor.organisationId === recipient.organisationId;
