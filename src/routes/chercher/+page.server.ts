import { searchIn } from '#modules/search/forms.ts';
import { search } from '#modules/search/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, _params, url) => {
	const asked = searchIn(url);
	return { asked, ...(await search(context, asked)) };
});
