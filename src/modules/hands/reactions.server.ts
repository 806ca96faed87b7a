import type { Job } from '#platform/jobs.server.ts';
import { forgetHands } from './commands.server.ts';

/** Each night, who offered a hand half a year ago is forgotten. */
export const sweepHands: Job = { name: 'sweep-hands', every: '45 3 * * *', run: (run) => run.asSystem(forgetHands) };
