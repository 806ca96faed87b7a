import { searchIn } from '#modules/organisations/forms.ts';
import { listOrganisations, organisationsAsked } from '#modules/organisations/queries.server.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, _params, url) => {
	const asked = searchIn(url);
	return {
		asked,
		...(await listOrganisations(context, asked)),
		saved: await listViews(context, url, (at) => organisationsAsked(context, searchIn(at)))
	};
});
