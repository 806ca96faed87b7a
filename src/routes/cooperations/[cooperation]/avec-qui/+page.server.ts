import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfCooperation, askers, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { cooperation: address }: { cooperation: string }, url) => {
	const { cooperation, ask } = await askOfCooperation(context, address);
	const asked = suggestionsIn(url);
	return {
		cooperation: {
			name: cooperation.name,
			sentence: cooperation.sentence,
			path: cooperation.path,
			ended: cooperation.endedAt !== null
		},
		within: asked.within,
		canWrite: askers(context).length > 0,
		found: await listSuggestions(context, ask, asked)
	};
});
