import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfNeed, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { besoin: address }: { besoin: string }, url) => {
	const { need, ask } = await askOfNeed(context, address);
	return {
		need: { text: need.text, path: need.path, side: need.side },
		found: await listSuggestions(context, ask, suggestionsIn(url))
	};
});
