import { listSharedReviews } from '#modules/lines/closing/queries.server.ts';
import { pageIn } from '#platform/forms.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const at = pageIn(url.searchParams);
	return { page: at, ...(await listSharedReviews(context, { page: at })) };
});
