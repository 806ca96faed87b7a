import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfCooperation, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { cooperation: address }: { cooperation: string }, url) => {
	const { cooperation, ask } = await askOfCooperation(context, address);
	return {
		cooperation: {
			name: cooperation.name,
			sentence: cooperation.sentence,
			path: cooperation.path,
			ended: cooperation.endedAt !== null
		},
		found: await listSuggestions(context, ask, suggestionsIn(url))
	};
});
