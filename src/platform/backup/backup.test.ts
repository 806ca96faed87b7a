import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { m } from '#words';
import { verifyChains } from '#modules/journal/queries.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { testDatabase } from '../../../tests/database.ts';
import { testWorld } from '../../../tests/world.ts';
import { allow } from '../context.server.ts';
import { connect } from '../database/connection.server.ts';
import { chooseAccount, giveTo, identity } from '../database/postgres-binaries.server.ts';
import { keepFile } from '../files.server.ts';
import { newId } from '../ids.ts';
import { makeBackup, type Backup } from './backup.server.ts';
import { findDamagedFiles } from './damage.server.ts';
import { checkBackup, restoreBackup } from './restore.server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-backup-'));
fs.chmodSync(folder, 0o755);
const dataFolder = path.join(folder, 'data');
// Where files are kept: read once, by the first who asks.
process.env.ENSEMBLIER_DATA = dataFolder;
const { db, url, world, keep } = await testWorld();
const migrations = path.resolve(import.meta.dirname, '../../../migrations');
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const back = (name: string, from = { url, dataFolder }): Promise<Backup> =>
	makeBackup({ ...from, file: path.join(folder, name), version: '0.1.0', now: new Date('2026-11-16T09:00:00Z') });
const restore = async (file: string, to: { url: string; dataFolder: string }) =>
	restoreBackup({ ...to, file, manifest: (await checkBackup(file)).manifest, migrations });

const write = (text: string) =>
	keep('nadia')(async (context) => {
		const paper = Buffer.from(`%PDF-1.7\n${text}\n%%EOF`);
		await keepFile(allow(context, true), context.now, paper, { mediaType: 'application/pdf' });
		await writeLine(context, world.cooperation.id, {
			id: newId(),
			kind: 'information',
			text,
			audience: null,
			actingFor: null,
			...noDetails
		});
	});

/** Every table by its rows, every constraint and trigger by its definition: what must be equal on both sides. */
async function pictureOf(address: string): Promise<Record<string, string>> {
	const client = new pg.Client({ connectionString: address });
	await client.connect();
	try {
		await client.query("set timezone = 'UTC'");
		const { rows: tables } = await client.query<{ name: string }>(
			"select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
		);
		const picture: Record<string, string> = {};
		for (const { name } of tables) {
			const { rows } = await client.query<{ sum: string }>(
				`select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text collate "C")), '') as sum from "${name}" t`
			);
			picture[name] = rows[0]!.sum;
		}
		const { rows: guards } = await client.query<{ name: string; definition: string }>(`
			select conrelid::regclass || ' ' || conname as name, pg_get_constraintdef(oid) || convalidated::text as definition
				from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
			union all select tgrelid::regclass || ' ' || tgname, pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where not tgisinternal
			union all select 'sequence ' || sequencename, last_value::text from pg_sequences where schemaname = 'public'`);
		for (const { name, definition } of guards) picture[name] = definition;
		return picture;
	} finally {
		await client.end();
	}
}

async function expectWhole(address: string, data: string): Promise<void> {
	const restored = connect(address, { connections: 1 });
	try {
		const broken = [];
		for await (const verdict of verifyChains(restored)) if (verdict.state === 'broken') broken.push(verdict);
		for await (const damage of findDamagedFiles(restored, data)) broken.push(damage);
		expect(broken).toEqual([]);
	} finally {
		await restored.destroy();
	}
}

let first: Backup;
let before: Record<string, string>;
beforeAll(async () => {
	await write('La salle est libre.\nUne ligne\\n, une tabulation\t, un emoji 🎭 et « l’été ».');
	await db
		.insertInto('signInAttempts')
		.values({ key: Buffer.from([0, 10, 13, 92]), at: new Date() })
		.execute();
	before = await pictureOf(url);
	first = await back('first.tar.gz');
});

