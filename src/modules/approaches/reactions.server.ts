import type { Job } from '#platform/jobs.server.ts';
import { forgetApproaches } from './commands.server.ts';

/** Each night, first words of last year are forgotten. */
export const sweepApproaches: Job = {
	name: 'sweep-approaches',
	every: '35 3 * * *',
	run: (run) => run.asSystem(forgetApproaches)
};
