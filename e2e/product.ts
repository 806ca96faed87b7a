import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { m } from '#words';
import { testDatabase } from '../tests/database.ts';

const root = path.resolve(import.meta.dirname, '..');

/** A running instance, and what it has said so far. */
export type Product = {
	address: string;
	databaseUrl: string;
	said: () => string;
	/** Asks it to stop, as a service manager does; gives its exit code. */
	stop: () => Promise<number | null>;
	/** Ends it at once, as a machine that runs out of memory does. */
	kill: () => Promise<void>;
};

/** Starts the built product as `npm start` does, on a database of its own, and stops it at the end of the test file. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
	const { url } = await testDatabase();
	const dataFolder = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-e2e-'));
	const product = await launch({ DATABASE_URL: url, ENSEMBLIER_DATA: dataFolder, ...env });
	afterAll(async () => {
		await product.stop();
		await fs.rm(dataFolder, { recursive: true, force: true });
	});
	return { ...product, databaseUrl: url };
}

/** Starts the built product as `npm start` does, with these settings; whoever asks stops it. */
export async function launch(env: Record<string, string>): Promise<Omit<Product, 'databaseUrl'>> {
	const product = spawn(process.execPath, ['scripts/start.ts'], {
		cwd: root,
		env: { ...process.env, PORT: '0', ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	product.stdout.on('data', (chunk: Buffer) => (said += chunk));
	product.stderr.on('data', (chunk: Buffer) => (said += chunk));
	const address = await addressOf(product, () => said);
	const kill = async () => {
		// Without its database it may have ended by itself already.
		if (product.exitCode !== null || product.signalCode !== null) return;
		const ended = new Promise((resolve) => product.once('exit', resolve));
		product.kill('SIGKILL');
		await ended;
	};
	return { address, said: () => said, stop: () => stop(product), kill };
}

function addressOf(product: ChildProcess, said: () => string): Promise<string> {
	const announced = new RegExp(`^${m.platform_started({ address: '(\\S+)' })}$`, 'm');
	return new Promise((resolve, reject) => {
		product.stdout?.on('data', () => {
			const address = announced.exec(said())?.[1];
			if (address) resolve(address);
		});
		product.once('exit', () => reject(new Error(`the product ended:\n${said()}`)));
	});
}

async function stop(product: ChildProcess): Promise<number | null> {
	if (product.exitCode !== null || product.signalCode !== null) return product.exitCode;
	const ended = new Promise<number | null>((resolve) => product.once('close', resolve));
	product.kill('SIGTERM');
	return ended;
}
