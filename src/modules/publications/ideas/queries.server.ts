import { sql } from 'kysely';
import { sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import type { Context } from '#platform/context.server.ts';

/** Every read of this module starts here: ideas, and how to answer them, are the partners’ alone. */
export const visibleIdeas = (context: Context) =>
	context.db.selectFrom('ideasReceived as i').where('i.cooperationId', 'in', sharedCooperations(context));

export const pageSize = 20;

/** The ideas that a cooperation received, the last one first. */
export async function listIdeas(context: Context, cooperation: Cooperation, page = 1) {
	const matching = visibleIdeas(context).where('i.cooperationId', '=', cooperation.id);
	const { count } = await matching.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const ideas = await matching
		.select(['i.id', 'i.text', 'i.contact', 'i.receivedAt', 'i.keptAt'])
		.orderBy('i.receivedAt', 'desc')
		.orderBy('i.id', 'desc')
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.execute();
	return { count, ideas, pages: Math.max(1, Math.ceil(count / pageSize)) };
}

/** One idea that came by a public page, for its partners; null when there is none for the actor. */
export const findReceivedIdea = async (context: Context, id: string): Promise<{ text: string } | null> =>
	(await visibleIdeas(context).select('i.text').where('i.id', '=', id).executeTakeFirst()) ?? null;
