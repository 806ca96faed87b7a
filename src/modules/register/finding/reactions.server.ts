import type { Job } from '#platform/jobs.server.ts';
import { indexRecords } from './commands.server.ts';

/** Reads the words of official records that changed, so that they can be found: soon after an import, and never twice. */
export const readOfficialWords: Job = {
	name: 'read-official-words',
	every: '*/10 * * * *',
	run: async ({ db, now, stopping }) => {
		const busy = await db
			.selectFrom('officialImports')
			.select('id')
			.where('finishedAt', 'is', null)
			.where('refusedCode', 'is', null)
			.where('startedAt', 'is not', null)
			.limit(1)
			.executeTakeFirst();
		if (!busy) await indexRecords(db, now, stopping);
	}
};
