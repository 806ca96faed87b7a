import { abbreviations } from '#content/search/abbreviations.ts';
import { searchClauses } from '#modules/agreements/queries.server.ts';
import { searchCooperations } from '#modules/cooperations/queries.server.ts';
import { searchIdeas } from '#modules/ideas/queries.server.ts';
import { searchLines } from '#modules/lines/queries/search.server.ts';
import { searchNeeds } from '#modules/needs/queries.server.ts';
import { searchOrganisations } from '#modules/organisations/queries.server.ts';
import { searchPeople } from '#modules/organisations/queries/people.server.ts';
import type { Context } from '#platform/context.server.ts';
import { excerpt, meant, understand, wordsOf, type Asked, type Unasked } from '#platform/database/text-search.server.ts';
import { kinds, type Kind } from './forms.ts';

type Found = { id: string; title: string; text: string; path: string; kind?: string; cooperation?: string };

// Each module answers for its own tables, with what it lets the actor see.
const answers: Record<Kind, (context: Context, asked: Asked) => Promise<Found[]>> = {
	structures: searchOrganisations,
	personnes: searchPeople,
	cooperations: searchCooperations,
	besoins: searchNeeds,
	idees: searchIdeas,
	lignes: searchLines,
	articles: searchClauses
};

/** How many things a kind shows among all, and on a page of its own. */
const shownAmongAll = 5;
const shownAlone = 20;

/** Counting stops here: « plus de 100 ». */
export const mostCounted = 100;

/**
 * What answers a question, by kind, the nearest first. Counts, excerpts, order and what was probably meant are made of what the asker
 * may see, and of nothing else.
 */
export async function search(context: Context, { question, kind, page }: { question: string; kind: Kind | null; page: number }) {
	const words = wordsOf(question);
	if (typeof words === 'string') return { unasked: words as Unasked, groups: [], meant: null, page: 1, pages: 1 };
	const asked = await understand(context.db, words, abbreviations);
	const found = new Map<Kind, Found[]>();
	for (const one of kinds) found.set(one, await answers[one](context, asked));
	const alone = kind ? found.get(kind)! : [];
	const pages = Math.max(1, Math.ceil(alone.length / shownAlone));
	const at = Math.min(page, pages);
	const groups = kinds.map((one) => {
		const all = found.get(one)!;
		const shown = kind ? (one === kind ? all.slice((at - 1) * shownAlone, at * shownAlone) : []) : all.slice(0, shownAmongAll);
		return {
			kind: one,
			count: Math.min(all.length, mostCounted),
			beyond: all.length > mostCounted,
			more: !kind && all.length > shown.length,
			things: shown.map(({ id, title, text, path, kind: ofThing, cooperation }) => ({
				id,
				path,
				lineKind: one === 'lignes' ? (ofThing ?? null) : null,
				cooperation: cooperation ?? null,
				title: excerpt(asked, title),
				text: excerpt(asked, text)
			}))
		};
	});
	return {
		unasked: null,
		groups,
		meant: meant(
			asked,
			[...found.values()].flatMap((all) => all.slice(0, 10))
		),
		page: at,
		pages
	};
}

/** How many things answer a question, as far as one counts. */
export async function countFound(context: Context, { question, kind }: { question: string; kind: Kind | null }): Promise<number> {
	const { groups } = await search(context, { question, kind, page: 1 });
	return groups.filter((group) => !kind || group.kind === kind).reduce((sum, { count }) => sum + count, 0);
}
