import { diffArrays, diffWordsWithSpace } from 'diff';
import type { Block, Compiled } from './compile.ts';

/** A stretch of words: in both texts, only in the older, or only in the newer. */
export type Stretch = { text: string; in: 'both' | 'before' | 'after' };
export type Compared = {
	key: string;
	title: string;
	state: 'same' | 'changed' | 'added' | 'removed' | 'moved';
	before: Stretch[];
	after: Stretch[];
};

/** A block as it is read aloud: what the comparison compares. */
const said = (block: Block): string => {
	switch (block.is) {
		case 'text':
			return block.text;
		case 'list':
			return [block.intro, ...block.items.map((item) => `– ${item}`)].filter(Boolean).join('\n');
		case 'missing':
			return block.intro;
		case 'table':
			return [
				block.intro,
				block.header.join(' · '),
				...[...block.rows, ...block.totals].map((row) => row.map((cell) => cell.replaceAll('\n', ' ; ')).join(' · '))
			]
				.filter(Boolean)
				.join('\n');
	}
};
export const wordsOf = ({ blocks }: Pick<Compiled, 'blocks'>): string => blocks.map(said).join('\n\n');

const side = (stretches: Stretch[], which: 'before' | 'after'): Stretch[] =>
	stretches.filter((one) => one.in === 'both' || one.in === which);

// Beyond this many changes two texts have nothing in common worth showing word by word.
const changesAtMost = 3000;

function compareTexts(before: string, after: string): Stretch[] {
	const changes = diffWordsWithSpace(before, after, { maxEditLength: changesAtMost });
	if (!changes)
		return [
			{ text: before, in: 'before' },
			{ text: after, in: 'after' }
		];
	return changes.map(({ value, added, removed }) => ({ text: value, in: added ? 'after' : removed ? 'before' : 'both' }));
}

/** Compares two texts article by article, in the order of the newer; what was taken out stands where it stood. */
export function compare(before: Compiled[], after: Compiled[]): Compared[] {
	const older = new Map(before.map((article) => [article.key, article]));
	const newer = new Map(after.map((article) => [article.key, article]));
	const common = (articles: Compiled[], other: Map<string, Compiled>) =>
		articles.filter(({ key }) => other.has(key)).map(({ key }) => key);
	const moved = new Set(
		diffArrays(common(before, newer), common(after, older)).flatMap(({ added, value }) => (added ? value : []))
	);
	const whole = (text: string, where: 'before' | 'after'): Stretch[] => [{ text, in: where }];
	const order = diffArrays(
		before.map(({ key }) => key),
		after.map(({ key }) => key)
	).flatMap(({ value, removed }) => (removed ? value.filter((key) => !newer.has(key)) : value));
	return order.map((key) => {
		const [was, is] = [older.get(key), newer.get(key)];
		const title = (is ?? was)!.title;
		if (!was) return { key, title, state: 'added', before: [], after: whole(wordsOf(is!), 'after') };
		if (!is) return { key, title, state: 'removed', before: whole(wordsOf(was), 'before'), after: [] };
		const [old, young] = [`${was.title}\n\n${wordsOf(was)}`, `${is.title}\n\n${wordsOf(is)}`];
		if (old === young) return { key, title, state: moved.has(key) ? 'moved' : 'same', before: [], after: [] };
		const stretches = compareTexts(old, young);
		return { key, title, state: 'changed', before: side(stretches, 'before'), after: side(stretches, 'after') };
	});
}
