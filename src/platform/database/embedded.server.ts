import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { m } from '#words';
import { CannotStart } from '../cannot-start.ts';
import {
	chooseAccount,
	choosePlace,
	createCluster,
	findBinaries,
	giveTo,
	identity,
	makeEnterable,
	postgresEnvironment,
	type Account
} from './postgres-binaries.server.ts';

/** A PostgreSQL that the product started, or found running, and that it holds alone until it stops it. */
export type EmbeddedPostgres = {
	/** The address of the database `ensemblier` for its owner, a role without superuser rights. */
	url: string;
	/** Whether the server was already running, left by a product that was killed. */
	adopted: boolean;
	/** The process of the server. */
	pid: number;
	/** Where the cluster, its log and its secrets are. */
	place: string;
	/** Stops the server, last of all: it finishes what it was told and closes its files. */
	stop(): Promise<void>;
};

type Place = { folder: string; cluster: string; logFile: string; account: Account; binaries: string; passwords: Passwords };
type Passwords = { postgres: string; ensemblier: string };
type Server = { guard: pg.Client; pid: number; port: number; adopted: boolean };

const patience = 60_000;
// Any number will do, as long as every version of the product takes the same one.
const guardKey = 7_365_001;

/**
 * Starts the PostgreSQL that came with npm on the folder `home`, or adopts the one that a killed product left running there.
 * A second product on the same folder is refused. `disposable` is for tests: a loss is no harm, and databases may be made.
 */
export async function embeddedPostgres(options: {
	home: string;
	log?: (sentence: string) => void;
	disposable?: boolean;
	/** Told once, when the server has ended and cannot be had again. */
	onLost?: (error: Error) => void;
}): Promise<EmbeddedPostgres> {
	const { disposable = false, log = () => {} } = options;
	const home = path.resolve(options.home);
	const place = preparePlace(home);
	let server = await holdServer(place, { home, disposable });
	if (server.adopted) log(m.platform_database_adopted());
	await createDatabase(server.guard, place.passwords, disposable);

	let held = true;
	let restart = Promise.resolve();
	const restartServer = async () => {
		try {
			server = await holdServer(place, { home, disposable, port: server.port });
			log(m.platform_database_restarted());
			restartWhenLost();
		} catch (error) {
			// Another product has taken the folder, or nothing starts any more: this one has no database left.
			held = false;
			options.onLost?.(error as Error);
		}
	};
	const restartWhenLost = () => {
		server.guard.once('end', () => {
			if (held) restart = restartServer();
		});
	};
	restartWhenLost();

	return {
		url: `postgres://ensemblier:${place.passwords.ensemblier}@127.0.0.1:${server.port}/ensemblier`,
		adopted: server.adopted,
		pid: server.pid,
		place: place.folder,
		async stop() {
			await restart;
			if (!held) return;
			held = false;
			await waitForLastConnection(server.guard);
			await server.guard.end().catch(() => {});
			await stopServer(place.cluster);
		}
	};
}

/** Finds the address of the database of a product that is running on this folder; null when none is. */
export function runningEmbeddedAddress(home: string): string | null {
	const folder = choosePlace(path.resolve(home));
	const running = findPostmaster(path.join(folder, 'cluster'));
	if (!running?.port) return null;
	const password = fs.readFileSync(path.join(folder, 'ensemblier.secret'), 'utf8').trim();
	return `postgres://ensemblier:${password}@127.0.0.1:${running.port}/ensemblier`;
}

function preparePlace(home: string): Place {
	fs.mkdirSync(home, { recursive: true });
	const folder = choosePlace(home);
	const cluster = path.join(folder, 'cluster');
	const account = chooseAccount(cluster);
	makeEnterable(folder);
	giveTo(account, folder);
	const { folder: binaries, major } = findBinaries(folder, account);
	const passwords = {
		postgres: readOrMakePassword(path.join(folder, 'postgres.secret'), account),
		ensemblier: readOrMakePassword(path.join(folder, 'ensemblier.secret'), account)
	};
	const versionFile = path.join(cluster, 'PG_VERSION');
	if (!fs.existsSync(versionFile)) {
		createCluster({ cluster, binaries, account, passwordFile: path.join(folder, 'postgres.secret') });
	}
	const found = fs.readFileSync(versionFile, 'utf8').trim();
	if (found !== major) throw new CannotStart(m.platform_database_other_version({ folder, found, brought: major }));
	return { folder, cluster, logFile: path.join(folder, 'postgres.log'), account, binaries, passwords };
}

