import { listMyCooperations } from '#modules/cooperations/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, _: Record<string, string>, url) => {
	const at = Math.min(1000, Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1));
	const { cooperations: ended } = await listMyCooperations(context, { page: 1, ended: true });
	return { ...(await listMyCooperations(context, { page: at })), page: at, ended };
});
