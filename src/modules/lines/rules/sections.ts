import { kinds, topics, type Kind, type Step } from '../rules.ts';

/** A part of a step's page: one kind of line, and the topics of it that are read together. */
export type Section = {
	id: string;
	step: Step;
	kind: Kind;
	/** The first is what a line written there is about; « none » is a line about nothing in particular. */
	topics: readonly string[];
	/** Read partner by partner, so that what they see differently stands side by side. */
	byPartner: boolean;
};

const section = (step: Step, id: string, kind: Kind, about: readonly string[] = ['none'], byPartner = false): Section => ({
	id,
	step,
	kind,
	topics: about,
	byPartner
});

/** What each step is made of, in the order in which people talk about it. */
export const sections: readonly Section[] = [
	section('define', 'stakes', 'information', ['stakes']),
	section('define', 'vision', 'information', ['vision']),
	section('define', 'common', 'objective', ['common']),
	section('define', 'own', 'objective', ['own'], true),
	section('define', 'publics', 'public'),
	section('define', 'needs', 'need', topics.need),
	section('define', 'words', 'information', ['words']),
	section('define', 'ways', 'information', ['methods', 'sessions', 'followup', 'communication']),
	section('define', 'notes', 'information', ['none']),
	section('clarify', 'roles', 'role'),
	section('clarify', 'contributions', 'contribution', topics.contribution),
	section('clarify', 'modes', 'decision', ['mode', 'conflict', 'funds']),
	section('clarify', 'homes', 'decision', ['home'], true),
	section('clarify', 'limits', 'limit', ['none'], true),
	section('clarify', 'decisions', 'decision', ['none']),
	section('plan', 'tasks', 'task'),
	section('plan', 'dates', 'date', ['project', 'administrative']),
	section('plan', 'impossible', 'date', ['impossible'], true),
	section('plan', 'risks', 'risk', ['feared']),
	section('evaluate', 'indicators', 'indicator'),
	section('evaluate', 'measures', 'measure'),
	section('evaluate', 'unforeseen', 'risk', ['happened']),
	section('evaluate', 'worked', 'information', ['worked'], true),
	section('evaluate', 'failed', 'information', ['failed'], true),
	section('evaluate', 'again', 'information', ['again'], true),
	section('evaluate', 'handed', 'information', ['handed'], true)
];

export const sectionsOf = (step: Step): Section[] => sections.filter((one) => one.step === step);

/** The one section in which a line is read. */
export const sectionOf = ({ kind, topic }: { kind: Kind; topic: string | null }): Section =>
	sections.find((one) => one.kind === kind && one.topics.includes(topic ?? 'none')) ?? sections.find((one) => one.kind === kind)!;

/** Lines partner by partner, in the order of the partners; one that speaks for a partner that left comes after. */
export function byPartner<L extends { actingFor: string; speaker: string }>(
	lines: L[],
	order: readonly string[]
): { id: string; name: string; lines: L[] }[] {
	const groups = new Map<string, { id: string; name: string; lines: L[] }>();
	for (const line of lines) {
		const group = groups.get(line.actingFor) ?? { id: line.actingFor, name: line.speaker, lines: [] };
		group.lines.push(line);
		groups.set(line.actingFor, group);
	}
	const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
	return [...groups.values()].toSorted((a, b) => place(a.id) - place(b.id));
}

/** What a closing review asks, on a page of its own. */
export const reviewed = ['worked', 'failed', 'again', 'handed'] as const;

/** The sections of a step's own page. */
export const sectionsRead = (step: Step): Section[] =>
	sectionsOf(step).filter(({ id }) => !(reviewed as readonly string[]).includes(id));

/** The kinds of which some lines are read on a step's page. */
export const kindsRead = (step: Step): Kind[] => kinds.filter((kind) => sectionsRead(step).some((one) => one.kind === kind));

/** How many lines each step holds. */
export function byStep(counts: { kind: Kind; topic: string | null; count: number }[]): Record<Step, number> {
	const sums: Record<Step, number> = { define: 0, clarify: 0, plan: 0, evaluate: 0 };
	for (const { count, ...line } of counts) sums[sectionOf(line).step] += count;
	return sums;
}
