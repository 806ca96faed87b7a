import { diffWordsWithSpace } from 'diff';

/** A piece of text that stayed, went or came between two versions of a line. */
export type Change = { text: string; is: 'same' | 'old' | 'new' };

/** What changed between two texts, word by word: the same and the old make the first, the same and the new the second. */
export const changesBetween = (before: string, after: string): Change[] =>
	diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
		text: value,
		is: added ? 'new' : removed ? 'old' : 'same'
	}));
