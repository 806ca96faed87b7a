import type pg from 'pg';
import { lifeOf } from '../queries/life.server.ts';
import { openAccount, type Import, type Progress } from './account.server.ts';
import { refused, rowsOf, tablesAmong, uncut, type Head, type Rejected } from './cutting.server.ts';
import { remarksOf } from './ending.server.ts';
import type { Text } from './opening.server.ts';
import type { RejectedRows } from './rejecting.server.ts';

/** Rows written in one transaction. */
const step = 5000;

type Read<T> = (cells: readonly string[]) => { is: 'kept'; record: T } | { is: 'rejected'; reason: string; said: string };

/** A kind of file that says something of bodies without being a register of them: grants, announcements. */
export type Gathering<T> = {
	/** How the rows of one text are read; one that tells of something else is refused. */
	readerOf: (text: Text, head: Head) => Promise<{ read: Read<T>; mend?: (cells: readonly string[]) => string[] | null }>;
	/** Writes what one step found, inside its transaction; what is known already is left as it is. */
	write: (
		client: pg.Client,
		importId: number,
		records: T[]
	) => Promise<{ added: number; unchanged: number; repeated: number; unverified: number }>;
	/** What follows the last row, inside one transaction. */
	finish: (client: pg.Client, importId: number) => Promise<void>;
	table: string;
};

/**
 * How such a file is read, from where it was cut: each step is one transaction. What is known already is left as it is, so that the
 * same file read again writes nothing.
 */
export const gather = <T>({ readerOf, write, finish, table }: Gathering<T>) =>
	async function* (
		client: pg.Client,
		one: Import,
		{ texts, rejected }: { texts: readonly Text[]; rejected: RejectedRows }
	): AsyncGenerator<Progress, void> {
		// What tells of something else is refused before anything is written.
		const { tables, passedOver } = await tablesAmong(texts);
		const readings = [];
		for (const table of tables) readings.push({ ...table, ...(await readerOf(table.text, table.head)) });
		const account = await openAccount(
			client,
			one,
			tables.reduce((sum, { text }) => sum + text.size, 0)
		);
		const { counted } = account;
		const before = counted.read;
		let chunk: { records: T[]; rejected: Rejected[]; read: number } = { records: [], rejected: [], read: 0 };
		const commit = async (bytes: number): Promise<Progress> => {
			const rejectedBytes = await rejected.add(chunk.rejected);
			await client.query('begin');
			const outcome = await write(client, one.id, chunk.records);
			counted.read += chunk.read;
			counted.rejected += chunk.rejected.length;
			for (const name of ['added', 'unchanged', 'repeated'] as const) counted[name] += outcome[name];
			chunk = { records: [], rejected: [], read: 0 };
			return account.commit({ bytes, rejectedBytes, unverified: outcome.unverified });
		};
		let bytes = 0;
		let passed = 0;
		let broken = false;
		for (const { text, head, read, mend } of readings) {
			for await (const { rows, letters, cut } of rowsOf(text, head, mend)) {
				bytes += letters;
				broken ||= cut;
				for (const row of rows) {
					if (passed++ < before) continue;
					chunk.read++;
					if ('reason' in row) chunk.rejected.push(uncut(row, text.name));
					else {
						const fate = read(row.cells);
						if (fate.is === 'kept') chunk.records.push(fate.record);
						else chunk.rejected.push(refused(row, fate, text.name));
					}
				}
				if (chunk.read < step) continue;
				yield await commit(bytes);
				if (!account.stopped()) continue;
				yield { is: 'stopped' };
				return;
			}
		}
		yield await commit(bytes);
		await client.query('begin');
		await finish(client, one.id);
		await client.query(
			'update official_imports set finished_at = now(), seen_at = now(), remarks = $2::jsonb || remarks where id = $1',
			[one.id, JSON.stringify(remarksOf({ cut: broken, passedOver }))]
		);
		await client.query('commit');
		await client.query(`analyze ${table}`);
		yield { is: 'done', counts: counted };
	};

/** Ranks the records of these RNA numbers anew: what is searched among the registers knows at once what was published of them. */
export async function rankAgain(client: pg.Client, numbers: string, importId: number): Promise<void> {
	await client.query(
		`update official_words w set life = found.life from (
			select b.id, ${lifeOf('now()')} as life from official_bodies b where b.source = 'rna-waldec' and b.key in (${numbers})
		) found where w.body_id = found.id and w.life <> found.life`,
		[importId]
	);
}
