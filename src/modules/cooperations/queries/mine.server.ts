import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';

/** What this module holds about oneself, for the export: what one began, ended, invited, accepted, left and marked. */
export async function listOwnCooperations({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	const me = actor.id;
	return {
		begun: await db.selectFrom('cooperations').select(['name', 'sentence', 'begunAt']).where('begunBy', '=', me).execute(),
		partners: await db
			.selectFrom('partners as p')
			.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
			.innerJoin('organisations as o', 'o.id', 'p.organisationId')
			.select(['c.name as cooperation', 'o.name as organisation', 'p.invitedAt', 'p.acceptedAt', 'p.leftAt', 'p.leftReason'])
			.where((eb) => eb.or([eb('p.invitedBy', '=', me), eb('p.acceptedBy', '=', me), eb('p.leftBy', '=', me)]))
			.orderBy('p.invitedAt')
			.execute(),
		steps: await db
			.selectFrom('stepMarks as s')
			.innerJoin('cooperations as c', 'c.id', 's.cooperationId')
			.select(['c.name as cooperation', 's.step', 's.doneAt', 's.undoneAt'])
			.where((eb) => eb.or([eb('s.doneBy', '=', me), eb('s.undoneBy', '=', me)]))
			.orderBy('s.doneAt')
			.execute(),
		endings: await db
			.selectFrom('cooperationEndings as e')
			.innerJoin('cooperations as c', 'c.id', 'e.cooperationId')
			.select(['c.name as cooperation', 'e.endedAt', 'e.reason', 'e.reopenedAt', 'e.reopenedReason'])
			.where((eb) => eb.or([eb('e.endedBy', '=', me), eb('e.reopenedBy', '=', me)]))
			.orderBy('e.endedAt')
			.execute()
	};
}
