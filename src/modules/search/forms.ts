import { pageIn } from '#platform/forms.ts';

/** What is looked for, in the order of the page; the words of the address. */
export const kinds = ['structures', 'personnes', 'cooperations', 'besoins', 'idees', 'lignes', 'articles'] as const;
export type Kind = (typeof kinds)[number];

/** What one may ask, in the address: what is wrong there is left out. */
export function searchIn(url: URL): { question: string; kind: Kind | null; page: number } {
	const asked = (name: string) => (url.searchParams.get(name) ?? '').toWellFormed().normalize('NFC').replace(/\0/g, '').trim();
	return {
		question: asked('q').slice(0, 200),
		kind: kinds.find((kind) => kind === asked('genre')) ?? null,
		page: pageIn(url.searchParams, 100)
	};
}
