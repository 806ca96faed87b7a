import type { Kysely } from 'kysely';
import { hubsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';

/** Which of these organisations are hubs: those for which a member accompanies. Runs before there is a context. */
export async function hubsAmong(db: Kysely<DB>, organisationIds: string[]): Promise<string[]> {
	if (!organisationIds.length) return [];
	const hubs = await db
		.selectFrom('hubs')
		.select('organisationId')
		.where('organisationId', 'in', organisationIds)
		.where('closedAt', 'is', null)
		.execute();
	return hubs.map(({ organisationId }) => organisationId);
}

const livingAccompaniments = ({ db, actor }: Context) => {
	const hubs = hubsOf(actor);
	return db
		.selectFrom('accompaniments')
		.where('hubId', 'in', hubs.length ? hubs : [null as unknown as string])
		.where('acceptedAt', 'is not', null)
		.where('endedAt', 'is', null);
};

/** The cooperations that accepted one of the actor's hubs: a subquery of ids, for the reads of other modules. */
export const accompaniedCooperations = (context: Context) =>
	livingAccompaniments(context)
		.where('cooperationId', 'is not', null)
		.select('cooperationId')
		.$castTo<{ cooperationId: string }>();

/** The organisations that accepted one of the actor's hubs: a subquery of ids. */
export const accompaniedOrganisations = (context: Context) =>
	livingAccompaniments(context)
		.where('organisationId', 'is not', null)
		.select('organisationId')
		.$castTo<{ organisationId: string }>();
