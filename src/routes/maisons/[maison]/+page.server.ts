import { findHouse } from '#modules/hubs/houses/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { maison }: { maison: string }) => ({
	house: await findHouse(context, maison)
}));
