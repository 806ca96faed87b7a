import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfIdea, askers, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { idea: address }: { idea: string }, url) => {
	const { idea, ask } = await askOfIdea(context, address);
	const asked = suggestionsIn(url);
	return {
		idea: { text: idea.text, path: idea.path, needs: idea.needs.length },
		within: asked.within,
		canWrite: askers(context).length > 0,
		found: await listSuggestions(context, ask, asked)
	};
});
