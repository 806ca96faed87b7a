import { Refused } from '#platform/errors.ts';

export const kinds = [
	'information',
	'objective',
	'need',
	'public',
	'role',
	'contribution',
	'limit',
	'decision',
	'task',
	'date',
	'risk',
	'indicator',
	'measure'
] as const;
export type Kind = (typeof kinds)[number];

export const audiences = ['organisation', 'partners', 'accompagnateur', 'everyone'] as const;
export type Audience = (typeof audiences)[number];

export const phases = ['before', 'during', 'after'] as const;
export type Phase = (typeof phases)[number];

export const likelihoods = ['unlikely', 'possible', 'likely'] as const;
export type Likelihood = (typeof likelihoods)[number];

export const severities = ['light', 'heavy', 'grave'] as const;
export type Severity = (typeof severities)[number];

export type Step = 'define' | 'clarify' | 'plan' | 'evaluate';

/** Where each kind is read: a line goes by itself to the step it belongs to; a few topics go elsewhere (rules/sections.ts). */
export const stepOf: Record<Kind, Step> = {
	information: 'define',
	objective: 'define',
	need: 'define',
	public: 'define',
	role: 'clarify',
	contribution: 'clarify',
	limit: 'clarify',
	decision: 'clarify',
	task: 'plan',
	date: 'plan',
	risk: 'plan',
	indicator: 'evaluate',
	measure: 'evaluate'
};

/** What a kind may be about, more precisely. The first is what a line is taken for when nobody says. */
export const topics: Partial<Record<Kind, readonly string[]>> = {
	information: [
		'none',
		'stakes',
		'vision',
		'words',
		'methods',
		'sessions',
		'followup',
		'communication',
		'worked',
		'failed',
		'again',
		'handed'
	],
	objective: ['common', 'own'],
	need: ['none', 'money', 'people', 'infrastructure', 'planning'],
	contribution: ['other', 'money', 'equipment', 'premises', 'skill', 'hours'],
	decision: ['none', 'mode', 'conflict', 'funds', 'home'],
	date: ['project', 'administrative', 'impossible'],
	risk: ['feared', 'happened']
};

/** What a line of each kind can be about. */
export const aboutOf: Partial<Record<Kind, readonly Kind[]>> = {
	indicator: ['objective'],
	measure: ['indicator'],
	role: ['objective'],
	task: ['objective', 'decision'],
	date: ['objective', 'decision']
};

/** What was agreed together is looked at before it is changed: quoted by an agreement, in adopted minutes, or decided (decision 060). */
export const wasAgreed = (
	{ kind, audience }: { kind: Kind; audience: Audience },
	{ quoted, adopted }: { quoted: boolean; adopted: boolean }
): boolean => audience !== 'organisation' && (quoted || adopted || kind === 'decision');

/** The first words of a line, where there is no room for all of it. */
export const shortened = (text: string, most = 80): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export type Detail =
	| 'who'
	| 'person'
	| 'due'
	| 'period'
	| 'phase'
	| 'money'
	| 'quantity'
	| 'holder'
	| 'about'
	| 'likelihood'
	| 'severity'
	| 'remedy'
	| 'lesson';

/** The details that a kind can carry. None is ever required. */
export const detailsOf: Record<Kind, readonly Detail[]> = {
	information: [],
	objective: ['quantity'],
	need: ['money', 'quantity'],
	public: ['quantity'],
	role: ['who', 'person', 'about'],
	contribution: ['who', 'money', 'quantity', 'holder'],
	limit: [],
	decision: [],
	task: ['who', 'person', 'due', 'about'],
	date: ['period', 'phase', 'about'],
	risk: ['who', 'due', 'likelihood', 'severity', 'remedy', 'lesson'],
	indicator: ['quantity', 'about'],
	measure: ['quantity', 'due', 'about']
};

/** What is feared has a likelihood; what happened has a day and a lesson. */
const apart: Record<string, readonly Detail[]> = { feared: ['due', 'lesson'], happened: ['likelihood', 'severity'] };

/** The details that a kind can carry when it is about this. */
export const detailsOn = (kind: Kind, topic: string | null): readonly Detail[] =>
	kind === 'risk' ? detailsOf.risk.filter((detail) => !apart[topic ?? 'feared']?.includes(detail)) : detailsOf[kind];

