import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { listMyCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import type { Context, Reader } from '#platform/context.server.ts';

/** What was taken of an object in a cooperation; what stays at home, for the organisations that took it alone. */
export const takingsOf = (db: Reader, cooperationId: string, object: string, organisations: string[]) =>
	db
		.selectFrom('libraryTakings as t')
		.select(['t.proposal', 't.line', 't.takenFor'])
		.where('t.cooperationId', '=', cooperationId)
		.where('t.object', '=', object)
		.where((eb) =>
			organisations.length ? eb.or([eb('t.home', '=', false), eb('t.takenFor', 'in', organisations)]) : eb('t.home', '=', false)
		)
		.execute();

/** The cooperations in which the actor may take an object up, the latest news first. */
export async function listWhereToTake(context: Context) {
	if (context.actor.is !== 'person') return [];
	const { cooperations } = await listMyCooperations(context, { page: 1 });
	return cooperations
		.filter((one) => speaksHereFor(context.actor, { ...one, accompanied: false }).length)
		.map(({ name, path }) => ({ name, path }));
}

/** For whom somebody takes: the organisation that they asked for, or the first of theirs here. */
export function takesFor(context: Context, cooperation: Cooperation, asked: string | null): string | null {
	const mine = speaksHereFor(context.actor, cooperation);
	return asked !== null && mine.includes(asked) ? asked : (mine[0] ?? null);
}
