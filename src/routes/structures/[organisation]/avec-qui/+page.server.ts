import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfOrganisation, askers, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { organisation: address }: { organisation: string }, url) => {
	const { organisation, ask } = await askOfOrganisation(context, address);
	const asked = suggestionsIn(url);
	return {
		organisation: { name: organisation.name, path: organisation.path },
		within: asked.within,
		canWrite: askers(context).length > 0,
		found: await listSuggestions(context, ask, asked)
	};
});
