import { Refused } from '#platform/errors.ts';

/** How a cooperation was entered. */
export const entryModes = ['spotted', 'event', 'lead', 'partnership', 'habit'] as const;
export type EntryMode = (typeof entryModes)[number];

/**
 * What sets cooperations off, the most frequent first, with the share of the 28 answers of a national survey that named it;
 * null where the field gave none.
 */
export const triggers = [
	{ id: 'near', share: 79 },
	{ id: 'common-will', share: 75 },
	{ id: 'better', share: 71 },
	{ id: 'pooling', share: 61 },
	{ id: 'opportunity', share: 46 },
	{ id: 'constraint', share: 21 },
	{ id: 'funding', share: 21 },
	{ id: 'leader', share: 7 },
	{ id: 'order', share: 0 }
] as const;
export const triggerIds = [
	'near',
	'common-will',
	'better',
	'pooling',
	'opportunity',
	'constraint',
	'funding',
	'leader',
	'order'
] as const;
export type Trigger = (typeof triggerIds)[number];

/** Once said, a mode of entry is changed with a reason. */
export function checkMode(before: string | null, after: string | null, reason: string | null): void {
	if (before !== null && after !== before && !reason) throw new Refused('cooperations.mode-why', {}, 'reason');
}
