import type { Item } from '../item.ts';

export const dimensionKeys = [
	'time',
	'functioning',
	'communication',
	'mandate',
	'vision',
	'objectives',
	'evaluation',
	'funding',
	'power',
	'realities',
	'knowledge',
	'human'
] as const;
export type DimensionKey = (typeof dimensionKeys)[number];

/** One of the twelve dimensions of a cooperation: what weighs on it, what lifts it, and what partners can try. */
export type Dimension = Item & {
	id: DimensionKey;
	name: string;
	/** What a partner asks itself. */
	question: string;
	weighs: string;
	lifts: string;
	/** Each begins with a verb: partners can put it on an agenda as it is. */
	levers: readonly string[];
};

export const reviewKeys = ['want', 'legitimate', 'legal', 'people'] as const;
export type ReviewKey = (typeof reviewKeys)[number];

/** One of the four questions that a cooperation asks itself again: yes, no, or nobody knows yet. */
export type ReviewQuestion = Item & { id: ReviewKey; question: string; help: string };

/** A short piece of advice, said when one of its dimensions weighs or its step is under way. */
export type Vigilance = Item & {
	text: string;
	why: string;
	dimensions: readonly DimensionKey[];
	steps: readonly ('define' | 'clarify' | 'plan' | 'evaluate')[];
};
