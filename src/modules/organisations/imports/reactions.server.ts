import type { Job } from '#platform/jobs.server.ts';
import { allow } from '#platform/context.server.ts';
import { takeNext } from './commands.server.ts';

/** How long a list that was read and never let in is kept. */
const keptUnused = 7 * 86_400_000;

/** Takes lists into the directory, one after the other, in the order in which they were let in. */
export const takeInLists: Job = {
	name: 'take-in-lists',
	every: '*/10 * * * *',
	run: async ({ db, asSystem, stopping }) => {
		await asSystem((context) =>
			allow(context, true)
				.deleteFrom('imports')
				.where('startedAt', 'is', null)
				.where('readAt', '<', new Date(context.now.getTime() - keptUnused))
				.execute()
		);
		for (;;) {
			const next = await db
				.selectFrom('imports')
				.select('id')
				.where('startedAt', 'is not', null)
				.where('finishedAt', 'is', null)
				.orderBy('startedAt')
				.orderBy('id')
				.limit(1)
				.executeTakeFirst();
			if (!next) return;
			while (await asSystem((context) => takeNext(context, next.id))) if (stopping()) return;
		}
	}
};
