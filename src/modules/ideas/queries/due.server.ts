import type { Context } from '#platform/context.server.ts';

/** Ideas without life since a season, looked at by the job. */
export const listDue = ({ db }: Context, today: string) =>
	db
		.selectFrom('ideas')
		.select('id')
		.where('asleepAt', 'is', null)
		.where('cooperationId', 'is', null)
		.where('publishedAt', 'is not', null)
		.where('hiddenAt', 'is', null)
		.where('holdsUntil', '<', today)
		.orderBy('holdsUntil')
		.limit(1000)
		.execute();

/** The inhabitants of an idea who were not yet told of somebody who joined since: by the job. */
export const listToTell = ({ db }: Context) =>
	db
		.selectFrom('ideaVoices as v')
		.innerJoin('ideas as i', 'i.id', 'v.ideaId')
		.select('v.id')
		.where('v.email', 'is not', null)
		.where('v.confirmedAt', 'is not', null)
		.where('v.leftAt', 'is', null)
		.where('i.hiddenAt', 'is', null)
		.where(({ exists, selectFrom }) =>
			exists(
				selectFrom('ideaVoices as w')
					.select('w.id')
					.whereRef('w.ideaId', '=', 'v.ideaId')
					.whereRef('w.id', '!=', 'v.id')
					.where('w.leftAt', 'is', null)
					.where((inner) => inner(inner.ref('w.confirmedAt'), '>', inner.fn.coalesce('v.toldAt', 'v.confirmedAt')))
					.where('w.dropped', '=', false)
			)
		)
		.orderBy('v.id')
		.limit(500)
		.execute();
