import { listCommunes, listPublications } from '#modules/publications/queries/public.server.ts';
import { pageIn } from '#platform/forms.ts';
import { page } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const at = pageIn(url.searchParams);
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
