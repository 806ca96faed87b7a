import type { Context } from '#platform/context.server.ts';
import type { Job, Run } from '#platform/jobs.server.ts';
import { forgetNotices, tell, type Letterhead, type Recipient } from './commands.server.ts';
import { listWaiting } from './queries.server.ts';
import { isDue } from './rules.ts';

/** What this module asks of those that it doesn't know: where people read, and what cooperations are called, in order. */
export type Known = {
	recipients: (context: Context, ids: string[]) => Promise<(Recipient & { zone: string })[]>;
	cooperations: (context: Context, ids: string[]) => Promise<{ id: string; name: string }[]>;
	/** How houses sign, by the id of a house or of a cooperation that one accompanies; left out, the instance signs all. */
	letterheads?: (context: Context, of: { houses: string[]; cooperations: string[] }) => Promise<ReadonlyMap<string, Letterhead>>;
};

const atATime = 200;

/** Tells everybody whose time has come what waits for them, each in a transaction of their own. */
export async function tellWaiting(run: Run, known: Known): Promise<void> {
	let after: string | null = null;
	for (;;) {
		const page = await run.asSystem(async (context) => {
			const waiting = await listWaiting(context, { after, limit: atATime });
			const people = await known.recipients(
				context,
				waiting.map(({ personId }) => personId)
			);
			const due = waiting.flatMap((one) => {
				const person = people.find(({ id }) => id === one.personId);
				return person && isDue(one, { rhythm: one.rhythm, zone: person.zone, now: context.now }) ? [{ ...one, person }] : [];
			});
			const about = [...new Set(due.flatMap((one) => one.cooperations))];
			const cooperations = await known.cooperations(context, about);
			const houses = [...new Set(due.flatMap((one) => one.houses))];
			const letterheads = await known.letterheads?.(context, { houses, cooperations: about });
			return { due, cooperations, letterheads, last: waiting.at(-1)?.personId ?? null };
		});
		for (const { person } of page.due) {
			if (run.stopping()) return;
			await run.asSystem((context) => tell(context, person, page.cooperations, page.letterheads));
		}
		if (!page.last || run.stopping()) return;
		after = page.last;
	}
}

/** Every five minutes, whoever has something waiting and whose time has come gets one mail. */
export const tellNotices = (known: Known, wake: (job: string) => void): Job => ({
	name: 'tell-notices',
	every: '*/5 * * * *',
	run: async (run) => {
		await tellWaiting(run, known);
		wake('deliver-mails');
	}
});

/** Each night, last year's notices are forgotten. */
export const sweepNotices: Job = { name: 'sweep-notices', every: '40 3 * * *', run: (run) => run.asSystem(forgetNotices) };
