import type { Compiled, Content } from './compile.ts';

/** What a text says, without what typing leaves at its ends. */
const bare = (text: string): string =>
	text
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[.\s]+$/, '');

const saidIn = ({ blocks }: Compiled): string[] =>
	blocks.flatMap((block) =>
		block.is === 'list'
			? [block.intro, ...block.items]
			: block.is === 'table'
				? [block.intro, ...block.rows.flat()]
				: block.is === 'text'
					? [block.text]
					: []
	);

/** Shorter texts are found only where they stand alone: « oui » is in every article. */
const shortest = 12;

/** The articles of a frozen text, by their number and title, that quote one of these wordings of a line. */
export function quoting(content: Content, wordings: readonly string[]): { key: string; n: number; title: string }[] {
	const wanted = wordings.map(bare).filter(Boolean);
	const holds = (text: string) => {
		const said = bare(text);
		return wanted.some((wording) => (wording.length < shortest ? said === wording : said.includes(wording)));
	};
	return content.articles.flatMap((article, at) =>
		saidIn(article).some(holds) ? [{ key: article.key, n: at + 1, title: article.title }] : []
	);
}
