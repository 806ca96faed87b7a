import pg from 'pg';

/** Runs one statement on the server of the tests. */
export async function query(server: string, sql: string): Promise<void> {
	const client = new pg.Client({ connectionString: server });
	await client.connect();
	await client.query(sql).finally(() => client.end());
}

/**
 * Drops a database of the tests and whoever is still connected to it. The role of the tests may not end an autovacuum worker
 * of the server's, so it waits until that one has gone.
 */
export async function dropDatabase(server: string, name: string): Promise<void> {
	for (let tries = 1; ; tries++)
		try {
			return await query(server, `drop database if exists ${name} with (force)`);
		} catch (problem) {
			if (tries === 50 || (problem as { code?: string }).code !== '42501') throw problem;
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
}
