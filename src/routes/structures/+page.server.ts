import { searchIn } from '#modules/organisations/forms.ts';
import { drawMap } from '#modules/organisations/queries/map.server.ts';
import { mostRecords, mostTaken } from '#modules/search/directory/documents.server.ts';
import {
	countSearch,
	listChoices,
	listWithout,
	placeSearch,
	searchDirectory,
	understandSearch
} from '#modules/search/directory/queries.server.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { listAreas } from '#modules/territories/queries/areas.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const { page: at, after, before, registerPage, ...raw } = searchIn(url);
	const understood = await understandSearch(context, raw);
	const { asked, place } = understood;
	const onMap = url.searchParams.get('vue') === 'carte';
	const signedIn = context.actor.is === 'person';
	const listed = await searchDirectory(context, understood, { page: at, after, before, registerPage });
	return {
		asked,
		unasked: understood.unasked,
		nearly: understood.nearly,
		instead: Object.entries(understood.instead).map(([facet, words]) => ({
			said: asked[facet as keyof typeof understood.instead]!,
			words: words.slice(0, 8).join(', ')
		})),
		town: understood.town?.name ?? null,
		rest: understood.town?.rest ?? asked.words,
		place: place && {
			said: place.said,
			area: place.area && { key: place.area.key, name: place.area.name, kind: place.area.kind, parts: place.area.parts.length },
			nearly: place.nearly,
			others: place.others.map(({ key, name, kind }) => ({ key, name, kind })),
			around: place.from !== null && asked.km !== null,
			/** A distance was asked of a place whose centre nobody knows. */
			unmeasured: place.from === null && asked.km !== null
		},
		signedIn,
		...listed,
		without: listed.count ? [] : await listWithout(context, understood),
		facets: await listChoices(context, understood),
		drawn: (await listAreas(context.db, 'custom', 50)).map(({ key, name }) => ({ value: key, label: name })),
		map: onMap ? drawMap(await placeSearch(context, understood), url.searchParams.get('zoom') ?? '') : null,
		most: { organisations: mostTaken[signedIn ? 'signed in' : 'stranger'], records: mostRecords(understood) },
		saved: await listViews(context, url, (one) => countSearch(context, searchIn(one)))
	};
});
