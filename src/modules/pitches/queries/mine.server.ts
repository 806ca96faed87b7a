import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';

/** The pages that one made for somebody outside: for the export. */
export async function listOwnPitches({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	return db
		.selectFrom('pitches as p')
		.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
		.innerJoin('organisations as o', 'o.id', 'p.madeFor')
		.select(['c.name as cooperation', 'o.name as organisation', 'p.addressee', 'p.opening', 'p.madeAt'])
		.where('p.madeBy', '=', actor.id)
		.orderBy('p.madeAt')
		.execute();
}
