import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { afterAll, inject } from 'vitest';
import { connect } from '#platform/database/connection.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { dropDatabase, query } from './setup/server.ts';

/**
 * Gives this test file a database of its own, cloned from the migrated template, and drops it at the end.
 * Called once at the top of the file: `const { db } = await testDatabase();`
 */
export async function testDatabase(): Promise<{ db: Kysely<DB>; url: string }> {
	const { server, template } = inject('database');
	const name = `ensemblier_test_${randomBytes(6).toString('hex')}`;
	await query(server, `create database ${name} template ${template}`);
	const address = new URL(server);
	address.pathname = `/${name}`;
	const db = connect(address.href, { connections: 4 });
	afterAll(async () => {
		await db.destroy();
		await dropDatabase(server, name);
	});
	return { db, url: address.href };
}
