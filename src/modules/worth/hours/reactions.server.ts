import type { Job } from '#platform/jobs.server.ts';
import { organisationsToRemind, remindOfHours } from './commands.server.ts';

/** In the first days of each month, each organisation that asked is reminded of the hours of the month before, once. */
export const remindHours: Job = {
	name: 'remind-hours',
	every: '20 4 1-5 * *',
	run: async (run) => {
		for (const id of await run.asSystem(organisationsToRemind)) {
			if (run.stopping()) return;
			await run.asSystem((context) => remindOfHours(context, id));
		}
	}
};