test('at rest, every table, guard, sequence and file is equal in the instance that is rebuilt', { timeout: 90_000 }, async () => {
	const target = await testDatabase();
	const to = { url: target.url, dataFolder: path.join(folder, 'first') };
	await target.db.destroy();
	await restore(first.file, to);
	expect(await pictureOf(to.url)).toEqual(before);
	const files = fs.readdirSync(path.join(to.dataFolder, 'files'), { recursive: true });
	expect(files.toSorted()).toEqual(fs.readdirSync(path.join(dataFolder, 'files'), { recursive: true }).toSorted());
	await expectWhole(to.url, to.dataFolder);
	const client = new pg.Client({ connectionString: to.url });
	await client.connect();
	await expect(client.query("update entries set verb = 'x'")).rejects.toThrow('append-only');
	await client.end();
});

test('the instance remembers when its last backup was made, how large and with which sum', async () => {
	const { size, sha256 } = first;
	expect(await db.selectFrom('backups').select(['size', 'sha256']).execute()).toEqual([{ size, sha256 }]);
	expect(size).toBe(fs.statSync(first.file).size);
	expect((await checkBackup(first.file)).sha256).toBe(sha256);
	expect(fs.statSync(first.file).mode & 0o077).toBe(0);
});

test(
	'under load, everything acknowledged before the backup began is there, and nothing is torn',
	{ timeout: 90_000 },
	async () => {
		const acknowledged: string[] = [];
		const evening = new AbortController();
		const writers = [0, 1, 2].map(async (writer) => {
			for (let i = 0; !evening.signal.aborted; i++) {
				const text = `écrit par ${writer}, ${i}`;
				await write(text);
				acknowledged.push(text);
			}
		});
		while (acknowledged.length < 20) await sleep(10);
		const promised = [...acknowledged];
		const made = await back('busy.tar.gz');
		const during = acknowledged.length - promised.length;
		evening.abort();
		await Promise.all(writers);
		const target = await testDatabase();
		await target.db.destroy();
		const to = { url: target.url, dataFolder: path.join(folder, 'busy') };
		await restore(made.file, to);
		await expectWhole(to.url, to.dataFolder);
		const restored = connect(to.url, { connections: 1 });
		const kept = new Set((await restored.selectFrom('lines').select('text').execute()).map(({ text }) => text));
		await restored.destroy();
		expect(promised.filter((text) => !kept.has(text))).toEqual([]);
		expect(during, 'people went on working').toBeGreaterThan(0);
	}
);

test('an instance where somebody wrote is refused, and left as it was', async () => {
	const now = await pictureOf(url);
	await db.destroy();
	await expect(restore(first.file, { url, dataFolder: path.join(folder, 'other') })).rejects.toThrow(/n’est pas vide/);
	expect(await pictureOf(url)).toEqual(now);
});

test('a product that is open on the database is asked to stop first', async () => {
	const target = await testDatabase();
	await target.db.selectFrom('persons').select('id').execute();
	await expect(restore(first.file, { url: target.url, dataFolder: path.join(folder, 'open') })).rejects.toThrow(
		m.upkeep_restore_open()
	);
});

test('files without a database are no empty instance', async () => {
	const target = await testDatabase();
	await target.db.destroy();
	await expect(restore(first.file, { url: target.url, dataFolder })).rejects.toThrow(/n’est pas vide/);
});

/** The archive with its tar changed: the same length, so that only sums can tell. */
function forge(name: string, change: (tar: Buffer) => Buffer): string {
	const forged = path.join(folder, name);
	fs.writeFileSync(forged, gzipSync(change(gunzipSync(fs.readFileSync(first.file)))));
	return forged;
}
const replacing = (from: string, to: string) => (archive: Buffer) => {
	const at = archive.indexOf(from);
	expect(at).toBeGreaterThan(0);
	return Buffer.concat([archive.subarray(0, at), Buffer.from(to), archive.subarray(at + Buffer.byteLength(from))]);
};

test('a backup that was cut anywhere is refused in words', async () => {
	const whole = fs.readFileSync(first.file);
	for (const length of [0, 10, Math.floor(whole.length / 2), whole.length - 1]) {
		const cut = path.join(folder, 'cut.tar.gz');
		fs.writeFileSync(cut, whole.subarray(0, length));
		await expect(checkBackup(cut), `${length}`).rejects.toThrow(m.upkeep_damaged({ reason: m.upkeep_damaged_cut() }));
	}
	await expect(checkBackup(forge('no-end.tar.gz', (archive) => archive.subarray(0, 20_480)))).rejects.toThrow(/pas utilisable/);
	await expect(checkBackup(import.meta.filename)).rejects.toThrow(m.upkeep_damaged({ reason: m.upkeep_damaged_cut() }));
});

