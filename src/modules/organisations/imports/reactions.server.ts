import type { Job } from '#platform/jobs.server.ts';
import { allow } from '#platform/context.server.ts';
import { nextToEnter, takeNext } from './commands.server.ts';
import { nobodyReads, readWaiting } from './commands/reading.server.ts';

/** How long a list that was read and never let in is kept. */
const keptUnused = 7 * 86_400_000;

/** Reads the lists that were brought, one after the other. */
export const readLists: Job = {
	name: 'read-lists',
	every: '*/10 * * * *',
	run: async ({ db, now, asSystem, stopping }) => {
		while (!stopping()) {
			const next = await db
				.selectFrom('imports')
				.select('id')
				.where('readAt', 'is', null)
				.where('refusedCode', 'is', null)
				.where((eb) => eb.or([eb('mapping', 'is not', null), eb('sketch', 'is', null)]))
				.where(nobodyReads(now))
				.orderBy('broughtAt')
				.limit(1)
				.executeTakeFirst();
			if (!next) return;
			await readWaiting(next.id, asSystem, stopping);
		}
	}
};

/** Takes lists into the directory, one after the other, in the order in which they were let in. */
export const takeInLists: Job = {
	name: 'take-in-lists',
	every: '*/10 * * * *',
	run: async ({ db, asSystem, stopping }) => {
		await asSystem((context) =>
			allow(context, true)
				.deleteFrom('imports')
				.where('startedAt', 'is', null)
				.where('broughtAt', '<', new Date(context.now.getTime() - keptUnused))
				.execute()
		);
		for (;;) {
			const next = await nextToEnter(db);
			if (!next) return;
			while (await asSystem((context) => takeNext(context, next.id))) if (stopping()) return;
		}
	}
};
