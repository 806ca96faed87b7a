import { speaksFor, type Actor } from '#platform/actor.ts';
import { mayFollow, mayNoteFor, speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';

/** The partners by default; the accompagnateur too when the partners tick it. */
export type Audience = 'partners' | 'accompagnateur';

/** The text under way is read by the partners, and by the hub that accompanies, and who helps, when they let them. */
export const mayReadDraft = (actor: Actor, facts: Facts, audience: Audience): boolean =>
	speaksHereFor(actor, facts).length > 0 || (audience === 'accompagnateur' && mayFollow(actor, facts));

/** Any member of an accepted partner writes: articles, their order, their words. */
export const mayEdit = (actor: Actor, facts: Facts): boolean => speaksHereFor(actor, facts).length > 0;

/** Freezing, bringing the partners' own document, opening the text to the hub: acts that commit an organisation. */
export const mayFreeze = (actor: Actor, facts: Facts): boolean =>
	speaksHereFor(actor, facts).some((organisationId) => speaksFor(actor, organisationId, 'commit'));

/** The partners in whose name the actor may commit here. */
export const commitsFor = (actor: Actor, facts: Facts): string[] =>
	speaksHereFor(actor, facts).filter((organisationId) => speaksFor(actor, organisationId, 'commit'));

/** Signing asks for that organisation's mandate to sign. */
export const maySignFor = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId, 'sign');

/** An accompagnateur who reads the agreement attaches the sheet that a partner signed; the partner is told. */
export const mayAttachFor = (actor: Actor, facts: Facts, audience: Audience): boolean =>
	audience === 'accompagnateur' && mayNoteFor(actor, facts);

export const abilities = (actor: Actor, facts: Facts, audience: Audience) => ({
	edit: !facts.endedAt && mayEdit(actor, facts),
	freeze: !facts.endedAt && mayFreeze(actor, facts),
	attachForOthers: !facts.endedAt && mayAttachFor(actor, facts, audience)
});
