import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfIdea, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { idea: address }: { idea: string }, url) => {
	const { idea, ask } = await askOfIdea(context, address);
	return {
		idea: { text: idea.text, path: idea.path, needs: idea.needs.length },
		found: await listSuggestions(context, ask, suggestionsIn(url))
	};
});
