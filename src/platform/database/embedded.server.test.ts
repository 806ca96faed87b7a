import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { m } from '#words';
import { CannotStart } from '../cannot-start.ts';
import { embeddedPostgres, runningEmbeddedAddress, type EmbeddedPostgres } from './embedded.server.ts';

let home: string;
let started: EmbeddedPostgres[];

beforeEach(async () => {
	home = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-embedded-'));
	await fs.chmod(home, 0o755);
	started = [];
});

afterEach(async () => {
	for (const postgres of started) await postgres.stop();
	await fs.rm(home, { recursive: true, force: true });
});

async function start(options: { log?: (sentence: string) => void } = {}): Promise<EmbeddedPostgres> {
	const postgres = await embeddedPostgres({ home, ...options });
	started.push(postgres);
	return postgres;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown> | undefined> {
	const client = new pg.Client({ connectionString: url });
	client.on('error', () => {});
	await client.connect();
	const { rows } = await client.query(sql).finally(() => client.end());
	return rows[0];
}

/** Starts a product that writes; kills it with SIGKILL after it has acknowledged so many rows, and tells the last one. */
async function writeThenKill(rows: number, killDatabase: boolean): Promise<number> {
	const root = path.resolve(import.meta.dirname, '../../..');
	const product = spawn(process.execPath, [path.join(root, 'tests/writing-product.ts'), home], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'inherit']
	});
	let said = '';
	let last = 0;
	let kill = () => {
		const database = Number(/postgres (\d+)/.exec(said)?.[1]);
		if (killDatabase) process.kill(database, 'SIGKILL');
		product.kill('SIGKILL');
		kill = () => {};
	};
	product.stdout.on('data', (chunk: Buffer) => {
		said += chunk;
		const complete = said.split('\n').slice(1, -1);
		last = Number(complete.at(-1) ?? 0);
		if (complete.length >= rows) kill();
	});
	await new Promise((resolve) => product.once('close', resolve));
	return last;
}

test('it starts on an empty folder and hands out a role without superuser rights', async () => {
	const postgres = await start();
	expect(postgres.adopted).toBe(false);
	expect(
		await ask(postgres.url, 'select current_user as who, rolsuper, rolcreatedb from pg_roles where rolname = current_user')
	).toEqual({
		who: 'ensemblier',
		rolsuper: false,
		rolcreatedb: false
	});
	expect(
		await ask(
			postgres.url,
			"select datlocprovider, datlocale, current_setting('data_checksums') as sums from pg_database where datname = current_database()"
		)
	).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8', sums: 'on' });
	expect(runningEmbeddedAddress(home)).toBe(postgres.url);
});

test('it stops, and what was written is there at the next start', async () => {
	const first = await start();
	await ask(first.url, "create table kept as select 'here' as word");
	await first.stop();
	expect(runningEmbeddedAddress(home)).toBe(null);
	const second = await start();
	expect(second.adopted).toBe(false);
	expect(await ask(second.url, 'select word from kept')).toEqual({ word: 'here' });
});

test('a second product on the same folder is refused, and the first is left alone', async () => {
	const first = await start();
	await expect(start()).rejects.toThrow(new CannotStart(m.platform_database_in_use({ folder: home })));
	expect(runningEmbeddedAddress(home)).toBe(first.url);
	expect(await ask(first.url, 'select 1 as one')).toEqual({ one: 1 });
});

test('two products that start at once: one holds the folder, the other is refused', async () => {
	const outcomes = await Promise.allSettled([start(), start()]);
	expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('the number of a dead server that another process has taken is no obstacle', async () => {
	const first = await start();
	await first.stop();
	const file = path.join(first.place, 'cluster/postmaster.pid');
	await fs.writeFile(file, `${process.pid}\n${path.dirname(file)}\n0\n5432\n\n127.0.0.1\n\nready\n`);
	await expect(start()).resolves.toMatchObject({ adopted: false });
});

test('a database that is killed under a living product comes back at the same address', async () => {
	const restarted = Promise.withResolvers<string>();
	const postgres = await start({ log: restarted.resolve });
	await ask(postgres.url, "create table kept as select 'here' as word");
	process.kill(postgres.pid, 'SIGKILL');
	expect(await restarted.promise).toBe(m.platform_database_restarted());
	expect(await ask(postgres.url, 'select word from kept')).toEqual({ word: 'here' });
	await expect(start()).rejects.toThrow(CannotStart);
});

test('after kill -9 of the product its server is adopted, and nothing acknowledged is missing', async () => {
	for (let round = 0; round < 3; round++) {
		const last = await writeThenKill(1 + Math.floor(Math.random() * 300), false);
		const postgres = await start();
		expect(postgres.adopted).toBe(true);
		const kept = await ask(postgres.url, 'select count(*)::int as rows, max(number)::int as last from said');
		expect(kept?.rows).toBe(kept?.last);
		expect(kept?.last).toBeGreaterThanOrEqual(last);
		await postgres.stop();
	}
});

test('after kill -9 of the product and of its database, the next start needs no hand and nothing acknowledged is missing', async () => {
	for (let round = 0; round < 3; round++) {
		const last = await writeThenKill(1 + Math.floor(Math.random() * 300), true);
		const postgres = await start();
		const kept = await ask(postgres.url, 'select count(*)::int as rows, max(number)::int as last from said');
		expect(kept?.rows).toBe(kept?.last);
		expect(kept?.last).toBeGreaterThanOrEqual(last);
		await postgres.stop();
	}
});

test.runIf(process.getuid?.() === 0)(
	'as root on a folder that nobody else may enter, the database lives under /var/lib',
	async () => {
		await fs.chmod(home, 0o700);
		const first = await start();
		expect(first.place).toMatch(/^\/var\/lib\/ensemblier\/[0-9a-f]{16}$/);
		try {
			await ask(first.url, "create table kept as select 'here' as word");
			await first.stop();
			const second = await start();
			expect(second.place).toBe(first.place);
			expect(await ask(second.url, 'select word from kept')).toEqual({ word: 'here' });
			await second.stop();
		} finally {
			await fs.rm(first.place, { recursive: true, force: true });
		}
	}
);

test.runIf(process.getuid?.() === 0)('a cluster that belongs to another account is refused to an ordinary one', async () => {
	const first = await start();
	await first.stop();
	const script = `
		import { embeddedPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'embedded.server.ts'))};
		process.setgid(65534);
		process.setuid(65534);
		embeddedPostgres({ home: ${JSON.stringify(home)} }).catch((error) => console.log(error.name, error.message));`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
	let said = '';
	child.stdout.on('data', (chunk: Buffer) => (said += chunk));
	await new Promise((resolve) => child.once('close', resolve));
	expect(said.trim()).toBe(`CannotStart ${m.platform_database_not_ours({ folder: path.join(first.place, 'cluster') })}`);
});
