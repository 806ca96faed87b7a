import type { Job } from '#platform/jobs.server.ts';
import { askOutcomes, remindIntroduced } from './commands/following.server.ts';

/** Each morning, those whose addresses were given six weeks ago are asked what came of it. */
export const askWhatCameOfIt = (wake: (job: string) => void): Job => ({
	name: 'ask-introduction-outcomes',
	every: '20 6 * * *',
	run: async (run) => {
		while (!run.stopping() && (await run.asSystem(askOutcomes)) > 0);
		wake('deliver-mails');
	}
});

/** Each morning, those who have said nothing for ten days are reminded, once. */
export const remindThoseIntroduced = (wake: (job: string) => void): Job => ({
	name: 'remind-introduced',
	every: '40 6 * * *',
	run: async (run) => {
		while (!run.stopping() && (await run.asSystem(remindIntroduced)) > 0);
		wake('deliver-mails');
	}
});
