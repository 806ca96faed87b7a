import { codeOf } from '#platform/ids.ts';

/** The lists that can be narrowed and kept, and what narrows them: the words of their addresses. */
const lists = {
	ideas: { at: /^\/idees$/, narrows: ['q', 'lieu', 'rayon', 'theme', 'etat'] },
	structures: {
		at: /^\/structures$/,
		narrows: ['q', 'genre', 'theme', 'public', 'reseau', 'lieu', 'rayon', 'cherche', 'propose', 'tels', 'registres']
	},
	search: { at: /^\/chercher$/, narrows: ['q', 'genre'] },
	portfolio: { at: /^\/maison\/portefeuille$/, narrows: ['voir', 'phase'] },
	journal: { at: /^\/cooperations\/([^/]+)\/journal$/, narrows: ['genre', 'structure', 'du', 'au'] },
	sessions: { at: /^\/cooperations\/([^/]+)\/seances$/, narrows: ['serie', 'etat'] }
} as const;
export type List = keyof typeof lists;

/** How many views one keeps of one list, and in all. */
export const mostOfOneList = 12;
export const mostKept = 100;

/** Counting stops here: « plus de 100 ». */
export const mostCounted = 100;

export type Narrowed = { list: List; place: string; query: string };

/**
 * What an address narrows; null when it is not one of our lists. Whatever else stands in it is left out: a page, an anchor, another
 * site. The name of a cooperation too, since it may change: its code is enough to find it.
 */
export function narrowed(address: string): Narrowed | null {
	if (!/^\/(?![/\\])/.test(address) || address.length > 2000) return null;
	const url = URL.parse(address, 'http://here');
	if (url?.origin !== 'http://here') return null;
	for (const [list, { at, narrows }] of Object.entries(lists)) {
		const found = at.exec(url.pathname);
		if (!found) continue;
		const code = found[1] && codeOf(found[1]);
		if (found[1] && !/^[a-z0-9]+$/.test(code ?? '')) return null;
		const query = new URLSearchParams();
		for (const name of narrows) {
			const value = (url.searchParams.get(name) ?? '').toWellFormed().normalize('NFC').replace(/\0/g, '').trim().slice(0, 200);
			if (value) query.set(name, value);
		}
		return {
			list: list as List,
			place: found[1] ? url.pathname.replace(found[1], code!) : url.pathname,
			query: query.toString()
		};
	}
	return null;
}

/** Where a kept view is read. */
export const addressOf = ({ place, query }: { place: string; query: string }): string => `${place}?${query}`;
