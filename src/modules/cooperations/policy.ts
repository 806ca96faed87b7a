import { speaksFor, type Actor } from '#platform/actor.ts';
import type { Reach } from '#modules/journal/rules.ts';
import type { Help } from './helping/rules.ts';
import { standingOf, type Partner, isHereOrInvited } from './rules.ts';

/**
 * What a policy needs to know of a cooperation: who stands where, whether one of the actor's hubs accompanies it, and as what the
 * actor helps it today.
 */
export type Facts = { partners: Partner[]; accompanied: boolean; help?: Help | null; endedAt?: Date | null };

const among = (actor: Actor, { partners }: Facts, standing: 'accepted' | 'invited', needed: 'discuss' | 'commit' | 'sign') =>
	partners.filter((one) => standingOf(one) === standing && speaksFor(actor, one.organisationId, needed));

/** The partners in whose name the actor may speak here. */
export const speaksHereFor = (actor: Actor, facts: Facts): string[] =>
	among(actor, facts, 'accepted', 'discuss').map(({ organisationId }) => organisationId);

/** The organisations of the actor that are here, or are invited: those that weigh it for themselves and convince their own board. */
export const hereOrInvitedFor = (actor: Actor, { partners }: Facts): string[] =>
	partners
		.filter((one) => isHereOrInvited(one) && speaksFor(actor, one.organisationId))
		.map(({ organisationId }) => organisationId);

export const mayBegin = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** Any member of an accepted partner takes part: writes, proposes a partner, marks a step. */
export const mayTakePart = (actor: Actor, facts: Facts): boolean => speaksHereFor(actor, facts).length > 0;

/** Accepting, declining or leaving commits the organisation: its mandate must reach that far; or a link made for it. */
export const mayAnswerFor = (actor: Actor, partner: Partner): boolean =>
	speaksFor(actor, partner.organisationId, 'commit') ||
	(actor.is === 'link' &&
		actor.may === 'accept' &&
		actor.thing === partner.id &&
		actor.organisationId === partner.organisationId);

export const mayLeaveFor = (actor: Actor, partner: Partner): boolean => speaksFor(actor, partner.organisationId, 'commit');

/** Those who lead or carry a cooperation end it; any partner does when nobody leads or carries it. It commits the organisation. */
export const endsFor = (actor: Actor, facts: Facts): string[] => {
	const accepted = facts.partners.filter((one) => standingOf(one) === 'accepted');
	const carrying = accepted.filter(({ role }) => role === 'lead' || role === 'carrier');
	return (carrying.length ? carrying : accepted)
		.map(({ organisationId }) => organisationId)
		.filter((organisationId) => speaksFor(actor, organisationId, 'commit'));
};

/** The hub that accompanies, and for their time those who help, read what is meant for who accompanies. */
export const mayFollow = (actor: Actor, facts: Facts): boolean =>
	actor.is === 'person' && (facts.accompanied || Boolean(facts.help));

/** An accompagnateur notes what an organisation answered by telephone. */
export const mayNoteFor = (actor: Actor, facts: Facts): boolean => actor.is === 'person' && facts.accompanied;

/** Whoever invites, and the hub that accompanies, print letters for those who have no e-mail. */
export const mayPrintLetters = (actor: Actor, facts: Facts): boolean => mayTakePart(actor, facts) || mayNoteFor(actor, facts);

/** An organisation that changes another's role would command it: only the partner itself does, or any partner while it is invited. */
export const mayChangeRole = (actor: Actor, facts: Facts, partner: Partner): boolean =>
	standingOf(partner) === 'accepted' ? speaksFor(actor, partner.organisationId, 'commit') : mayTakePart(actor, facts);

export const abilities = (actor: Actor, facts: Facts) => ({
	takePart: !facts.endedAt && mayTakePart(actor, facts),
	note: !facts.endedAt && mayNoteFor(actor, facts),
	answer: facts.endedAt ? [] : among(actor, facts, 'invited', 'commit').map(({ id }) => id),
	leave: facts.endedAt ? [] : among(actor, facts, 'accepted', 'commit').map(({ id }) => id),
	end: endsFor(actor, facts).length > 0
});

/** As whom somebody reads a cooperation: the page says what it shows them, and what it doesn't. */
export type Reader = 'partner' | 'accompagnateur' | 'helper' | 'invited' | 'departed';
export const readerOf = (actor: Actor, facts: Facts): Reader => {
	if (speaksHereFor(actor, facts).length) return 'partner';
	if (facts.accompanied) return 'accompagnateur';
	if (facts.help) return 'helper';
	return among(actor, facts, 'invited', 'discuss').length ? 'invited' : 'departed';
};

/**
 * How far somebody reads the journal of a cooperation. Partners read it all; the hub that accompanies, and who helps, read what
 * is for them and who is there; an invited partner what concerns it; a departed one what was told before it left.
 */
export function reachOf(actor: Actor, facts: Facts): Reach {
	if (speaksHereFor(actor, facts).length) return 'everything';
	const ours = facts.partners.filter((one) => speaksFor(actor, one.organisationId));
	const left = ours.flatMap(({ acceptedAt, leftAt }) => (acceptedAt && leftAt ? [leftAt.getTime()] : []));
	return {
		until: left.length ? new Date(Math.max(...left)) : null,
		audiences: mayFollow(actor, facts) ? ['accompagnateur', 'everyone'] : ['everyone'],
		organisations: ours.filter((one) => standingOf(one) === 'invited').map(({ organisationId }) => organisationId),
		plain: mayFollow(actor, facts)
	};
}
