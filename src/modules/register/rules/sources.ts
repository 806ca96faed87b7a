/** The official registers, as this product knows them: the source of a fact, said beside it. */
export const sources = ['rna-waldec', 'rna-import', 'sirene', 'bce'] as const;
export type Source = (typeof sources)[number];

/** The registers that number bodies, and the sources whose key is such a number. */
export const keyedBy: Record<'rna' | 'siren' | 'bce', readonly Source[]> = {
	rna: ['rna-waldec', 'rna-import'],
	siren: ['sirene'],
	bce: ['bce']
};

/** A declaration or a grant is recent for three years: boards are usually renewed by then. In days. */
export const recentFor = 3 * 366;

/** The address of an official record. */
export const pathOf = ({ source, key }: { source: string; key: string }): string =>
	`/repertoire/${source}/${encodeURIComponent(key)}`;
