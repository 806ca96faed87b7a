import type { Article } from '#content/agreement/clause.ts';
import { agreementContents, type ContentKey, type Proof } from '#content/agreement/contents.ts';
import {
	placeholders,
	type ListPlaceholder,
	type Meaning,
	type Placeholder,
	type TablePlaceholder
} from '#content/agreement/placeholders.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import { commitmentsOf, filled, listFor, tableFor, wordsFor, type Commitments, type Facts, type Table } from './facts.ts';
import { variantsFor } from './law.ts';
import { filledIn, parts, shapeOf, written } from './text.ts';

/** What is kept of a library article when it enters an agreement: a later version of the library never touches it. */
export type Source = Pick<Article, 'version' | 'paragraphs' | 'variants' | 'gives'>;

/** An article of one agreement. `text` is null while it is the library's. */
export type Clause = {
	id: string;
	article: string | null;
	source: Source | null;
	title: string;
	text: string | null;
	/** The text of a house's library that it was copied from. */
	houseText?: string | null;
};

export type Block =
	| { is: 'text'; text: string }
	| { is: 'list'; intro: string; items: string[] }
	| ({ is: 'table'; intro: string; table: TablePlaceholder } & Table)
	/** Nothing is written yet where a list or a table stands: printed in a draft only. */
	| { is: 'missing'; intro: string; text: string; content: ContentKey | null };

export type Compiled = { key: string; title: string; blocks: Block[] };

/** The whole of what is printed, and nothing else: what the fingerprint is of. */
export type Content = {
	format: 1;
	name: string;
	place: string | null;
	parties: { id: string; name: string; kind: string; role: string; outlined: boolean; register: string | null }[];
	articles: Compiled[];
	annexes: ({ id: string; name: string } & Commitments)[];
};

/** The text of an article that people edit: theirs, or the library's with the variants that the partners call for. */
export const textOf = ({ text, source }: Pick<Clause, 'text' | 'source'>, facts: Pick<Facts, 'parties'>): string =>
	text ??
	(source
		? written([...source.paragraphs, ...variantsFor(source.variants, facts.parties).flatMap(({ paragraphs }) => paragraphs)])
		: '');

/** The content that an empty list or table leaves missing: the one that its lines would prove, among those that the article gives. */
function missingFor(placeholder: Placeholder, source: Source | null): ContentKey | null {
	const { reads = [] }: Meaning = placeholders[placeholder];
	const proved = (by: Proof) =>
		reads.some(
			({ kind, topics }) =>
				kind === by.kind &&
				(!topics || !by.topics || (topics as readonly string[]).some((topic) => (by.topics as readonly string[]).includes(topic)))
		);
	const point = agreementContents.find(
		({ id, presence }) => (source?.gives.includes(id) ?? true) && presence.by === 'lines' && presence.any.some(proved)
	);
	return point?.id ?? source?.gives[0] ?? null;
}

/** Compiles one article: conditions, words, lists and tables filled from the facts. */
export function compileArticle(clause: Clause, facts: Facts): Compiled {
	const blocks: Block[] = [];
	for (const { words, last, when } of parts(textOf(clause, facts))) {
		if (when && ('filled' in when ? !filled(facts, when.filled) : filled(facts, when.empty))) continue;
		const said = filledIn(words, (placeholder) => wordsFor(facts, placeholder));
		if (!last) blocks.push({ is: 'text', text: said });
		else if (!filled(facts, last)) {
			const content = missingFor(last, clause.source);
			const missing = agreementContents.find(({ id }) => id === content)?.missing;
			blocks.push({ is: 'missing', intro: said, text: missing ?? m.agreements_missing_lines(), content });
		} else if (shapeOf(last) === 'list') blocks.push({ is: 'list', intro: said, items: listFor(facts, last as ListPlaceholder) });
		else
			blocks.push({ is: 'table', intro: said, table: last as TablePlaceholder, ...tableFor(facts, last as TablePlaceholder)! });
	}
	return { key: clause.id, title: clause.title, blocks };
}

const outlined: readonly string[] = ['public', 'funder', 'support'];

/** Compiles an agreement from its articles, in their order, and from the facts that the partners share. */
export const compile = (clauses: Clause[], facts: Facts): Content => ({
	format: 1,
	name: facts.name,
	place: facts.place,
	parties: facts.parties.map(({ organisationId, name, kind, role, register }) => ({
		id: organisationId,
		name,
		kind: word(`organisations_kind_${kind}`),
		role: word(`cooperations_role_${role}`),
		outlined: outlined.includes(role),
		register
	})),
	articles: clauses.map((clause) => compileArticle(clause, facts)),
	annexes: facts.parties.map(({ organisationId, name }) => ({
		id: organisationId,
		name,
		...commitmentsOf(facts, organisationId)
	}))
});

/** What can be frozen: what is missing is left out, and so is an article of which nothing is left. */
export const settled = (content: Content): Content => ({
	...content,
	articles: content.articles
		.map((article) => ({ ...article, blocks: article.blocks.filter(({ is }) => is !== 'missing') }))
		.filter(({ blocks }) => blocks.length > 0)
});
