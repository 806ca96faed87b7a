import { addArea, removeArea } from '#modules/hubs/commands.server.ts';
import { areaForm } from '#modules/hubs/forms.ts';
import { findKeeping } from '#modules/hubs/houses/queries.server.ts';
import { mayTrustHub } from '#modules/hubs/policy.ts';
import { proposeAreas } from '#modules/territories/queries/areas.server.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { maison: string };

export const load = page('signed in', async (context, { maison }: Params, url) => {
	const { house } = await findKeeping(context, maison);
	const words = (url.searchParams.get('lieu') ?? '').slice(0, 100);
	const known = new Set(house.areas.map(({ key }) => key));
	return {
		house,
		/** Whether the actor says where the house answers for people. */
		trusts: mayTrustHub(context.actor),
		words,
		found: words
			? (await proposeAreas(context.db, words, 10)).filter(({ key, kind }) => kind !== 'house' && !known.has(key))
			: null
	};
});

const on =
	<T>(act: (context: Context, input: { hubId: string; area: string }) => Promise<T>) =>
	async (context: Context, input: { area: string }, { maison }: Params) =>
		act(context, { ...input, hubId: (await findKeeping(context, maison)).house.id });

export const actions = {
	add: action('signed in', areaForm, on(addArea), { say: ({ name }) => m.hubs_territory_added({ commune: name }) }),
	remove: action('signed in', areaForm, on(removeArea), { say: () => m.hubs_territory_out() })
};
