import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../tests/database.ts';
import { fault, openJobs, type Job } from './jobs.server.ts';

const { db, url } = await testDatabase();

/** Waits for something to become true; the test's own limit ends it. */
async function until(done: () => boolean): Promise<void> {
	while (!done()) await sleep(20);
}

test('a job that is woken runs, alone, and once more for those who woke it meanwhile', async () => {
	let runs = 0;
	let together = 0;
	let most = 0;
	const job: Job = {
		name: 'count',
		run: async ({ asSystem }) => {
			most = Math.max(most, ++together);
			runs++;
			await asSystem(async ({ actor, db: reader }) => {
				expect(actor).toEqual({ is: 'system', name: 'count' });
				await reader.selectFrom('persons').select('id').execute();
			});
			await sleep(100);
			together--;
		}
	};
	const one = await openJobs([job], { url, db });
	const other = await openJobs([job], { url, db });
	await one.wake('count');
	await until(() => runs === 1);
	for (let i = 0; i < 5; i++) await (i % 2 ? one : other).wake('count');
	await until(() => runs === 2 && together === 0);
	await one.stop();
	await other.stop();
	expect({ runs, most }).toEqual({ runs: 2, most: 1 });
	const left = await sql<{
		n: number;
	}>`select count(*)::int as n from jobs.job where state < 'completed' and name = 'count'`.execute(db);
	expect(left.rows[0]!.n).toBe(0);
});

test('what stops lets the job finish; what is scheduled no more is forgotten', async () => {
	let finished = false;
	let begun = false;
	const slow: Job = {
		name: 'slow',
		every: '0 3 * * *',
		run: async ({ stopping }) => {
			begun = true;
			while (!stopping()) await sleep(10);
			finished = true;
		}
	};
	const jobs = await openJobs([slow], { url, db });
	await jobs.wake('slow');
	await until(() => begun);
	await jobs.stop();
	expect(finished).toBe(true);
	const schedules = () => sql<{ name: string }>`select name from jobs.schedule`.execute(db);
	expect((await schedules()).rows.map(({ name }) => name)).toEqual(['slow']);
	await (await openJobs([], { url, db })).stop();
	expect((await schedules()).rows).toEqual([]);
});

test('a fault tells where it happened, and nothing of what was written', () => {
	const problem = Object.assign(new TypeError('Nadia Benali <nadia@example.org>'), { code: '23505', constraint: 'one' });
	const told = fault('deliver-mails', problem);
	expect(told).toMatch(/^jobs: deliver-mails: TypeError 23505 one\n\s+at /);
	expect(told).not.toContain('adia');
});
