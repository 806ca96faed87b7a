import { listMyCooperations } from '#modules/cooperations/queries.server.ts';
import { pageIn } from '#platform/forms.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, _: Record<string, string>, url) => {
	const at = pageIn(url.searchParams);
	const { cooperations: ended } = await listMyCooperations(context, { page: 1, ended: true });
	return { ...(await listMyCooperations(context, { page: at })), page: at, ended };
});
