import type { Item } from '../item.ts';
import type { DurationKind } from '../stages/durations.ts';

export const themeIds = ['scene', 'recits', 'images', 'mains', 'dehors', 'voisins'] as const;
export type ThemeId = (typeof themeIds)[number];

/** Who did it, and where; `where` is null when the printed source gives no place, `unsure` when its place is in doubt. */
export type Doer = { who: string; where: string | null; unsure?: boolean };

/** When a proposed line falls, from the first or the last day of the action; `days` is negative before. */
export type When = { from: 'start' | 'end'; days: number };

export type ProposedKind =
	'objective' | 'public' | 'need' | 'role' | 'decision' | 'information' | 'limit' | 'task' | 'date' | 'indicator';

/** A line that an object proposes, kept or not, with the words of whoever keeps it. */
export type ProposedLine = {
	id: string;
	kind: ProposedKind;
	text: string;
	topic?: string;
	/** The day of a task or of a date; a period has two. */
	when?: When;
	until?: When;
	phase?: 'before' | 'during' | 'after';
	quantity?: string;
	unit?: string;
};

/** A concrete thing to do together, through which people who did not know each other begin. */
export type ObjectItem = Item & {
	theme: ThemeId;
	/** What it is about, as a short name. */
	name: string;
	/** The same as an act: it stands in « Faire pareil ». */
	title: string;
	line: string;
	/** What usually sets how long its stages last. */
	kind: DurationKind;
	size: string;
	/** Days from the first to the last day of the action, until the partners say theirs. */
	lasts: number;
	/** Projects that were helped since 2011, then territories since 2013. */
	projects: readonly Doer[];
	territories: readonly Doer[];
	needs: readonly string[];
	steps: readonly string[];
	/** Articles of the agreement that matter here more than elsewhere. */
	articles: readonly string[];
	lines: readonly ProposedLine[];
};

/** An object in French, that holds anywhere. */
export const object = (
	id: string,
	of: Omit<ObjectItem, 'id' | 'language' | 'jurisdiction' | 'version' | 'source'>
): ObjectItem => ({
	id,
	language: 'fr',
	jurisdiction: 'any',
	version: 1,
	source:
		'Objets relevés par la recherche de terrain, dans des projets aidés depuis 2011 et des territoires depuis 2013. Tailles, besoins, étapes et lignes : propositions de ce projet.',
	...of
});

/** Where something was done. */
export const at = (who: string, where: string | null): Doer => ({ who, where });
/** The same, where the printed source leaves the place in doubt. */
export const perhaps = (who: string, where: string | null): Doer => ({ who, where, unsure: true });

const from =
	(side: When['from']) =>
	(days: number): When => ({ from: side, days });
const start = from('start');
const end = from('end');

/** What is wanted together. */
export const aim = (id: string, text: string): ProposedLine => ({ id, kind: 'objective', topic: 'common', text });
/** For whom. */
export const forWhom = (id: string, text: string): ProposedLine => ({ id, kind: 'public', text });
/** What it takes: money, people, infrastructure or planning. */
export const need = (id: string, topic: 'money' | 'people' | 'infrastructure' | 'planning', text: string): ProposedLine => ({
	id,
	kind: 'need',
	topic,
	text
});
/** Somebody to be found. */
export const role = (id: string, text: string): ProposedLine => ({ id, kind: 'role', text });
/** What whoever keeps it proposes to decide. */
export const decide = (id: string, text: string, topic?: 'mode' | 'conflict' | 'funds'): ProposedLine => ({
	id,
	kind: 'decision',
	text,
	...(topic ? { topic } : {})
});
/** How people work together. */
export const way = (id: string, topic: 'methods' | 'sessions' | 'followup' | 'communication', text: string): ProposedLine => ({
	id,
	kind: 'information',
	topic,
	text
});
/** What an organisation doesn't go beyond: it stays at home until shared. */
export const limit = (id: string, text: string): ProposedLine => ({ id, kind: 'limit', text });
/** To be done so many days before the first day. */
export const taskBefore = (id: string, days: number, text: string): ProposedLine => ({
	id,
	kind: 'task',
	text,
	when: start(-days)
});
/** To be done so many days after the last day. */
export const taskAfter = (id: string, days: number, text: string): ProposedLine => ({ id, kind: 'task', text, when: end(days) });
/** A day, so many days before the first one. */
export const dateBefore = (
	id: string,
	days: number,
	text: string,
	topic: 'project' | 'administrative' = 'project'
): ProposedLine => ({
	id,
	kind: 'date',
	topic,
	text,
	phase: 'before',
	when: start(-days)
});
/** The action itself, from its first to its last day. */
export const action = (id: string, text: string): ProposedLine => ({
	id,
	kind: 'date',
	topic: 'project',
	text,
	phase: 'during',
	when: start(0),
	until: end(0)
});
/** A day, so many days after the last one. */
export const dateAfter = (id: string, days: number, text: string): ProposedLine => ({
	id,
	kind: 'date',
	topic: 'project',
	text,
	phase: 'after',
	when: end(days)
});
/** What is counted, with what one would be glad of. */
export const count = (id: string, text: string, quantity: number, unit: string): ProposedLine => ({
	id,
	kind: 'indicator',
	text,
	quantity: String(quantity),
	unit
});
