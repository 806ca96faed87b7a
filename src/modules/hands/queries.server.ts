import { sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import type { Context } from '#platform/context.server.ts';

/** Every read of this module starts here: hands that are offered, and how to reach them, are the partners’ alone. */
export const visibleHands = (context: Context) =>
	context.db.selectFrom('handsOffered as h').where('h.cooperationId', 'in', sharedCooperations(context));

/** The hands that were offered to a cooperation: those that nobody called yet first, then the latest. */
export const listHands = (context: Context, cooperation: Cooperation) =>
	visibleHands(context)
		.leftJoin('organisations as o', 'o.id', 'h.takenFor')
		.leftJoin('persons as p', 'p.id', 'h.takenBy')
		.select(['h.id', 'h.name', 'h.contact', 'h.text', 'h.available', 'h.offeredAt', 'h.takenFor', 'h.takenAt'])
		.select(['o.name as organisation', 'p.name as person'])
		.where('h.cooperationId', '=', cooperation.id)
		.orderBy('h.takenAt', (by) => by.desc().nullsFirst())
		.orderBy('h.offeredAt', 'desc')
		.orderBy('h.id')
		.limit(100)
		.execute();

/** What one took up oneself, for the export: without those who offered it. */
export const listOwnHands = async ({ db, actor }: Context) =>
	actor.is === 'person'
		? db
				.selectFrom('handsOffered as h')
				.innerJoin('cooperations as c', 'c.id', 'h.cooperationId')
				.select(['c.name as cooperation', 'h.text', 'h.takenAt'])
				.where('h.takenBy', '=', actor.id)
				.orderBy('h.takenAt')
				.execute()
		: [];
