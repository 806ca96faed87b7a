import { listCommunes, listPublications } from '#modules/publications/queries/public.server.ts';
import { page } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const typed = Number(url.searchParams.get('page') ?? '1');
	const at = Number.isInteger(typed) && typed >= 1 && typed < 10_000 ? typed : 1;
	const asked = url.searchParams.get('commune') ?? '';
	const commune = /^[0-9A-Z]{1,12}$/i.test(asked) ? asked : null;
	return {
		page: at,
		commune,
		communes: await listCommunes(context),
		canonical: address('/projets'),
		...(await listPublications(context, { page: at, commune }))
	};
});
