import type { Job } from '#platform/jobs.server.ts';
import { remindPresenters } from './commands.server.ts';

/** Each morning, those who present another within a week are reminded. */
export const remindThosePresenting = (wake: (job: string) => void): Job => ({
	name: 'remind-presenters',
	every: '30 6 * * *',
	run: async (run) => {
		while (!run.stopping() && (await run.asSystem(remindPresenters)) > 0);
		wake('deliver-mails');
	}
});
