import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Job } from '#platform/jobs.server.ts';
import { sweepReceived } from './commands.server.ts';

/** Reads the registers that wait, one after the other, each in a process of its own: the pages neither wait nor lend their memory. */
export const readRegisters: Job = {
	name: 'read-registers',
	every: '*/10 * * * *',
	run: async ({ db, now, stopping }) => {
		await sweepReceived(db, now);
		while (!stopping()) {
			const next = await db
				.selectFrom('officialImports')
				.select('id')
				.where('finishedAt', 'is', null)
				.where('refusedCode', 'is', null)
				.where('broughtBy', 'is not', null)
				.where('stoppedAt', 'is', null)
				.orderBy('id')
				.limit(1)
				.executeTakeFirst();
			if (!next) return;
			const child = fork(path.resolve('scripts/import.ts'), ['--lecture', String(next.id)], {
				execArgv: ['--max-old-space-size=256'],
				stdio: ['ignore', 'ignore', 'inherit', 'ipc']
			});
			const watch = setInterval(() => stopping() && child.kill('SIGKILL'), 500);
			const [code] = (await once(child, 'exit')) as [number | null];
			clearInterval(watch);
			await sweepReceived(db, new Date());
			if (code === null) return;
		}
	}
};
