// What `apart.server.ts` starts: a process that runs one generator, part by part as it is asked, and ends with whoever asked.
import { pathToFileURL } from 'node:url';
import { Refused } from './errors.ts';

export type Ask = { module: string; name: string; input: unknown } | 'next';
export type Said = { part: unknown } | { over: true } | { refused: Pick<Refused, 'code' | 'details'> } | { fault: string };

let parts: Iterator<unknown> | AsyncIterator<unknown> | undefined;

process.on('message', async (ask: Ask) => process.send!(await answer(ask)));
process.on('disconnect', () => process.exit());

async function answer(ask: Ask): Promise<Said> {
	try {
		if (ask !== 'next') {
			const module = (await import(pathToFileURL(ask.module).href)) as Record<
				string,
				(input: unknown) => Iterator<unknown> | AsyncIterator<unknown>
			>;
			parts = module[ask.name]!(ask.input);
		}
		const { value, done } = await parts!.next();
		return done ? { over: true } : { part: value };
	} catch (problem) {
		if (problem instanceof Refused) return { refused: { code: problem.code, details: problem.details } };
		// Where it happened, and nothing of what somebody wrote.
		return {
			fault: String((problem as Error).stack)
				.split('\n')
				.slice(1, 6)
				.join('\n')
		};
	}
}
