import { findHouse, listWithoutHouse } from '#modules/hubs/houses/queries.server.ts';
import { pageIn } from '#platform/forms.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { maison }: { maison: string }, url) => {
	const house = await findHouse(context, maison);
	const number = pageIn(url.searchParams);
	return { house, ...(await listWithoutHouse(context, house, number)) };
});
