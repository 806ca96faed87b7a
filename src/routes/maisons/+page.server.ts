import { listHubs } from '#modules/hubs/queries.server.ts';
import { communesOf } from '#modules/organisations/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context) => {
	const hubs = await listHubs(context, { communes: await communesOf(context.db, organisationsOf(context.actor)) });
	return { here: hubs.filter(({ here }) => here), elsewhere: hubs.filter(({ here }) => !here) };
});