export type Details = {
	topic: string | null;
	whoOrganisation: string | null;
	whoPerson: string | null;
	heldBy: string | null;
	startsOn: string | null;
	endsOn: string | null;
	phase: Phase | null;
	cents: number | null;
	quantity: string | null;
	unit: string | null;
	about: string | null;
	likelihood: Likelihood | null;
	severity: Severity | null;
	/** What lowers a risk, or what was done when it happened. */
	remedy: string | null;
	lesson: string | null;
};

export const noDetails: Details = {
	topic: null,
	whoOrganisation: null,
	whoPerson: null,
	heldBy: null,
	startsOn: null,
	endsOn: null,
	phase: null,
	cents: null,
	quantity: null,
	unit: null,
	about: null,
	likelihood: null,
	severity: null,
	remedy: null,
	lesson: null
};

/** Keeps what the kind can carry and drops the rest, which a form may send because it shows every field. */
export function detailsFor(kind: Kind, given: Partial<Details>): Details {
	const possible = topics[kind];
	const topic = given.topic && given.topic !== 'none' ? given.topic : null;
	const has = (detail: Detail) => detailsOn(kind, topic).includes(detail);
	if (topic && !possible?.includes(topic)) throw new Refused('lines.unknown-topic', {}, 'topic');
	const startsOn = has('period') ? (given.startsOn ?? null) : null;
	const endsOn = has('period') ? (given.endsOn ?? null) : has('due') ? (given.endsOn ?? null) : null;
	if (startsOn && endsOn && endsOn < startsOn) throw new Refused('lines.ends-before-it-starts', {}, 'endsOn');
	return {
		topic: topic ?? (possible && possible[0] !== 'none' ? possible[0]! : null),
		whoOrganisation: has('who') ? (given.whoOrganisation ?? null) : null,
		whoPerson: has('person') ? (given.whoPerson ?? null) : null,
		heldBy: has('holder') ? (given.heldBy ?? null) : null,
		startsOn: startsOn ?? (has('period') ? endsOn : null),
		endsOn,
		phase: has('phase') ? (given.phase ?? null) : null,
		cents: has('money') ? (given.cents ?? null) : null,
		quantity: has('quantity') ? (given.quantity ?? null) : null,
		unit: has('quantity') ? (given.unit ?? null) : null,
		about: has('about') ? (given.about ?? null) : null,
		likelihood: has('likelihood') ? (given.likelihood ?? null) : null,
		severity: has('severity') ? (given.severity ?? null) : null,
		remedy: has('remedy') ? (given.remedy ?? null) : null,
		lesson: has('lesson') ? (given.lesson ?? null) : null
	};
}

/** Fears, limits and own objectives begin at home; the rest is for the partners. */
export const usualAudience = (kind: Kind, topic: string | null): Audience =>
	kind === 'limit' || (kind === 'risk' && topic !== 'happened') || (kind === 'objective' && topic === 'own')
		? 'organisation'
		: 'partners';

/** What belongs to one partner is changed by that partner alone; the rest is everyone's. */
export const personal = (kind: Kind, topic: string | null): boolean =>
	kind === 'limit' || kind === 'contribution' || (kind === 'objective' && topic === 'own');

export type Line = Details & {
	id: string;
	root: string;
	replaces: string | null;
	cooperationId: string;
	kind: Kind;
	text: string;
	reason: string | null;
	actingFor: string;
	audience: Audience;
	writtenAt: Date;
};

/** Money that partners bring: exact cents, by currency. Sums never mix currencies. */
export function totals(lines: Pick<Line & { currency: string | null }, 'cents' | 'currency'>[]): Map<string, number> {
	const sums = new Map<string, number>();
	for (const { cents, currency } of lines)
		if (cents !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + cents);
	return sums;
}

export type Period = { id: string; who: string | null; startsOn: string; endsOn: string };

/** A date that falls into a partner's impossible period clashes with it. Both ends count. */
export function clashes(dates: Period[], impossible: Period[]): { date: string; with: string }[] {
	return dates.flatMap((date) =>
		impossible
			.filter((period) => period.id !== date.id && date.startsOn <= period.endsOn && period.startsOn <= date.endsOn)
			.map((period) => ({ date: date.id, with: period.id }))
	);
}
