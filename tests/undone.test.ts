import { expect, test } from 'vitest';
import { allow, inTransaction, type Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { testDatabase } from './database.ts';
import { undone } from './undone.ts';

const { db } = await testDatabase();
const about = { actor: { is: 'system', name: 'test' }, now: new Date('2026-11-22T09:00:00Z') } as const;
const begin = <T>(mode: 'read' | 'write', run: (context: Context) => Promise<T>) => inTransaction(db, { ...about, mode }, run);
const write = (name: string) => (context: Context) =>
	allow(context, true).insertInto('persons').values({ id: newId(), name, createdAt: about.now }).execute();
const names = async () =>
	(await begin('read', ({ db: reader }) => reader.selectFrom('persons').select('name').orderBy('name').execute())).map(
		({ name }) => name
	);

test('what was committed stays for what follows, what was refused is taken back, and in the end nothing has been', async () => {
	await begin('write', write('Ana'));
	await undone(db, async () => {
		await begin('write', write('Bruno'));
		await expect(
			begin('write', async (context) => {
				await write('Carole')(context);
				throw new Error('refused');
			})
		).rejects.toThrow('refused');
		expect(await names()).toEqual(['Ana', 'Bruno']);
	});
	expect(await names()).toEqual(['Ana']);
	await begin('write', write('Denis'));
	expect(await names()).toEqual(['Ana', 'Denis']);
});

test('a page cannot write, and what follows it can', async () => {
	await undone(db, async () => {
		await expect(begin('read', write('Elsa'))).rejects.toThrow('read-only transaction');
		expect(await names()).not.toContain('Elsa');
		await begin('write', write('Elsa'));
		expect(await names()).toContain('Elsa');
	});
});
