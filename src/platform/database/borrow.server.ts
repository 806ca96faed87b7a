import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { m } from '#words';
import { CannotStart } from '../cannot-start.ts';
import type { Settings } from '../settings.ts';
import { embeddedPostgres, runningEmbeddedAddress } from './embedded.server.ts';
import { choosePlace } from './postgres-binaries.server.ts';

/**
 * Lends the database of an instance to a command at the terminal, as it is: the server that is named; the one of the product
 * that is running; else the embedded one, started for as long as the command lasts. An instance that never began has none.
 */
export async function borrowDatabase({
	databaseUrl,
	dataFolder
}: Pick<Settings, 'databaseUrl' | 'dataFolder'>): Promise<{ url: string; giveBack: () => Promise<void> }> {
	const never = new CannotStart(m.platform_never_started({ where: databaseUrl ? 'DATABASE_URL' : dataFolder }));
	if (!databaseUrl && !fs.existsSync(path.join(choosePlace(path.resolve(dataFolder)), 'cluster/PG_VERSION'))) throw never;
	const living = databaseUrl ?? runningEmbeddedAddress(dataFolder);
	const { url, stop: giveBack } = living ? { url: living, stop: async () => {} } : await embeddedPostgres({ home: dataFolder });
	if (await hasBegun(url)) return { url, giveBack };
	await giveBack();
	throw never;
}

async function hasBegun(url: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
	try {
		await client.connect();
	} catch (error) {
		const { message, code } = error as NodeJS.ErrnoException;
		throw new CannotStart(m.platform_database_unanswered({ reason: message || (code ?? '') }));
	}
	const { rows } = await client.query<{ begun: boolean }>("select to_regclass('public.migrations') is not null as begun");
	await client.end();
	return rows[0]!.begun;
}
