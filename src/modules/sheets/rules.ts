/** One thing that happened between two organisations, in the order of time. */
export type Happened = {
	at: Date;
	/** Named after the word that says it: `sheets_history_<what>`. */
	what: string;
	text: string;
	path: string | null;
	/** How it ended, in words; null when there is nothing to add. */
	outcome: string | null;
};

/** Several histories as one, latest first; what happened at the same moment keeps its order. */
export const asOne = (histories: Happened[][], limit: number): Happened[] =>
	histories
		.flat()
		.toSorted((a, b) => b.at.getTime() - a.at.getTime())
		.slice(0, limit);

/** A text without somebody's name: `instead` stands where they were named in full. */
export function without(text: string, name: string, instead: string): string {
	const words = name
		.trim()
		.split(/\s+/)
		.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	if (!words[0]) return text;
	return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${words.join('\\s+')}(?![\\p{L}\\p{N}])`, 'giu'), instead);
}
