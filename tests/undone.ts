import { sql, type ControlledTransaction, type Kysely } from 'kysely';
import type { DB } from '#platform/database/tables.ts';

/**
 * Runs something that commits, as the product does, and leaves the database as it was: it all happens in one transaction that is
 * rolled back, in which each transaction of `db` is a savepoint. What was committed apart is there for what follows, a refusal
 * takes back its own, and a page still cannot write. No constraint here waits for a commit.
 */
export async function undone<T>(db: Kysely<DB>, run: () => Promise<T>): Promise<T> {
	const whole = await db.startTransaction().execute();
	const product = Object.assign(db, { transaction: () => new Act(whole) });
	try {
		return await run();
	} finally {
		delete (product as { transaction?: unknown }).transaction;
		await whole.rollback().execute();
	}
}

const under = new WeakSet<object>();

/** A transaction that begins at a savepoint of another. */
class Act {
	private readonly whole: ControlledTransaction<DB>;
	private readOnly = false;

	constructor(whole: ControlledTransaction<DB>) {
		this.whole = whole;
	}

	setAccessMode(mode: 'read only' | 'read write'): this {
		this.readOnly = mode === 'read only';
		return this;
	}

	async execute<T>(run: (tx: ControlledTransaction<DB, ['act']>) => Promise<T>): Promise<T> {
		if (under.has(this.whole)) throw new Error('one connection holds one transaction at a time');
		under.add(this.whole);
		try {
			return await this.fromSavepoint(run);
		} finally {
			under.delete(this.whole);
		}
	}

	private async fromSavepoint<T>(run: (tx: ControlledTransaction<DB, ['act']>) => Promise<T>): Promise<T> {
		const act = await this.whole.savepoint('act').execute();
		const takeBack = () => act.rollbackToSavepoint('act').execute();
		try {
			if (this.readOnly) await sql`set transaction read only`.execute(act);
			const result = await run(act);
			await (this.readOnly ? takeBack() : act.releaseSavepoint('act').execute());
			return result;
		} catch (problem) {
			await takeBack();
			throw problem;
		}
	}
}
