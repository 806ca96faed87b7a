import path from 'node:path';
import pg from 'pg';
import { m } from '#words';
import { CannotStart } from '../cannot-start.ts';
import { embeddedPostgres } from './embedded.server.ts';
import { migrate } from './migrate.server.ts';

/** Opens the database of an instance and brings it up to date: the server that is named, else the embedded one in the data folder. */
export async function openDatabase(options: {
	databaseUrl: string | null;
	dataFolder: string;
	log: (sentence: string) => void;
	/** Told once, when the embedded database has ended and cannot be had again. */
	onLost: (error: Error) => void;
}): Promise<{ url: string; stop: () => Promise<void> }> {
	const { url, stop } = options.databaseUrl
		? await useServer(options.databaseUrl)
		: await embeddedPostgres({ ...options, home: options.dataFolder });
	try {
		await migrate(url, { folder: path.resolve('migrations') });
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, stop };
}

async function useServer(url: string): Promise<{ url: string; stop: () => Promise<void> }> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
	try {
		await client.connect();
	} catch (error) {
		const { message, code } = error as NodeJS.ErrnoException;
		throw new CannotStart(m.platform_database_unanswered({ reason: message || (code ?? '') }));
	}
	const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
	await client.end();
	const found = Math.floor(Number(rows[0]?.version) / 10_000);
	if (found < 15) throw new CannotStart(m.platform_database_too_old({ found }));
	return { url, stop: async () => {} };
}
