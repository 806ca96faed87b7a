import { listHubs } from '#modules/hubs/queries.server.ts';
import { findKeeping } from '#modules/hubs/houses/queries.server.ts';
import { relationsOfHub } from '#modules/hubs/queries/relations.server.ts';
import { stateOf } from '#modules/hubs/rules.ts';
import type { Context } from '#platform/context.server.ts';

/** What closing a house means, said before: whom it accompanies, who waits for an answer, and the houses that could take over. */
export async function findClosing(context: Context, address: string) {
	const { house, members } = await findKeeping(context, address);
	const relations = await relationsOfHub(context.db, house.id);
	const living = relations.filter((one) => stateOf(one) === 'living');
	return {
		house,
		organisations: living.filter(({ organisationId }) => organisationId).length,
		cooperations: living.filter(({ cooperationId }) => cooperationId).length,
		waiting: relations.length - living.length,
		people: members.filter(({ accompanies }) => accompanies).length,
		others: (await listHubs(context)).filter(({ id }) => id !== house.id).map(({ id, name, people }) => ({ id, name, people }))
	};
}
