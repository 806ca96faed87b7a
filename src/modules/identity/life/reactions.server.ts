import type { Job } from '#platform/jobs.server.ts';
import { markLife } from './commands.server.ts';

/** Looks again at the signs of life of all: they come with what registers publish, and pass with time. */
export const lookForLife: Job = {
	name: 'look-for-life',
	every: '25 * * * *',
	run: async ({ db, now }) => void (await markLife(db, now))
};
