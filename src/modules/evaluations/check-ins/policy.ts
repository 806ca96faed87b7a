import { mayNoteFor, mayTakePart, speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { speaksFor, type Actor } from '#platform/actor.ts';

/** The partners in whose name the actor may commit: asking every organisation to take stock is asking for their time. */
export const opensFor = (actor: Actor, { partners }: Facts): string[] =>
	partners
		.filter((one) => standingOf(one) === 'accepted' && speaksFor(actor, one.organisationId, 'commit'))
		.map(({ organisationId }) => organisationId);

/** Somebody who may commit a partner opens, as the hub that accompanies does; the product by itself where partners agreed to it. */
export const mayOpen = (actor: Actor, facts: Facts): boolean =>
	actor.is === 'system' || opensFor(actor, facts).length > 0 || mayNoteFor(actor, facts);

/** Only partners choose to be asked once a quarter. */
export const mayChooseRhythm = (actor: Actor, facts: Facts): boolean => opensFor(actor, facts).length > 0;

/** An organisation answers by any of its people, or by the link that was made for it. */
export const mayAnswerFor = (actor: Actor, facts: Facts, checkIn: { id: string }, organisationId: string): boolean =>
	facts.partners.some((one) => one.organisationId === organisationId && standingOf(one) === 'accepted') &&
	(actor.is === 'link'
		? actor.may === 'answer' && actor.thing === checkIn.id && actor.organisationId === organisationId
		: speaksFor(actor, organisationId));

/** Those who may commit an organisation make its link anew, as the hub that accompanies does: a link that went astray opens no more. */
export const mayRenewLinkOf = (actor: Actor, facts: Facts, organisationId: string): boolean =>
	opensFor(actor, facts).includes(organisationId) || mayNoteFor(actor, facts);

/** A paper or a telephone call is noted by the hub that accompanies, or by a partner. */
export const mayNote = (actor: Actor, facts: Facts): boolean => mayNoteFor(actor, facts) || mayTakePart(actor, facts);

/** The one line that only the accompagnateur reads is written by a person of a partner. */
export const mayRemark = (actor: Actor, facts: Facts): boolean => actor.is === 'person' && speaksHereFor(actor, facts).length > 0;

export const abilities = (actor: Actor, facts: Facts) => ({
	open: mayOpen(actor, facts),
	rhythm: mayChooseRhythm(actor, facts),
	answer: mayTakePart(actor, facts),
	note: mayNote(actor, facts),
	remark: mayRemark(actor, facts)
});
