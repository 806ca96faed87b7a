import { listSharedReviews } from '#modules/lines/closing/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const typed = Number(url.searchParams.get('page') ?? '1');
	const at = Number.isInteger(typed) && typed >= 1 && typed < 10_000 ? typed : 1;
	return { page: at, ...(await listSharedReviews(context, { page: at })) };
});
