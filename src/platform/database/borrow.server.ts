import type { Settings } from '../settings.ts';
import { embeddedPostgres, runningEmbeddedAddress } from './embedded.server.ts';

/**
 * Lends the database of an instance to a command at the terminal, as it is: the server that is named; the one of the product
 * that is running; else the embedded one, started for as long as the command lasts.
 */
export async function borrowDatabase({
	databaseUrl,
	dataFolder
}: Pick<Settings, 'databaseUrl' | 'dataFolder'>): Promise<{ url: string; giveBack: () => Promise<void> }> {
	const living = databaseUrl ?? runningEmbeddedAddress(dataFolder);
	if (living) return { url: living, giveBack: async () => {} };
	const { url, stop } = await embeddedPostgres({ home: dataFolder });
	return { url, giveBack: stop };
}
