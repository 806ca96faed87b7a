import { inNameOf } from '#modules/organisations/rules/speaking.ts';
import type { Actor } from '#platform/actor.ts';
import { Refused } from '#platform/errors.ts';

export const roles = ['lead', 'carrier', 'associate', 'public', 'funder', 'support'] as const;
export type Role = (typeof roles)[number];

export const steps = ['define', 'clarify', 'plan', 'evaluate'] as const;
export type Step = (typeof steps)[number];

/** What stands in the address of each step. */
export const slugOf: Record<Step, string> = { define: 'definir', clarify: 'clarifier', plan: 'planifier', evaluate: 'evaluer' };
export const stepAt = (slug: string): Step | undefined => steps.find((step) => slugOf[step] === slug);

export type Partner = {
	id: string;
	organisationId: string;
	role: Role;
	name: string;
	/** The kind of the organisation: association, company… */
	kind: string;
	place: string | null;
	invitedAt: Date;
	acceptedAt: Date | null;
	declinedAt: Date | null;
	leftAt: Date | null;
};

/** Where a partner stands; an invitation has been neither accepted nor declined. */
export type Standing = 'invited' | 'accepted' | 'declined' | 'left';

export const standingOf = ({
	acceptedAt,
	declinedAt,
	leftAt
}: Pick<Partner, 'acceptedAt' | 'declinedAt' | 'leftAt'>): Standing =>
	leftAt ? 'left' : declinedAt ? 'declined' : acceptedAt ? 'accepted' : 'invited';

/** Accepted, or invited and not answered yet. */
export const isHereOrInvited = ({ declinedAt, leftAt }: Pick<Partner, 'declinedAt' | 'leftAt'>): boolean =>
	!declinedAt && !leftAt;

/** Those of these organisations that are partners now, to choose for which of them somebody speaks or notes. */
export const speakersHere = (actor: Actor, { partners }: { partners: readonly Partner[] }, ids: readonly string[]) =>
	inNameOf(
		actor,
		partners.filter((one) => standingOf(one) === 'accepted' && ids.includes(one.organisationId))
	);

/** In whose name somebody acts here, among the partners that they may act for: the one that they chose, or the only one. */
export function chosenAmong(
	partners: readonly Pick<Partner, 'organisationId' | 'name'>[],
	able: readonly string[],
	chosen: string | null
): { id: string; name: string } {
	if (chosen === null && able.length > 1) throw new Refused('organisations.choose-one', {}, 'actingFor');
	const id = chosen ?? able[0];
	const partner = partners.find(({ organisationId }) => organisationId === id && able.includes(organisationId));
	if (!partner) throw new Refused('organisations.not-yours', {}, 'actingFor');
	return { id: partner.organisationId, name: partner.name };
}

/** Public partners, funders and supports have their place and only their place: they are outlined and don't make a cooperation. */
export const carries = (role: Role): boolean => role === 'lead' || role === 'carrier' || role === 'associate';

/** How many associations are missing before this is a cooperation: at least two accepted ones carry it (glossary). */
export const missingAssociations = (
	partners: Pick<Partner, 'kind' | 'role' | 'acceptedAt' | 'declinedAt' | 'leftAt'>[]
): number =>
	Math.max(
		0,
		2 - partners.filter((one) => standingOf(one) === 'accepted' && one.kind === 'association' && carries(one.role)).length
	);

/** An invitation is answered once, while it stands. */
export function answerable(partner: Partner): void {
	const standing = standingOf(partner);
	if (standing !== 'invited') throw new Refused(`cooperations.invitation-${standing}`);
}

/** Only a partner that accepted can leave, and the last one can't: it ends the cooperation instead. */
export function leavable(partner: Partner, partners: Partner[]): void {
	if (standingOf(partner) !== 'accepted') throw new Refused('cooperations.not-a-partner');
	if (!partners.some((one) => one.id !== partner.id && standingOf(one) === 'accepted'))
		throw new Refused('cooperations.last-partner');
}

/** A cooperation has one lead at most, and none is fine. */
export function leadIsFree(partners: Partner[], role: Role, except?: string): void {
	const held = partners.some((one) => one.role === 'lead' && one.id !== except && isHereOrInvited(one));
	if (role === 'lead' && held) throw new Refused('cooperations.lead-taken', {}, 'role');
}

/** The step under way: the first that isn't done, the last one when all are. */
export const stepUnderWay = (done: Step[]): Step => steps.find((step) => !done.includes(step)) ?? 'evaluate';

/** What a sentence is called until somebody names it: its first words. */
export function nameFrom(sentence: string): string {
	const first = sentence.split(/[.!?\n]/)[0]!.trim() || sentence.trim();
	if (first.length <= 60) return first;
	const cut = first.slice(0, 60);
	return `${cut.slice(0, cut.lastIndexOf(' ') > 20 ? cut.lastIndexOf(' ') : 60)}…`;
}

/** What the sentence says beyond the name that was drawn from it; null when nothing is left. */
export function beyondName({ name, sentence }: { name: string; sentence: string }): string | null {
	const rest = sentence.startsWith(name) ? sentence.slice(name.length).replace(/^[\s.!?…]+/, '') : sentence;
	return rest || null;
}

/** « Chœur des Voisins (Montpellier), La Passerelle » → names, each with its commune when one is written; one per line or comma. */
export function namesIn(text: string): { name: string; commune: string | null }[] {
	return text
		.split(/[\n;]|,(?![^(]*\))/)
		.map((one) => one.trim().replace(/\s+/g, ' '))
		.filter(Boolean)
		.map((one) => {
			const [, name, commune] = /^(.+?)\s*\(([^()]+)\)$/.exec(one) ?? [];
			return name && commune ? { name: name.slice(0, 250), commune: commune.trim() } : { name: one.slice(0, 250), commune: null };
		});
}
