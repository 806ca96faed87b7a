import { sql, type ControlledTransaction, type Kysely } from 'kysely';
import type { DB } from '#platform/database/tables.ts';

/**
 * Runs something that commits, as the product does, and leaves the database as it was: it all happens in one transaction that is
 * rolled back, in which each transaction of `db` is a savepoint. What was committed apart is there for what follows, a refusal
 * takes back its own, and a page still cannot write. Transactions come one after the other; no constraint here waits for a commit.
 */
export async function undone<T>(db: Kysely<DB>, run: () => Promise<T>): Promise<T> {
	const whole = await db.startTransaction().execute();
	const product = Object.assign(db, { transaction: () => savepoints(whole) });
	try {
		return await run();
	} finally {
		delete (product as { transaction?: unknown }).transaction;
		await whole.rollback().execute();
	}
}

/** A transaction that begins at a savepoint of another, and writes only if it may. */
function savepoints(whole: ControlledTransaction<DB>, readOnly = false) {
	return {
		setAccessMode: (mode: 'read only' | 'read write') => savepoints(whole, mode === 'read only'),
		async execute<T>(run: (tx: ControlledTransaction<DB, ['act']>) => Promise<T>): Promise<T> {
			const act = await whole.savepoint('act').execute();
			const takeBack = () => act.rollbackToSavepoint('act').execute();
			try {
				if (readOnly) await sql`set transaction read only`.execute(act);
				const result = await run(act);
				await (readOnly ? takeBack() : act.releaseSavepoint('act').execute());
				return result;
			} catch (problem) {
				await takeBack();
				throw problem;
			}
		}
	};
}
