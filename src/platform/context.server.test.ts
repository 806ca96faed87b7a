import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addOrganisation } from '#modules/organisations/commands.server.ts';
import { testWorld } from '../../tests/world.ts';
import { allow, ask, inTransaction } from './context.server.ts';

test('a code that was drawn twice is drawn again, twice at most, and nothing else is done over', async () => {
	const { db, world, later } = await testWorld();
	const about = { actor: world.actors.nadia, now: later, mode: 'write' as const };
	let runs = 0;
	const register = (until: number) =>
		inTransaction(db, about, async (context) => {
			const write = allow(context, true);
			const { id } = await addOrganisation(write, context, { name: `Le Banc ${++runs}`, kind: 'association', commune: null });
			if (runs < until) {
				const { code } = await write.selectFrom('organisations').select('code').limit(1).executeTakeFirstOrThrow();
				await write.updateTable('organisations').set({ code }).where('id', '=', id).execute();
			}
		});
	await register(2);
	expect(runs).toBe(2);
	const made = () => db.selectFrom('organisations').select('name').where('name', 'like', 'Le Banc%').execute();
	expect(await made()).toEqual([{ name: 'Le Banc 2' }]);
	await expect(register(99)).rejects.toMatchObject({ constraint: 'organisation_code_is_one' });
	expect(runs).toBe(5);
	await expect(
		inTransaction(db, about, async () => {
			runs++;
			throw new Error('other');
		})
	).rejects.toThrow('other');
	expect(runs).toBe(6);
	expect(await made()).toHaveLength(1);
});

test('a reader asks in SQL and changes nothing by it, whatever the transaction lets through', async () => {
	const { as, world } = await testWorld();
	await as('nadia')(async ({ db }) => {
		const mine = sql<{ acceptedAt: Date }>`select accepted_at from partners where organisation_id = ${world.structures.nadia}`;
		expect((await ask(db, mine))[0]!.acceptedAt).toBeInstanceOf(Date);
		for (const change of [sql`delete from journal_views`, sql` update persons set name = ''`, sql`/* select */ truncate persons`])
			await expect(ask(db, change)).rejects.toThrow(TypeError);
	});
});
