import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';

/** What one answered, noted and said here for one's organisations: for the export. */
export async function listOwnWorth({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	const me = actor.id;
	return {
		weighings: await db
			.selectFrom('weighings as w')
			.innerJoin('weighingAnswers as a', 'a.weighingId', 'w.id')
			.innerJoin('cooperations as c', 'c.id', 'w.cooperationId')
			.select(['c.name as cooperation', 'w.madeAt', 'w.minutes', 'a.question', 'a.answer', 'a.words'])
			.where('w.madeBy', '=', me)
			.orderBy('w.madeAt')
			.execute(),
		hours: await db
			.selectFrom('monthlyHours as h')
			.innerJoin('cooperations as c', 'c.id', 'h.cooperationId')
			.select(['c.name as cooperation', 'h.month', 'h.minutes', 'h.words', 'h.brought', 'h.notedAt'])
			.where('h.notedBy', '=', me)
			.orderBy('h.month')
			.execute(),
		shares: await db
			.selectFrom('hoursShares as s')
			.innerJoin('cooperations as c', 'c.id', 's.cooperationId')
			.select(['c.name as cooperation', 's.sharedAt', 's.stoppedAt'])
			.where((eb) => eb.or([eb('s.sharedBy', '=', me), eb('s.stoppedBy', '=', me)]))
			.orderBy('s.sharedAt')
			.execute(),
		reminders: await db
			.selectFrom('hoursReminders as r')
			.innerJoin('organisations as o', 'o.id', 'r.organisationId')
			.select(['o.name as organisation', 'r.askedAt'])
			.where('r.askedBy', '=', me)
			.execute(),
		capacities: await db
			.selectFrom('capacities as k')
			.innerJoin('organisations as o', 'o.id', 'k.organisationId')
			.select(['o.name as organisation', 'k.minutes', 'k.saidAt'])
			.where('k.saidBy', '=', me)
			.execute()
	};
}
