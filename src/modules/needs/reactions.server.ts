import { today } from '#platform/clock.ts';
import type { Job } from '#platform/jobs.server.ts';
import { lookAfter } from './commands.server.ts';
import { listDue } from './queries.server.ts';

/** Each morning, whoever said something long ago is asked whether it still holds; what nobody confirmed closes softly. */
export const lookAfterNeeds: Job = {
	name: 'look-after-needs',
	every: '40 4 * * *',
	run: async (run) => {
		const due = await run.asSystem((context) => listDue(context, today(context.now, 'Pacific/Wallis')));
		for (const { id } of due) {
			if (run.stopping()) return;
			await run.asSystem((context) => lookAfter(context, id));
		}
	}
};
