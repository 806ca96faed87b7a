import type { Item, Jurisdiction } from '../item.ts';
import type { ContentKey } from './contents.ts';
import type { ListPlaceholder, Placeholder, TablePlaceholder } from './placeholders.ts';

/** The kinds of organisation for which a clause may truly differ. */
export type PartnerKind =
	'association' | 'local_authority' | 'public_establishment' | 'foundation' | 'company' | 'school' | 'collective';

/** A paragraph stands only when that placeholder is filled, or only when it is empty. */
export type When = { filled: Placeholder } | { empty: Placeholder };

/** A paragraph: sentences that may hold `{words}`, or a sentence that opens a list or a table taken from the lines. */
export type Paragraph =
	| { text: string; when?: When }
	| { intro: string; list: ListPlaceholder; when?: When }
	| { intro: string; table: TablePlaceholder; when?: When };

/**
 * What is added to an article when a partner of this kind has accepted (`any`: whoever the partners are), where its law holds.
 * `FR-AM` replaces `FR` for a partner registered in Alsace or Moselle.
 */
export type Variant = {
	partner: PartnerKind | 'any';
	jurisdiction: Jurisdiction;
	source: string;
	paragraphs: readonly Paragraph[];
};

export type Article = Item & {
	title: string;
	/** The contents that this article gives to the agreement; none for those that only protect it. */
	gives: readonly ContentKey[];
	/** On from the start; the others are chosen. */
	usual: boolean;
	/** One line that helps to choose it or to leave it out. */
	advice: string;
	paragraphs: readonly Paragraph[];
	variants: readonly Variant[];
};

/** An article in French, in its first version, that holds anywhere unless it says otherwise. */
export function article(
	id: string,
	of: Omit<Article, 'id' | 'language' | 'jurisdiction' | 'version' | 'variants'> &
		Partial<Pick<Article, 'version' | 'jurisdiction' | 'variants'>>
): Article {
	return { id, language: 'fr', jurisdiction: 'any', version: 1, variants: [], ...of };
}

/** For articles that rest on no text of law. */
export const usage = 'Usage des conventions entre associations ; guides de terrain de 2011 et 2015 pour ce qu’elles contiennent.';
