import { findHouse, listWithoutHouse } from '#modules/hubs/houses/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { maison }: { maison: string }, url) => {
	const house = await findHouse(context, maison);
	const number = Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1);
	return { house, ...(await listWithoutHouse(context, house, number)) };
});
