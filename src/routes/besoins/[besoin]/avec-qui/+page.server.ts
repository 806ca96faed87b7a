import { suggestionsIn } from '#modules/matching/forms.ts';
import { askOfNeed, askers, listSuggestions } from '#modules/matching/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { besoin: address }: { besoin: string }, url) => {
	const { need, ask } = await askOfNeed(context, address);
	const asked = suggestionsIn(url);
	return {
		need: { text: need.text, path: need.path, side: need.side },
		within: asked.within,
		canWrite: askers(context).length > 0,
		found: await listSuggestions(context, ask, asked)
	};
});
