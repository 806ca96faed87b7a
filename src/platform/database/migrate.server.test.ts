import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { m } from '#words';
import { testDatabase } from '../../../tests/database.ts';
import { CannotStart } from '../cannot-start.ts';
import { migrate } from './migrate.server.ts';

const { db, url } = await testDatabase();
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-migrations-'));
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => fs.writeFile(path.join(folder, name), text);
const values = async () =>
	(await sql<{ value: string }>`select value from marks order by value`.execute(db)).rows.map((row) => row.value);

beforeEach(async () => {
	await sql`drop table if exists marks`.execute(db);
	await sql`truncate migrations`.execute(db);
	for (const name of await fs.readdir(folder)) await fs.rm(path.join(folder, name));
	await write('1-marks.sql', "create table marks (value text not null);\ninsert into marks values ('one');\n");
});

test('migrations are applied in the order of their names, once', async () => {
	await write('3-later.sql', "insert into marks values ('three');");
	await write('2-next.sql', "insert into marks values ('two');");
	expect(await migrate(url, { folder })).toEqual(['1-marks.sql', '2-next.sql', '3-later.sql']);
	expect(await migrate(url, { folder })).toEqual([]);
	expect(await values()).toEqual(['one', 'three', 'two']);
});

test('starts that race apply each migration once', async () => {
	const applied = await Promise.all([1, 2, 3].map(() => migrate(url, { folder })));
	expect(applied.flat()).toEqual(['1-marks.sql']);
	expect(await values()).toEqual(['one']);
});

test('a migration that was edited after it landed is refused, other line ends are not', async () => {
	await migrate(url, { folder });
	await write('1-marks.sql', "create table marks (value text not null);\r\ninsert into marks values ('one');\r\n");
	await migrate(url, { folder });
	await write('1-marks.sql', 'create table marks (value text);');
	await write('2-next.sql', "insert into marks values ('two');");
	await expect(migrate(url, { folder })).rejects.toThrow(new CannotStart(m.platform_migration_edited({ name: '1-marks.sql' })));
	expect(await values()).toEqual(['one']);
});

test('a database that is newer than the code is refused', async () => {
	await migrate(url, { folder });
	await fs.rm(path.join(folder, '1-marks.sql'));
	await expect(migrate(url, { folder })).rejects.toThrow(new CannotStart(m.platform_migration_unknown({ name: '1-marks.sql' })));
});

test('of a migration that fails nothing is kept, and those before it are', async () => {
	await write('2-broken.sql', "insert into marks values ('two'); insert into nowhere values (1);");
	await expect(migrate(url, { folder })).rejects.toThrow('2-broken.sql');
	expect(await values()).toEqual(['one']);
	await write('2-broken.sql', "insert into marks values ('two');");
	expect(await migrate(url, { folder })).toEqual(['2-broken.sql']);
});
