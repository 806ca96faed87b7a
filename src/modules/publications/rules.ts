import { Refused } from '#platform/errors.ts';
import { carries, type Role } from '#modules/cooperations/rules.ts';

/** One figure as it stood when the page was proposed. `of` is an indicator, or what sessions amount to. */
export type Figure = { of: string; label: string; value: string };

/** One line as it stood, with the organisation whose it is. */
export type Shown = { root: string; organisationId: string; text: string };

/** What a version of a public page shows: what the partners said yes to, and nothing that was written since. */
export type Content = {
	title: string;
	place: string | null;
	lead: string;
	happened: string;
	changed: string | null;
	next: string | null;
	figures: Figure[];
	lines: Shown[];
	/** Whether the sessions that are open to all are announced. */
	open: boolean;
	/** The partners in the order of the page. */
	order: string[];
};

/** The paragraphs of a text: an empty line parts them. */
export const paragraphs = (text: string): string[] =>
	text
		.split(/\n\s*\n/)
		.map((one) => one.trim())
		.filter(Boolean);

type Named = { organisationId: string; name: string };

const byName = (a: Named, b: Named): number =>
	a.name.localeCompare(b.name, 'fr') || (a.organisationId < b.organisationId ? -1 : 1);

/**
 * The order of partners: the alphabet, turned so that whoever was first the fewest times is first now. Over as many pages as there
 * are partners, each has been first once.
 */
export function fairOrder(partners: readonly Named[], firsts: ReadonlyMap<string, number>): string[] {
	const sorted = partners.toSorted(byName).map(({ organisationId }) => organisationId);
	if (!sorted.length) return [];
	const fewest = Math.min(...sorted.map((id) => firsts.get(id) ?? 0));
	const start = sorted.findIndex((id) => (firsts.get(id) ?? 0) === fewest);
	return [...sorted.slice(start), ...sorted.slice(0, start)];
}

/** Partners in the order that was agreed; those who came since stand last, by name. */
export function inOrder<P extends Named>(partners: readonly P[], order: readonly string[]): P[] {
	const place = ({ organisationId }: P) => {
		const at = order.indexOf(organisationId);
		return at < 0 ? order.length : at;
	};
	return partners.toSorted((a, b) => place(a) - place(b) || byName(a, b));
}

/** Who must say yes: those who carry the cooperation today. */
export const mustAgree = <P extends { role: Role }>(accepted: readonly P[]): P[] => accepted.filter(({ role }) => carries(role));

/** Those who have not said yes. */
export const missing = <P extends { organisationId: string; role: Role }>(accepted: readonly P[], yes: readonly string[]): P[] =>
	mustAgree(accepted).filter(({ organisationId }) => !yes.includes(organisationId));

/** Only the last version is answered: nobody says yes to what is no longer proposed. */
export function answerable(version: { id: string }, last: { id: string } | undefined): void {
	if (version.id !== last?.id) throw new Refused('publications.changed-meanwhile');
}

/** An idea waits this long; then it is forgotten with whatever said who sent it. */
export const ideasKept = 183 * 86_400_000;

/** More ideas than this in a day are a machine’s. */
export const ideasADay = 100;
