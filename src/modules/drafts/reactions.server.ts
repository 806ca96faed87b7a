import type { Job } from '#platform/jobs.server.ts';
import { forgetOldDrafts } from './commands.server.ts';

/** Each night, what nobody came back for is forgotten. */
export const sweepDrafts: Job = { name: 'sweep-drafts', every: '20 3 * * *', run: (run) => run.asSystem(forgetOldDrafts) };
