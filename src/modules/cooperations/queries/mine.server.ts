import { NotFound } from '#platform/errors.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { pathOf } from '../queries.server.ts';
import type { Role } from '../rules.ts';

/** How a cooperation ended, when it has: for those who see it. */
export async function findEnding({ db }: Context, cooperationId: string) {
	const row = await db
		.selectFrom('cooperationEndings as e')
		.innerJoin('organisations as o', 'o.id', 'e.endedFor')
		.select(['e.endedAt', 'e.reason', 'o.name as organisation'])
		.where('e.cooperationId', '=', cooperationId)
		.where('e.reopenedAt', 'is', null)
		.executeTakeFirst();
	return row ?? null;
}

/** What this module holds about oneself, for the export: what one began, ended, invited, accepted, left, marked and told. */
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
			.execute(),
		stages: await db
			.selectFrom('stageMoves as s')
			.innerJoin('cooperations as c', 'c.id', 's.cooperationId')
			.select(['c.name as cooperation', 's.stage', 's.since', 's.note', 's.movedAt'])
			.where('s.movedBy', '=', me)
			.orderBy('s.movedAt')
			.execute(),
		pauses: await db
			.selectFrom('pauses as p')
			.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
			.select(['c.name as cooperation', 'p.reason', 'p.until', 'p.pausedAt', 'p.resumedAt'])
			.where((eb) => eb.or([eb('p.pausedBy', '=', me), eb('p.resumedBy', '=', me)]))
			.orderBy('p.pausedAt')
			.execute(),
		stalls: await db
			.selectFrom('stallNotices as n')
			.innerJoin('cooperations as c', 'c.id', 'n.cooperationId')
			.select(['c.name as cooperation', 'n.reason', 'n.since', 'n.toldAt'])
			.where('n.toldTo', '=', me)
			.orderBy('n.toldAt')
			.execute(),
		readings: await db
			.selectFrom('readings as r')
			.innerJoin('cooperations as c', 'c.id', 'r.cooperationId')
			.select(['c.name as cooperation', 'r.answers', 'r.forms', 'r.readAt'])
			.where('r.readBy', '=', me)
			.orderBy('r.readAt')
			.execute(),
		origins: await db
			.selectFrom('origins as o')
			.innerJoin('cooperations as c', 'c.id', 'o.cooperationId')
			.select(['c.name as cooperation', 'o.mode', 'o.reason', 'o.triggers', 'o.object', 'o.toldAt'])
			.where('o.toldBy', '=', me)
			.orderBy('o.toldAt')
			.execute()
	};
}

/** The cooperations under way in which these organisations are partners. The caller has checked that it may know. */
export async function listLivingPartnerships(db: Reader, organisationIds: string[]) {
	if (!organisationIds.length) return [];
	const rows = await db
		.selectFrom('partners as p')
		.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
		.select(['p.organisationId', 'p.cooperationId', 'p.role', 'c.name', 'c.code', 'c.zone', 'c.begunAt'])
		.where('p.organisationId', 'in', organisationIds)
		.where('p.acceptedAt', 'is not', null)
		.where('p.leftAt', 'is', null)
		.where('c.endedAt', 'is', null)
		.orderBy('c.name')
		.orderBy('c.id')
		.limit(1000)
		.execute();
	return rows.map(({ code, ...row }) => ({ ...row, role: row.role as Role, path: pathOf({ name: row.name, code }) }));
}
