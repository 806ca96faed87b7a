import { searchIn } from '#modules/search/forms.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { countFound, search } from '#modules/search/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, _params, url) => {
	const asked = searchIn(url);
	return {
		asked,
		...(await search(context, asked)),
		saved: await listViews(context, url, (at) => countFound(context, searchIn(at)))
	};
});
