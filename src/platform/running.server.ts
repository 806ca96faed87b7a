import type { Kysely } from 'kysely';
import { connect } from './database/connection.server.ts';
import type { DB } from './database/tables.ts';
import { readSettings, type Settings } from './settings.ts';

// The two things of which a running product has one. Made at first use: server modules are imported while building.
let settingsRead: Settings | null = null;
let connected: Kysely<DB> | null = null;

/** What whoever runs this instance decided; start refuses mistakes before anything asks. */
export function settings(): Settings {
	if (settingsRead) return settingsRead;
	const read = readSettings(process.env);
	if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
	return (settingsRead = read.settings);
}

/** A full address of this instance, from the configured public address: never from what a request claims. */
export const address = (path: string): string => (settings().address ?? `http://localhost:${settings().port}`) + path;

export const database = (): Kysely<DB> => (connected ??= connect(process.env.DATABASE_URL!));

export async function closeDatabase(): Promise<void> {
	await connected?.destroy();
	connected = null;
}
