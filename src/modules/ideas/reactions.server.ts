import { today } from '#platform/clock.ts';
import type { Job } from '#platform/jobs.server.ts';
import { forgetUnconfirmed, lookAfterIdea } from './commands/keeping.server.ts';
import { tellInhabitant } from './commands/telling.server.ts';
import { listDue, listToTell } from './queries/due.server.ts';

/** Each morning, whoever dropped an idea without life since a season is asked whether it still holds; what nobody confirmed is forgotten. */
export const lookAfterIdeas: Job = {
	name: 'look-after-ideas',
	every: '50 4 * * *',
	run: async (run) => {
		await run.asSystem(forgetUnconfirmed);
		const due = await run.asSystem((context) => listDue(context, today(context.now, 'Pacific/Wallis')));
		for (const { id } of due) {
			if (run.stopping()) return;
			await run.asSystem((context) => lookAfterIdea(context, id));
		}
	}
};

/** Each day, inhabitants learn who joined their idea: one mail for all of them. */
export const tellInhabitants: Job = {
	name: 'tell-inhabitants',
	every: '10 6 * * *',
	run: async (run) => {
		const due = await run.asSystem((context) => listToTell(context));
		for (const { id } of due) {
			if (run.stopping()) return;
			await run.asSystem((context) => tellInhabitant(context, id));
		}
	}
};
