import type { Kysely } from 'kysely';
import { PgBoss } from 'pg-boss';
import { inTransaction, type Context } from './context.server.ts';
import type { DB } from './database/tables.ts';

/** What a job is given each time it runs. */
export type Run = {
	db: Kysely<DB>;
	now: Date;
	/** One transaction of its own, committed at its end. */
	asSystem: <T>(work: (context: Context) => Promise<T>) => Promise<T>;
	/** True once the product stops: a long job ends at the next thing that it would begin. */
	stopping: () => boolean;
};

/** Something that the product does by itself. It may be cut anywhere, and runs again: it finds by itself what is left to do. */
export type Job = {
	name: string;
	/** When it runs by itself: a cron expression, UTC. Any job may be woken too. */
	every?: string;
	run: (run: Run) => Promise<void>;
};

/** The jobs of a product that runs: each alone of its name, over all the processes of one database. */
export type Jobs = { wake: (name: string) => Promise<void>; stop: () => Promise<void> };

// A killed product says nothing more: after this many seconds its job is taken again.
const silence = 10;

/** Starts the jobs: those of `jobs` run at their hour, and whenever they are woken. */
export async function openJobs(jobs: Job[], options: { url: string; db: Kysely<DB> }): Promise<Jobs> {
	let stopping = false;
	const boss = new PgBoss({
		connectionString: options.url,
		application_name: 'ensemblier-jobs',
		schema: 'jobs',
		max: 2,
		useListenNotify: true,
		registerInstance: false,
		reindex: false,
		monitorVacuum: false,
		superviseIntervalSeconds: silence,
		monitorIntervalSeconds: silence
	});
	// A lost connection comes back by itself; its reason holds nothing of what people wrote.
	boss.on('error', (error) => console.error(`jobs: ${error.message}`));
	await boss.start();
	const known = new Set(jobs.map(({ name }) => name));
	const left = (await boss.getSchedules()).filter(({ name }) => !known.has(name));
	for (const { name, key } of left) await boss.unschedule(name, key);
	for (const job of jobs) {
		// At most one waits and one runs: whoever is woken while running runs once more.
		const kept = { retryLimit: 3, retryDelay: 10, retryBackoff: true, deleteAfterSeconds: 86_400, heartbeatSeconds: silence };
		await boss.createQueue(job.name, { policy: 'stately', notify: true, expireInSeconds: 3600, ...kept });
		await boss.work(job.name, { pollingIntervalSeconds: silence, notifyPollingIntervalSeconds: silence }, () => runOnce(job));
		if (job.every) await boss.schedule(job.name, job.every, null, { tz: 'UTC', missed: 'once' });
		else await boss.unschedule(job.name);
	}

	async function runOnce(job: Job): Promise<void> {
		if (stopping) throw new Error('stopping');
		const asSystem: Run['asSystem'] = (work) =>
			inTransaction(options.db, { actor: { is: 'system', name: job.name }, now: new Date(), mode: 'write' }, work);
		try {
			await job.run({ db: options.db, now: new Date(), asSystem, stopping: () => stopping });
		} catch (problem) {
			console.error(fault(job.name, problem));
			throw problem;
		}
	}

	return {
		async wake(name) {
			if (!stopping) await boss.send(name);
		},
		async stop() {
			stopping = true;
			await boss.stop({ graceful: true, timeout: 8000 });
		}
	};
}

/** What is told of a fault: where it happened. A message or a query's detail may hold what somebody wrote. */
export function fault(name: string, problem: unknown): string {
	const { name: kind = 'Error', code, constraint, stack = '' } = problem as Partial<Error & { code: string; constraint: string }>;
	const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
	return [`jobs: ${name}: ${[kind, code, constraint].filter(Boolean).join(' ')}`, ...places.slice(0, 6)].join('\n');
}

let running: Promise<Jobs> | null = null;

/** Starts the jobs of this product; the pages do not wait for them. */
export function startJobs(jobs: Job[], options: { url: string; db: Kysely<DB> }): void {
	running = openJobs(jobs, options);
	running.catch((problem: Error) => console.error(`jobs: ${problem.message}`));
}

/** Wakes a job once what it looks for has been committed; without jobs nobody is woken, and its hour comes. */
export function wake(name: string): void {
	running?.then((jobs) => jobs.wake(name)).catch((problem: unknown) => console.error(fault(name, problem)));
}

/** Lets the jobs finish what they began, before the database closes. */
export async function stopJobs(): Promise<void> {
	const jobs = await running?.catch(() => null);
	running = null;
	await jobs?.stop();
}
