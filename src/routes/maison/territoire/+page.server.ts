import { addCommune, changeHub, removeCommune } from '#modules/hubs/commands.server.ts';
import { communeForm, hubForm } from '#modules/hubs/forms.ts';
import { findHub, hubSaysSo, listMyHubs } from '#modules/hubs/queries.server.ts';
import { searchCommunes } from '#modules/territories/queries.server.ts';
import { communeInFull } from '#modules/territories/rules.ts';
import { NotFound } from '#platform/errors.ts';
import { id, optionalText } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

const saidForm = hubForm.extend({ hubId: id(), read: optionalText(40) });

export const load = page('signed in', async (context, _, url) => {
	const hubs = await listMyHubs(context);
	const chosen = hubs.find((one) => one.id === url.searchParams.get('maison')) ?? hubs[0];
	if (!chosen) throw new NotFound();
	const words = (url.searchParams.get('commune') ?? '').slice(0, 100);
	const hub = await findHub(context, chosen.id);
	const known = new Set(hub.communes.map(({ code }) => code));
	return {
		hubs,
		read: hubSaysSo(hub),
		hub: { ...hub, communes: hub.communes.map((one) => ({ code: one.code, name: communeInFull(one) })) },
		words,
		found: words
			? searchCommunes(words, 10)
					.filter(({ code }) => !known.has(code))
					.map((one) => ({ code: one.code, name: communeInFull(one) }))
			: null
	};
});

export const actions = {
	add: action('signed in', communeForm, addCommune, { say: ({ name }) => m.hubs_territory_added({ commune: name }) }),
	remove: action('signed in', communeForm, removeCommune, { say: () => m.hubs_territory_removed() }),
	said: action('signed in', saidForm, (context, { hubId, read, ...said }) => changeHub(context, hubId, said, read), {
		say: () => m.hubs_saved()
	})
};
