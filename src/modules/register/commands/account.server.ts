import type pg from 'pg';
import { Refused } from '#platform/errors.ts';
import type { Published } from '../rules/published.ts';

export const counts = ['read', 'added', 'changed', 'unchanged', 'repeated', 'elsewhere', 'other', 'joined', 'rejected'] as const;
export type Counts = Record<(typeof counts)[number], number>;

/** How far an import is, each time something was committed. */
export type Progress =
	| { is: 'waits' }
	| { is: 'at work'; counts: Counts; bytes: number; total: number; rate: number; left: number | null }
	| { is: 'builds' }
	| { is: 'stopped' }
	| { is: 'done'; counts: Counts };

/** An import as the database keeps it. */
export type Import = {
	id: number;
	source: Published;
	file_path: string;
	file_digest: string;
	departments: string[];
	communes: string[];
	started_at: Date | null;
	finished_at: Date | null;
	refused_code: string | null;
	stopped_at: Date | null;
	first: boolean;
	rejected_bytes: string;
	bytes_read: string;
	indexes_to_build: string[];
	parts_read_at: Date | null;
	joined_until: string | null;
	cut: boolean;
} & Record<`rows_${keyof Counts}`, string>;

export const findImport = async (client: pg.Client, id: number): Promise<Import | undefined> =>
	(await client.query<Import>('select * from official_imports where id = $1', [id])).rows[0];

export const countsOf = (one: Import): Counts =>
	Object.fromEntries(counts.map((name) => [name, Number(one[`rows_${name}`])])) as Counts;

/** What one step wrote, besides what it counted: how far the texts are read, how long the file of rejected rows is. */
type Step = { bytes: number; rejectedBytes: number; ended?: number; older?: number; unverified?: number };

export type Account = {
	counted: Counts;
	/** Somebody asked to stop after the last step. */
	stopped: () => boolean;
	/** Writes what is counted, in the transaction of the step, and ends it. */
	commit: (step: Step) => Promise<Progress>;
};

/** Rejected rows beyond which a file of which hardly one in ten is read is not what it seems: its rejected rows would fill the disk. */
const mostRejected = 200_000;

/** Refuses to go on with a file of which next to nothing is read. What was rejected is committed, and its file stays. */
function refuseUnreadable({ read, rejected }: Counts): void {
	if (rejected >= mostRejected && rejected > 10 * (read - rejected))
		throw new Refused('register.hardly-read', { read, rejected });
}

/** Opens the account of an import that begins or goes on: what its steps count, how fast it goes, what is left of `total` bytes. */
export async function openAccount(client: pg.Client, one: Import, total: number): Promise<Account> {
	await client.query(
		`update official_imports set started_at = coalesce(started_at, now()), bytes_total = $2, resumed_at = now(),
			resumed_rows = rows_read where id = $1`,
		[one.id, total]
	);
	const counted = countsOf(one);
	const before = counted.read;
	const began = performance.now();
	let from: { bytes: number; at: number } | null = null;
	let stopped = false;
	const commit = async ({ bytes, rejectedBytes, ended = 0, older = 0, unverified = 0 }: Step): Promise<Progress> => {
		const written = await client.query<{ stopped: boolean }>(
			`update official_imports set ${counts.map((name, i) => `rows_${name} = $${i + 7}`).join(', ')},
				bytes_read = $2, rejected_bytes = $3, bodies_ended = bodies_ended + $4, numbers_unverified = numbers_unverified + $5,
				bodies_older = bodies_older + $6, seen_at = now() where id = $1 returning stopped_at is not null as stopped`,
			[one.id, bytes, rejectedBytes, ended, unverified, older, ...counts.map((name) => counted[name])]
		);
		await client.query('commit');
		refuseUnreadable(counted);
		stopped = written.rows[0]!.stopped;
		from ??= { bytes, at: performance.now() };
		const seconds = (performance.now() - from.at) / 1000;
		const speed = seconds > 1 ? (bytes - from.bytes) / seconds : 0;
		return {
			is: 'at work',
			counts: { ...counted },
			bytes,
			total,
			rate: Math.round((counted.read - before) / Math.max(0.001, (performance.now() - began) / 1000)),
			left: speed ? Math.max(0, Math.ceil((total - bytes) / speed)) : null
		};
	};
	return { counted, stopped: () => stopped, commit };
}
