import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import { dropDatabase, query } from './server.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The server of the tests, and the migrated database that each test file clones. */
		database: { server: string; template: string };
	}
}

const migrations = path.resolve(import.meta.dirname, '../../migrations');

/** One server for the whole run: TEST_DATABASE_URL if it is given, else an embedded one in a temporary folder. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
	const { url: server, stop } = await chooseServer();
	const template = `ensemblier_template_${process.pid}`;
	await query(server, `create database ${template}`);
	await migrate(databaseAddress(server, template), { folder: migrations });
	project.provide('database', { server, template });
	return async () => {
		await dropDatabase(server, template);
		await stop();
	};
}

async function chooseServer(): Promise<{ url: string; stop: () => Promise<void> }> {
	if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => {} };
	const home = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-tests-'));
	await fs.chmod(home, 0o755);
	const postgres = await embeddedPostgres({ home, disposable: true });
	sweepAfterKill(home, path.join(postgres.place, 'cluster/postmaster.pid'));
	const stop = async () => {
		await postgres.stop();
		await fs.rm(home, { recursive: true, force: true });
	};
	return { url: postgres.url, stop };
}

/** A run that is killed cannot stop its server: a shell that outlives it does, then removes the folder. */
function sweepAfterKill(home: string, pidFile: string): void {
	const script = 'while kill -0 "$1"; do sleep 2; done; [ ! -f "$2" ] || kill -INT "$(head -1 "$2")"; sleep 5; rm -rf "$3"';
	spawn('/bin/sh', ['-c', script, 'sh', String(process.pid), pidFile, home], {
		detached: true,
		stdio: 'ignore',
		cwd: '/'
	}).unref();
}

function databaseAddress(server: string, database: string): string {
	const address = new URL(server);
	address.pathname = `/${database}`;
	return address.href;
}
