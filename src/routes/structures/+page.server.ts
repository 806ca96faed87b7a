import { searchIn } from '#modules/organisations/forms.ts';
import {
	countDirectory,
	listDirectory,
	listFacets,
	placeDirectory,
	understandDirectory
} from '#modules/organisations/queries/directory.server.ts';
import { drawMap } from '#modules/organisations/queries/map.server.ts';
import { searchRegister } from '#modules/register/finding/queries.server.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { listAreas } from '#modules/territories/queries/areas.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const { page: at, registerPage, ...asked } = searchIn(url);
	const understood = await understandDirectory(context, asked);
	const { place } = understood;
	// the registers say neither themes nor audiences nor networks
	const inRegisters =
		context.actor.is === 'person' &&
		(asked.words !== '' || place?.area) &&
		!(asked.theme || asked.audience || asked.network) &&
		!(place && !place.area);
	const onMap = url.searchParams.get('vue') === 'carte';
	return {
		asked,
		unasked: understood.unasked,
		nearly: understood.nearly,
		place: place && {
			said: place.said,
			area: place.area && { key: place.area.key, name: place.area.name, kind: place.area.kind, parts: place.area.parts.length },
			others: place.others.map(({ key, name, kind }) => ({ key, name, kind })),
			around: place.from !== null && asked.km !== null
		},
		signedIn: context.actor.is === 'person',
		...(await listDirectory(context, understood, at)),
		register: inRegisters
			? await searchRegister(context, { words: asked.words, codes: place?.codes ?? null, kind: asked.kind }, registerPage)
			: null,
		facets: await listFacets(context, understood),
		drawn: (await listAreas(context.db, 'custom', 50)).map(({ key, name }) => ({ value: key, label: name })),
		map: onMap ? drawMap(await placeDirectory(context, understood), url.searchParams.get('zoom') ?? '') : null,
		saved: await listViews(context, url, (one) => countDirectory(context, searchIn(one)))
	};
});
