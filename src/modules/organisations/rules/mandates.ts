import type { May } from '#platform/actor.ts';
import { m } from '#words';
import { Refused } from '#platform/errors.ts';
import { word } from '#platform/say.ts';

/** Every kind of organisation (glossary). */
export const kinds = [
	'association',
	'mda',
	'epn',
	'local_authority',
	'public_establishment',
	'foundation',
	'company',
	'school',
	'collective',
	'other'
] as const;
export type Kind = (typeof kinds)[number];

/** The kind that a name says of itself, for a structure that others name before it is here; it is corrected on its page. */
export const kindFrom = (name: string): Kind =>
	/^(fondation|fonds de dotation)\b/i.test(name)
		? 'foundation'
		: /^((ville|mairie|commune|métropole|région) d|conseil (départemental|régional)\b)/i.test(name)
			? 'local_authority'
			: 'association';

export const mays = ['discuss', 'commit', 'sign'] as const satisfies May[];

/** What somebody may do in an organisation, in words. */
export const roleIn = ({ manager, may }: { manager: boolean; may: May }): string =>
	manager ? m.organisations_may_manager() : word(`organisations_may_${may}`);

export type Member = {
	membershipId: string;
	personId: string;
	name: string;
	title: string | null;
	manager: boolean;
	may: May;
	/** Accompanies for the house that the organisation is. */
	accompanies: boolean;
	/** The days of the mandate that reaches furthest today; null for a manager, and for one who only discusses. */
	from: string | null;
	to: string | null;
};

/** What an invitation becomes: it waits, then one of these; it expires after thirty days. */
export type InvitationState = 'waiting' | 'accepted' | 'declined' | 'revoked' | 'expired';
export const invitationLasts = 30 * 86_400_000;

/** A mistyped address must not close the door, and a link must not become a way to write to anybody: three wait at most. */
export const firstInvitationsAtOnce = 3;

export function stateOf(
	invitation: { acceptedAt: Date | null; declinedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
	now: Date
): InvitationState {
	if (invitation.acceptedAt) return 'accepted';
	if (invitation.declinedAt) return 'declined';
	if (invitation.revokedAt) return 'revoked';
	return invitation.expiresAt <= now ? 'expired' : 'waiting';
}

/** Only an invitation that waits can be answered. */
export function answerable(state: InvitationState): void {
	if (state !== 'waiting') throw new Refused(`organisations.invitation-${state}`);
}

/** An organisation with other members keeps at least one manager: it never depends on nobody. */
export function keepsAManager(members: Pick<Member, 'membershipId' | 'manager'>[], leaving: string): void {
	const others = members.filter(({ membershipId }) => membershipId !== leaving);
	if (others.length && !others.some(({ manager }) => manager)) throw new Refused('organisations.last-manager');
}

/** While it is a house, an organisation keeps somebody who accompanies: another is named first, or the house closes. */
export function keepsAnAccompagnateur(members: Pick<Member, 'membershipId' | 'accompanies'>[], leaving: string): void {
	const those = members.filter(({ accompanies }) => accompanies);
	if (those.some(({ membershipId }) => membershipId === leaving) && those.length === 1)
		throw new Refused('organisations.last-accompagnateur');
}