test.each<[string, (archive: Buffer) => Buffer, string]>([
	['a row', replacing('La salle est libre.', 'La salle est prise.'), m.upkeep_damaged_table({ name: 'lines' })],
	['a file', replacing('%PDF-1.7\nLa salle', '%PDF-1.7\nla salle'), 'files/'],
	['a table under another name', replacing('tables/lines/', 'tables/liens/'), 'pas utilisable'],
	['a way out of the folder', replacing('tables/lines/0001', '../../lines/0001x'), 'pas utilisable'],
	['the list of contents', replacing('"format": 1', '"format": 0'), m.upkeep_format_unknown()],
	['a migration', replacing('"migrations": [', '"migrations": {'), m.upkeep_damaged_manifest()]
])('a backup in which %s was changed is refused in words', async (what, change, sentence) => {
	await expect(checkBackup(forge('forged.tar.gz', change)), what).rejects.toThrow(sentence);
});

test('a backup from a newer version says so', async () => {
	const target = await testDatabase();
	await target.db.destroy();
	const { manifest } = await checkBackup(first.file);
	const newer = {
		...manifest,
		migrations: [...manifest.migrations, { name: '2031-01-01-0000-later.sql', sha256: 'a'.repeat(64) }]
	};
	const to = { url: target.url, dataFolder: path.join(folder, 'newer'), file: first.file, migrations };
	await expect(restoreBackup({ ...to, manifest: newer })).rejects.toThrow('2031-01-01-0000-later.sql');
});

test('a backup from an older version is restored, then brought up to date', async () => {
	const older = path.join(folder, 'older-migrations');
	fs.cpSync(migrations, older, { recursive: true });
	fs.writeFileSync(path.join(older, '2031-01-01-0000-later.sql'), 'alter table persons add column nickname text');
	const target = await testDatabase();
	await target.db.destroy();
	const to = { url: target.url, dataFolder: path.join(folder, 'later') };
	const { manifest } = await checkBackup(first.file);
	await restoreBackup({ ...to, file: first.file, manifest, migrations: older });
	const client = new pg.Client({ connectionString: to.url });
	await client.connect();
	const { rows } = await client.query('select count(nickname)::int as named, count(*)::int as persons from persons');
	await client.end();
	expect(rows).toEqual([{ named: 0, persons: 8 }]);
});

const bin15 = '/usr/lib/postgresql/15/bin';
test.runIf(fs.existsSync(`${bin15}/initdb`))('it is rebuilt on another version of PostgreSQL', { timeout: 60_000 }, async () => {
	const home = path.join(folder, 'fifteen');
	fs.mkdirSync(home);
	const account = chooseAccount(path.join(home, 'cluster'));
	giveTo(account, home);
	const port = await freePort();
	const as = { ...identity(account), cwd: '/', stdio: 'ignore' as const };
	const run = (command: string, words: string[]) =>
		new Promise<void>((resolve, reject) =>
			spawn(`${bin15}/${command}`, words, as).once('exit', (code) =>
				code ? reject(new Error(`${command}: ${code}`)) : resolve()
			)
		);
	const cluster = path.join(home, 'cluster');
	await run('initdb', ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
	const words = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c fsync=off`;
	await run('pg_ctl', ['-D', cluster, '-w', '-l', path.join(home, 'log'), '-o', words, 'start']);
	try {
		const admin = new pg.Client({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` });
		await admin.connect();
		await admin.query('create role ensemblier login');
		await admin.query('create database ensemblier owner ensemblier');
		await admin.end();
		const to = { url: `postgres://ensemblier@127.0.0.1:${port}/ensemblier`, dataFolder: path.join(folder, 'fifteen-data') };
		await restore(first.file, to);
		expect(await pictureOf(to.url)).toEqual(before);
		await expectWhole(to.url, to.dataFolder);
	} finally {
		await run('pg_ctl', ['-D', cluster, '-m', 'fast', '-w', 'stop']);
	}
});

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const probe = net.createServer();
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as net.AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}
