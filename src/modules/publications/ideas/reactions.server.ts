import type { Job } from '#platform/jobs.server.ts';
import { forgetIdeas } from './commands.server.ts';

/** Each night, ideas that waited half a year are forgotten. */
export const sweepIdeas: Job = { name: 'sweep-ideas', every: '25 3 * * *', run: (run) => run.asSystem(forgetIdeas) };
