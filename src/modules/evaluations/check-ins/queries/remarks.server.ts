import { accompaniedCooperations } from '#modules/hubs/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import type { Context } from '#platform/context.server.ts';

/** The remarks that somebody may read: their own, and those made to their hub. Nobody else reads any. */
export async function listRemarks(context: Context, checkInIds: string[]) {
	const { actor, db } = context;
	if (actor.is !== 'person' || !checkInIds.length) return [];
	const found = await db
		.selectFrom('checkInRemarks as r')
		.innerJoin('checkIns as c', 'c.id', 'r.checkInId')
		.select(['r.checkInId', 'r.personId', 'r.text', 'r.writtenAt'])
		.where('r.checkInId', 'in', checkInIds)
		.where((eb) => eb.or([eb('r.personId', '=', actor.id), eb('c.cooperationId', 'in', accompaniedCooperations(context))]))
		.orderBy('r.writtenAt')
		.limit(200)
		.execute();
	const names = await namesOfPersons(
		db,
		found.map(({ personId }) => personId)
	);
	return found.map((one) => ({ ...one, name: names.get(one.personId) ?? '', own: one.personId === actor.id }));
}

/** What one wrote to one's accompagnateur, for the export. */
export async function listOwnRemarks({ db, actor }: Context) {
	if (actor.is !== 'person') return [];
	return db
		.selectFrom('checkInRemarks')
		.select(['text', 'writtenAt'])
		.where('personId', '=', actor.id)
		.orderBy('writtenAt')
		.execute();
}
