import pg from 'pg';
import { Refused } from '#platform/errors.ts';
import { announcements } from '../gazette/commands.server.ts';
import { grants } from '../grants/commands.server.ts';
import { findImport, type Import, type Progress } from './account.server.ts';
import { readTables } from './bce.server.ts';
import { buildIndexes } from './beginning.server.ts';
import { gather } from './gathering.server.ts';
import { digestOf, textsOf, type Text } from './opening.server.ts';
import { readRecords } from './reading.server.ts';
import { openRejected, type RejectedRows } from './rejecting.server.ts';

/** One import writes at a time, over all the processes of a database. */
const lock = `hashtext('ensemblier official register')`;

/** How a kind of file is read, from where it was cut. */
type Way = (client: pg.Client, one: Import, given: { texts: Text[]; rejected: RejectedRows }) => AsyncGenerator<Progress, void>;
/** Those whose rows are no records of bodies. */
const ways: Record<string, Way> = { grants: gather(grants), gazette: gather(announcements), bce: readTables };

/**
 * Reads one import from where it was cut, until its end. Each step is one transaction: its rows, what is counted, how far the file
 * was read. Cut anywhere, it goes on from the last of them.
 */
export async function* goOn({
	url,
	id,
	dataFolder
}: {
	url: string;
	id: number;
	dataFolder: string;
}): AsyncGenerator<Progress, void> {
	const client = new pg.Client({ connectionString: url, application_name: 'ensemblier-register' });
	client.on('error', () => {});
	await client.connect();
	try {
		// Whoever asks for it to go on takes back what stopped it; it may be stopped anew while it waits.
		await client.query('update official_imports set stopped_at = null, stopped_by = null where id = $1', [id]);
		const { rows: free } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock(${lock}) as locked`);
		if (!free[0]!.locked) {
			yield { is: 'waits' };
			await client.query(`select pg_advisory_lock(${lock})`);
		}
		const one = await findImport(client, id);
		if (!one || one.finished_at || one.refused_code) return;
		if (one.stopped_at) {
			yield { is: 'stopped' };
			return;
		}
		try {
			yield* work(client, one, dataFolder);
		} catch (problem) {
			if (!(problem instanceof Refused)) throw problem;
			await client.query('rollback');
			await buildIndexes(client, one.id);
			await client.query('update official_imports set refused_code = $2, refused_details = $3 where id = $1', [
				id,
				problem.code,
				JSON.stringify(problem.details)
			]);
			throw problem;
		}
	} finally {
		await client.end();
	}
}

async function* work(client: pg.Client, one: Import, dataFolder: string): AsyncGenerator<Progress, void> {
	const { digest } = await digestOf(one.file_path);
	if (one.file_digest !== digest) throw new Refused('register.file-changed');
	const { texts, close } = await textsOf(one.file_path);
	try {
		const rejected = await openRejected(dataFolder, one);
		try {
			yield* (ways[one.source] ?? readRecords)(client, one, { texts, rejected });
		} finally {
			await rejected.close();
		}
	} finally {
		close();
	}
}
