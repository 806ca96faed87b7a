import { openHub } from '#modules/hubs/commands.server.ts';
import { openHubForm } from '#modules/hubs/forms.ts';
import { listHubs } from '#modules/hubs/queries.server.ts';
import { listOrganisations } from '#modules/organisations/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('administrators', async (context, _, url) => {
	const words = (url.searchParams.get('structure') ?? '').slice(0, 200);
	const hubs = await listHubs(context);
	const { organisations } = words.trim()
		? await listOrganisations(context, { words, kind: null, theme: null, page: 1 })
		: { organisations: [] };
	return { hubs, words, found: organisations.slice(0, 20) };
});

export const actions = {
	open: action('administrators', openHubForm, openHub, { to: () => '/administration/maisons', say: () => m.hubs_opened() })
};
