import type { Job } from '#platform/jobs.server.ts';
import { forgetExpired } from './commands.server.ts';

/** Each night, what expired is forgotten. */
export const sweepPeople: Job = { name: 'sweep-people', every: '0 3 * * *', run: (run) => run.asSystem(forgetExpired) };
