import { sql } from 'kysely';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { endedCooperations, sharedCooperations } from '#modules/cooperations/queries.server.ts';
import { currentLines, linesSeen, unmarked, type LineSeen } from '../queries.server.ts';

/** The tasks that wait for the actor: theirs by name, or their organisation's with nobody's name. Soonest due first. */
export async function listMyTasks(context: Context, { limit = 30 } = {}): Promise<LineSeen[]> {
	const { actor } = context;
	if (actor.is !== 'person') return [];
	const mine = organisationsOf(actor);
	return linesSeen(context)
		.where('l.kind', '=', 'task')
		.where((eb) =>
			eb.or([
				eb('l.whoPerson', '=', actor.id),
				eb.and([eb('l.whoPerson', 'is', null), eb('l.whoOrganisation', 'in', orNobody(mine))])
			])
		)
		.where(unmarked())
		.where('l.cooperationId', 'not in', endedCooperations(context))
		.orderBy(sql`l.ends_on nulls last`)
		.orderBy('l.root')
		.limit(limit)
		.execute();
}

/** How many tasks of these organisations are late, by cooperation: those that the actor may read. */
export async function countLateTasksOf(context: Context, organisationIds: string[], day: string) {
	if (!organisationIds.length) return [];
	const rows = await currentLines(context)
		.select(['l.cooperationId', 'l.whoOrganisation', sql<number>`count(*)::int`.as('count')])
		.where('l.kind', '=', 'task')
		.where('l.whoOrganisation', 'in', organisationIds)
		.where('l.endsOn', '<', day)
		.where(unmarked())
		.where('l.cooperationId', 'not in', endedCooperations(context))
		.groupBy(['l.cooperationId', 'l.whoOrganisation'])
		.execute();
	return rows.map(({ whoOrganisation, ...row }) => ({ ...row, organisationId: whoOrganisation! }));
}

/** What was last written in the living cooperations that the actor takes part in: the news of the home page. */
export async function listNews(context: Context, { limit = 6 } = {}): Promise<LineSeen[]> {
	if (context.actor.is !== 'person') return [];
	// The last of each cooperation first, by its index: otherwise every line that was ever shared is read and sorted.
	const lastOfEach = context.db
		.selectFrom(sharedCooperations(context).as('s'))
		.innerJoinLateral(
			currentLines(context)
				.select('l.id')
				.where('l.cooperationId', '=', sql.ref<string>('s.cooperationId'))
				.orderBy('l.writtenAt', 'desc')
				.orderBy('l.id')
				.limit(limit)
				.as('last'),
			(join) => join.onTrue()
		)
		.where('s.cooperationId', 'not in', endedCooperations(context))
		.select('last.id');
	return linesSeen(context).where('l.id', 'in', lastOfEach).orderBy('l.writtenAt', 'desc').orderBy('l.id').limit(limit).execute();
}

/** What one wrote or noted in every cooperation, what one was asked to do, and what one marked: for the export. */
export async function listOwnLines({ db, actor }: Context) {
	if (actor.is !== 'person') return { written: [], asked: [], marked: [] };
	const me = actor.id;
	const lines = () =>
		db
			.selectFrom('lines as l')
			.innerJoin('cooperations as c', 'c.id', 'l.cooperationId')
			.innerJoin('organisations as o', 'o.id', 'l.actingFor')
			.select(['c.name as cooperation', 'o.name as actingFor', 'l.kind', 'l.text', 'l.reason', 'l.audience', 'l.writtenAt']);
	return {
		written: await lines()
			.where((eb) => eb.or([eb('l.personId', '=', me), eb('l.enteredBy', '=', me)]))
			.orderBy('l.writtenAt')
			.execute(),
		asked: await lines().where('l.whoPerson', '=', me).orderBy('l.writtenAt').execute(),
		marked: await db
			.selectFrom('lineMarks as k')
			.innerJoin('lines as l', 'l.id', 'k.root')
			.select(['l.text', 'k.mark', 'k.at', 'k.note', 'k.undoneAt'])
			.where((eb) => eb.or([eb('k.byPerson', '=', me), eb('k.undoneBy', '=', me)]))
			.orderBy('k.at')
			.execute()
	};
}
