import { hubsOf, organisationsOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import type { Accompanied } from '../rules.ts';

const relations = (db: Reader) =>
	db
		.selectFrom('accompaniments as a')
		.innerJoin('hubs as h', 'h.organisationId', 'a.hubId')
		.select(['a.id', 'a.hubId', 'a.organisationId', 'a.cooperationId', 'a.proposedByHub', 'a.proposedAt', 'a.acceptedAt'])
		.select(['a.declinedAt', 'a.endedAt', 'h.senderName as hubName', 'h.phone as hubPhone', 'h.hours as hubHours']);

/** One relation, whoever asks: the caller says who may know of it. */
export const relationById = (db: Reader, id: string) => relations(db).where('a.id', '=', id).executeTakeFirst();

/** The relations of an organisation or of a cooperation, the latest first: the caller has checked who asks. */
export const relationsOf = (db: Reader, accompanied: Accompanied) =>
	relations(db)
		.$if('organisationId' in accompanied, (query) =>
			query.where('a.organisationId', '=', (accompanied as { organisationId: string }).organisationId)
		)
		.$if('cooperationId' in accompanied, (query) =>
			query.where('a.cooperationId', '=', (accompanied as { cooperationId: string }).cooperationId)
		)
		.orderBy('a.proposedAt', 'desc')
		.limit(100)
		.execute();

/** The houses that accompany a cooperation today, the first that it accepted first: the caller has checked who asks. */
export const livingRelationsOf = (db: Reader, cooperationId: string) =>
	relations(db)
		.where('a.cooperationId', '=', cooperationId)
		.where('a.acceptedAt', 'is not', null)
		.where('a.endedAt', 'is', null)
		.orderBy('a.acceptedAt')
		.orderBy('a.id')
		.limit(100)
		.execute();

/** The relations that live or wait, of the actor's organisations and of the cooperations that the caller says: in one query. */
export async function relationsAround({ db, actor }: Context, cooperationIds: string[]) {
	const mine = organisationsOf(actor);
	if (!mine.length) return [];
	return relations(db)
		.where((eb) =>
			eb.or([eb('a.organisationId', 'in', mine), ...(cooperationIds.length ? [eb('a.cooperationId', 'in', cooperationIds)] : [])])
		)
		.where('a.declinedAt', 'is', null)
		.where('a.endedAt', 'is', null)
		.orderBy('a.proposedAt')
		.limit(200)
		.execute();
}

/** The relations of the actor's hubs that live or wait for an answer. */
export async function listRelations({ db, actor }: Context) {
	const mine = hubsOf(actor);
	if (!mine.length) return [];
	return relations(db)
		.where('a.hubId', 'in', mine)
		.where('a.declinedAt', 'is', null)
		.where('a.endedAt', 'is', null)
		.orderBy('a.proposedAt')
		.limit(5000)
		.execute();
}

/** The relations of a house that live or wait for an answer: the caller has checked who asks. */
export const relationsOfHub = (db: Reader, hubId: string) =>
	relations(db)
		.where('a.hubId', '=', hubId)
		.where('a.declinedAt', 'is', null)
		.where('a.endedAt', 'is', null)
		.orderBy('a.proposedAt')
		.limit(5000)
		.execute();