function readOrMakePassword(file: string, account: Account): string {
	try {
		fs.writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
		giveTo(account, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	return fs.readFileSync(file, 'utf8').trim();
}

/** Makes sure that a server runs on the cluster, and holds it alone through a connection that lives as long as the product. */
async function holdServer(place: Place, options: { home: string; disposable: boolean; port?: number }): Promise<Server> {
	const deadline = Date.now() + patience;
	let started: { pid: number; port: number } | null = null;
	for (;;) {
		const running = findPostmaster(place.cluster);
		// A server that we started and that has already ended is started again: another may have been closing when we came.
		if (!running && !(started && isAlive(started.pid))) started = await startServer(place, options);
		const port = running?.port ?? started?.port;
		const guard = port ? await openGuard(port, place.passwords.postgres) : null;
		if (guard instanceof pg.Client) {
			const pid = findPostmaster(place.cluster)?.pid;
			if (pid && port) {
				await takeGuard(guard, options.home);
				return { guard, pid, port, adopted: pid !== started?.pid };
			}
			await guard.end().catch(() => {});
		}
		if (Date.now() > deadline) {
			const reason = guard instanceof Error ? guard.message : 'postgres';
			throw new CannotStart(m.platform_database_not_started({ reason, logFile: place.logFile }));
		}
		await sleep(25);
	}
}

/** Reads which server runs on the cluster; a process that only inherited its number does not count, and is forgotten. */
function findPostmaster(cluster: string): { pid: number; port: number | null } | null {
	const pidFile = path.join(cluster, 'postmaster.pid');
	let lines: string[];
	try {
		lines = fs.readFileSync(pidFile, 'utf8').split('\n');
	} catch {
		return null;
	}
	const pid = Number(lines[0]);
	if (!pid || !isAlive(pid)) return null;
	if (!worksIn(pid, cluster)) {
		// PostgreSQL would refuse to start as long as any process has this number.
		fs.rmSync(pidFile, { force: true });
		return null;
	}
	return { pid, port: Number(lines[3]) || null };
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** PostgreSQL works in its data folder; where the machine cannot tell (no /proc), the number is believed. */
function worksIn(pid: number, cluster: string): boolean {
	if (!fs.existsSync('/proc/self/cwd')) return true;
	try {
		return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(cluster);
	} catch {
		return false;
	}
}

async function startServer(
	place: Place,
	options: { disposable: boolean; port?: number }
): Promise<{ pid: number; port: number } | null> {
	const port = options.port ?? (await freePort());
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		shared_buffers: '128MB',
		max_connections: '100',
		timezone: 'UTC',
		log_timezone: 'UTC',
		...(options.disposable ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {})
	};
	const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const logFile = fs.openSync(place.logFile, 'a', 0o600);
	const child = spawn(path.join(place.binaries, 'bin/postgres'), ['-D', place.cluster, ...words], {
		...identity(place.account),
		cwd: '/',
		env: postgresEnvironment(),
		stdio: ['ignore', logFile, logFile],
		// Ctrl-C at a terminal goes to the whole group: the product must stop first, and the database last.
		detached: true
	});
	fs.closeSync(logFile);
	child.on('error', () => {});
	child.unref();
	return child.pid ? { pid: child.pid, port } : null;
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = net.createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as net.AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}

async function openGuard(port: number, password: string): Promise<pg.Client | Error> {
	const client = new pg.Client({
		host: '127.0.0.1',
		port,
		user: 'postgres',
		password,
		database: 'postgres',
		application_name: 'ensemblier-guard',
		connectionTimeoutMillis: 2000,
		keepAlive: true
	});
	client.on('error', () => {});
	try {
		await client.connect();
		return client;
	} catch (error) {
		await client.end().catch(() => {});
		return error as Error;
	}
}

/** Takes the lock that only one living product can have: it ends with the connection, so a killed product leaves none behind. */
async function takeGuard(guard: pg.Client, home: string): Promise<void> {
	// The server needs a moment to see that a killed product has gone.
	for (let attempt = 0; attempt < 20; attempt++) {
		const { rows } = await guard.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [guardKey]);
		if (rows[0]?.held) return;
		await sleep(100);
	}
	await guard.end().catch(() => {});
	throw new CannotStart(m.platform_database_in_use({ folder: home }));
}

async function createDatabase(guard: pg.Client, passwords: Passwords, disposable: boolean): Promise<void> {
	const role = await guard.query("select from pg_roles where rolname = 'ensemblier'");
	const rights = disposable ? 'createdb' : 'nocreatedb';
	await guard.query(
		`${role.rowCount ? 'alter' : 'create'} role ensemblier login nosuperuser ${rights} password ${guard.escapeLiteral(passwords.ensemblier)}`
	);
	const database = await guard.query("select from pg_database where datname = 'ensemblier'");
	if (!database.rowCount) await guard.query('create database ensemblier owner ensemblier');
}

/** Lets the product finish: its connections close one by one when it stops, and none is cut as long as there is patience. */
async function waitForLastConnection(guard: pg.Client): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (Date.now() < deadline) {
		const open = await guard.query("select from pg_stat_activity where usename = 'ensemblier' limit 1").catch(() => null);
		if (!open?.rowCount) return;
		await sleep(25);
	}
}

async function stopServer(cluster: string): Promise<void> {
	const running = findPostmaster(cluster);
	if (!running) return;
	process.kill(running.pid, 'SIGINT');
	const deadline = Date.now() + patience;
	while (findPostmaster(cluster)?.pid === running.pid && Date.now() < deadline) await sleep(25);
}
