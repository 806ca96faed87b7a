import type { Context } from '#platform/context.server.ts';

/** How one chose that the measures of indicators add up: for the export. */
export const listOwnReadings = async ({ db, actor }: Context) =>
	actor.is === 'person'
		? db
				.selectFrom('indicatorReadings as r')
				.innerJoin('lines as l', 'l.root', 'r.root')
				.select(['l.text as indicator', 'r.adds', 'r.source', 'r.chosenAt'])
				.whereRef('l.id', '=', 'r.root')
				.where('r.chosenBy', '=', actor.id)
				.orderBy('r.chosenAt')
				.execute()
		: [];
