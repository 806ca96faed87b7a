import { deliverMails, sweepMails } from '#modules/notices/outbox/reactions.server.ts';
import type { Job } from '#platform/jobs.server.ts';

/** Everything that the product does by itself. */
export const jobs: Job[] = [deliverMails, sweepMails];
