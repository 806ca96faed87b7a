import { listIntroductions } from '#modules/introductions/queries.server.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { today } from '#platform/clock.ts';
import { pageIn } from '#platform/forms.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { organisation: address }: { organisation: string }, url) => {
	const { id, name, path, zone } = await findOrganisation(context, address);
	const number = pageIn(url.searchParams);
	return {
		home: { name, path, zone },
		page: number,
		today: today(context.now, zone),
		...(await listIntroductions(context, id, { page: number }))
	};
});
