import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfOrganisation, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { organisation: address }: { organisation: string }, url) => {
	const { organisation, ask } = await askOfOrganisation(context, address);
	return {
		organisation: { name: organisation.name, path: organisation.path },
		found: await listSuggestions(context, ask, suggestionsIn(url))
	};
});
