import { listHubs } from '#modules/hubs/queries.server.ts';
import { declareNetwork, endNetwork, proposeHouse } from '#modules/networks/commands.server.ts';
import { declareForm, networkForm, proposeForm } from '#modules/networks/forms.ts';
import { listNetworks } from '#modules/networks/queries.server.ts';
import { listOrganisations } from '#modules/organisations/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

export const load = page('administrators', async (context, _, url) => {
	const words = (url.searchParams.get('structure') ?? '').slice(0, 200);
	const { organisations } = words.trim()
		? await listOrganisations(context, { words, kind: null, theme: null, page: 1 })
		: { organisations: [] };
	return {
		id: newId(),
		words,
		found: organisations.slice(0, 20),
		networks: await listNetworks(context),
		hubs: (await listHubs(context)).map(({ id, name }) => ({ id, name }))
	};
});

export const actions = {
	declare: action('administrators', declareForm, declareNetwork, {
		to: () => '/administration/reseaux',
		say: () => m.networks_declared()
	}),
	propose: action('administrators', proposeForm, proposeHouse, { say: ({ house }) => m.networks_proposed({ house }) }),
	end: action('administrators', networkForm, endNetwork, { say: () => m.networks_ended() })
};
