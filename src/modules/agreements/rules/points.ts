import { agreementContents, type ContentKey, type ContentPoint, type Proof } from '#content/agreement/contents.ts';
import { sectionOf } from '#modules/lines/rules/sections.ts';
import type { Clause } from './compile.ts';
import { proves } from './facts.ts';

/** One of the twelve contents of an agreement, and whether it is there. */
export type Point = {
	id: ContentKey;
	label: string;
	help: string;
	missing: string;
	step: ContentPoint['step'];
	/** `left out`: it is written in the lines, and no article says it any more. */
	state: 'present' | 'missing' | 'left out';
	/** How many lines prove it; null where it is proved otherwise. */
	lines: number | null;
	/** The partners of whom something is missing. */
	without: string[];
};

/** What of a cooperation tells which contents are there: who the partners are, and which lines stand. */
export type Proofs = {
	name: string;
	parties: readonly { organisationId: string; name: string }[];
	lines: readonly { kind: Proof['kind']; topic: string | null; actingFor: string; whoOrganisation: string | null }[];
};

/** What an agreement must hold, present or missing, in the order in which it is read. */
export const pointsOf = (clauses: Pick<Clause, 'source'>[], facts: Proofs): Point[] =>
	agreementContents.map(({ id, label, help, missing, step, presence }) => {
		const proofs = presence.by === 'lines' ? facts.lines.filter((line) => presence.any.some((proof) => proves(proof, line))) : [];
		const without =
			presence.by === 'lines' && presence.of === 'each partner'
				? facts.parties
						.filter(({ organisationId }) => !proofs.some((line) => (line.whoOrganisation ?? line.actingFor) === organisationId))
						.map(({ name }) => name)
				: [];
		const there =
			presence.by === 'name'
				? facts.name !== ''
				: presence.by === 'partners'
					? facts.parties.length >= presence.atLeast
					: proofs.length > 0 && without.length === 0;
		const said = clauses.some(({ source }) => source?.gives.includes(id));
		return {
			id,
			label,
			help,
			missing,
			step,
			state: !there ? 'missing' : said ? 'present' : 'left out',
			lines: presence.by === 'lines' ? proofs.length : null,
			without
		};
	});

const slugs = { define: 'definir', clarify: 'clarifier', plan: 'planifier', evaluate: 'evaluer' } as const;

/** Where a content is written: the section of a step's page in which its first proof is read. */
export function placeOfPoint(path: string, id: ContentKey): string {
	const presence = agreementContents.find((one) => one.id === id)!.presence;
	if (presence.by === 'partners') return `${path}/partenaires`;
	if (presence.by === 'name') return path;
	const { kind, topics } = presence.any[0]! as Proof;
	const section = sectionOf({ kind, topic: topics?.[0] ?? null });
	return `${path}/${slugs[section.step]}#${section.id}`;
}
