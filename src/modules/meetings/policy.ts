import type { Actor } from '#platform/actor.ts';
import { mayNoteFor, mayTakePart, type Facts } from '#modules/cooperations/policy.ts';

/** Any member of an accepted partner convenes, changes or cancels a meeting, writes its agenda, takes its minutes. */
export const mayConvene = (actor: Actor, facts: Facts): boolean => mayTakePart(actor, facts);

/** Partners may let who leads their meetings prepare the agenda and write the minutes; sending and adopting them stays theirs. */
export const mayPrepare = (actor: Actor, facts: Facts): boolean =>
	mayConvene(actor, facts) || (actor.is === 'person' && facts.help?.prepares === true);

/** A reply is given by the one who was invited: signed in, or by the link that was sent to them. */
export const mayReply = (actor: Actor, participant: { id: string; meetingId: string; personId: string | null }): boolean =>
	(actor.is === 'person' && participant.personId === actor.id) ||
	(actor.is === 'link' && actor.may === 'answer' && actor.thing === participant.meetingId && actor.invitee === participant.id);

/** Those who convene, and the hub that accompanies, note what somebody says on the telephone. */
export const mayNoteReply = (actor: Actor, facts: Facts): boolean => mayConvene(actor, facts) || mayNoteFor(actor, facts);

/** Everyone who signed in has a calendar of their own. */
export const mayMakeFeed = (actor: Actor): boolean => actor.is === 'person';

/** A calendar address is taken back by whoever made it, or by a member of the organisation that it shows. */
export const mayRevokeFeed = (actor: Actor, feed: { kind: string; personId: string; organisationId: string | null }): boolean =>
	actor.is === 'person' &&
	(feed.personId === actor.id ||
		(feed.kind !== 'person' && actor.belongings.some(({ organisationId }) => organisationId === feed.organisationId)));

export const abilities = (actor: Actor, facts: Facts) => ({
	convene: !facts.endedAt && mayConvene(actor, facts),
	prepare: !facts.endedAt && mayPrepare(actor, facts)
});
