/** What can be told: a closed list, so that each kind has its words and can be refused by whoever doesn't want it. */
export const kinds = [
	'task',
	'meeting',
	'poll',
	'minutes',
	'line',
	'agreement',
	'partner',
	'call',
	'accompaniment',
	'organisation',
	'reminder'
] as const;
export type Kind = (typeof kinds)[number];

/** One thing to tell somebody. */
export type Told = {
	personId: string;
	kind: Kind;
	/** What it belongs to; null for what belongs to no cooperation. */
	cooperationId: string | null;
	/** One sentence that stands alone, without who it is for. */
	text: string;
	/** Where it is: an address of this product, without its host. */
	path: string;
};
