import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Actor } from './actor.ts';
import type { DB } from './database/tables.ts';
import { Forbidden } from './errors.ts';

/** Anyone can be handed a Reader: it selects, and has no way to write (no `with`: a common table expression can insert). */
export type Reader = Pick<Kysely<DB>, 'selectFrom' | 'fn'>;

/** Only `allow` hands out a Writer: no permission, no pen. */
export type Writer = Transaction<DB> & { readonly __pen: unique symbol };

/** One request, job or test: who asks, what can be read, what time it is. */
export type Context = { actor: Actor; db: Reader; now: Date };

const pens = new WeakMap<Reader, Transaction<DB>>();

/** A random code of an address that another thing already has: drawn again, it is another. */
const drawnTwice = (problem: unknown): boolean =>
	(problem as { constraint?: string } | null)?.constraint?.endsWith('_code_is_one') ?? false;

/** Runs one request, job or test in one transaction; a read-only one can't write whatever the types were told. */
export async function inTransaction<T>(
	db: Kysely<DB>,
	{ actor, now, mode }: { actor: Actor; now: Date; mode: 'read' | 'write' },
	run: (context: Context) => Promise<T>
): Promise<T> {
	for (let again = mode === 'write' ? 2 : 0; ; again--) {
		const transaction = db.transaction();
		try {
			return await (mode === 'read' ? transaction.setAccessMode('read only') : transaction).execute((tx) => {
				pens.set(tx, tx);
				return run({ actor, db: tx, now });
			});
		} catch (problem) {
			if (!again || !drawnTwice(problem)) throw problem;
		}
	}
}

/** A question that only SQL can ask, put to a Reader: it begins as one, so that it stays one. */
export async function ask<T>(db: Reader, question: RawBuilder<T>): Promise<T[]> {
	const asked = question.compile(db as Kysely<DB>);
	if (!/^\s*(select|with)\b/i.test(asked.sql)) throw new TypeError('a reader only reads');
	return (await (db as Kysely<DB>).executeQuery(asked)).rows;
}

/** Turns a policy's answer into the right to write, or refuses. */
export function allow(context: Context, permitted: boolean): Writer {
	const pen = pens.get(context.db);
	if (!permitted || !pen) throw new Forbidden();
	return pen as Writer;
}

/** The same request, seen by another: a job that acts as the person who caused it. */
export const as = (context: Context, actor: Actor): Context => ({ ...context, actor });
