import type { Actor, Person } from '#platform/actor.ts';
import { inTransaction, type Context } from '#platform/context.server.ts';
import { plantWorld, type Name } from '../seeds/world.ts';
import { testDatabase } from './database.ts';

class RollBack extends Error {}

/**
 * The small world in a database of this test file: `as('nadia')(…)` runs as Nadia and is rolled back, `keep('nadia')(…)` is
 * committed. `now` is two weeks after the world was planted, unless the test says otherwise.
 */
export async function testWorld() {
	const { db, url } = await testDatabase();
	const world = await plantWorld(db);
	const later = new Date('2026-11-16T09:00:00Z');
	const who = (actor: Name | Actor): Actor => (typeof actor === 'string' ? world.actors[actor] : actor);

	const keep =
		(actor: Name | Actor, now = later) =>
		<T>(run: (context: Context) => Promise<T>): Promise<T> =>
			inTransaction(db, { actor: who(actor), now, mode: 'write' }, run);

	const as =
		(actor: Name | Actor, now = later) =>
		async <T>(run: (context: Context) => Promise<T>): Promise<T> => {
			let result: { value: T } | undefined;
			try {
				await inTransaction(db, { actor: who(actor), now, mode: 'write' }, async (context) => {
					result = { value: await run(context) };
					throw new RollBack();
				});
			} catch (problem) {
				if (!(problem instanceof RollBack)) throw problem;
			}
			return result!.value;
		};

	/** Hands the transaction on to somebody else: two people in one story, rolled back together. */
	const seenBy = (context: Context, actor: Name | Person): Context => ({ ...context, actor: who(actor) });

	return { db, url, world, as, keep, seenBy, later };
}
