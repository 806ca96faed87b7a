import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#platform/database/connection.server.ts';
import { runningEmbeddedAddress } from '#platform/database/embedded.server.ts';
import { choosePlace } from '#platform/database/postgres-binaries.server.ts';
import { newId } from '#platform/ids.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import { m } from '#words';
import { plantWorld } from '../seeds/world.ts';
import { launch, type Product } from './product.ts';

const root = path.resolve(import.meta.dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-kill-'));
fs.chmodSync(folder, 0o755);
const home = path.join(folder, 'data');
const settings = (data = home) => ({ ENSEMBLIER_DATA: data, DATABASE_URL: '' });
const pidFile = () => path.join(choosePlace(home), 'cluster/postmaster.pid');

let product: Omit<Product, 'databaseUrl'>;
let workspace: string;
const session = newToken();
const acknowledged = new Set<string>();
const database = () => connect(runningEmbeddedAddress(home)!, { connections: 1 });

/** A command of the operator, as npm runs it; gives what it said and its exit code. */
async function command(name: string, words: string[] = [], data = home): Promise<{ said: string; code: number | null }> {
	const env = { ...process.env, ...settings(data) };
	const child = spawn(process.execPath, [`scripts/${name}.ts`, ...words], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { said, code };
}

beforeAll(async () => {
	product = await launch(settings());
	const db = database();
	const now = new Date();
	const world = await plantWorld(db, now);
	const lasts = new Date(now.getTime() + 3_600_000);
	const nadia = { personId: world.actors.nadia.id, createdAt: now, expiresAt: lasts };
	await db
		.insertInto('sessions')
		.values({ tokenHash: hashToken(session), ...nadia })
		.execute();
	await db.destroy();
	workspace = world.cooperation.path;
});
afterAll(async () => {
	await product.stop();
	fs.rmSync(folder, { recursive: true, force: true });
});

/** Writes lines through the form of the page until the product is gone; what was answered with « see other » was promised. */
async function write(writer: number): Promise<void> {
	for (let i = 0; ; i++) {
		const text = `ligne ${i} de ${writer}, ${newId()}`;
		try {
			const { status } = await fetch(`${product.address}${workspace}?/writeLine`, {
				method: 'POST',
				redirect: 'manual',
				headers: { cookie: `session=${session}`, origin: product.address, accept: 'text/html' },
				body: new URLSearchParams({ id: newId(), kind: 'information', text })
			});
			if (status !== 303) throw new Error(`answered ${status}`);
			acknowledged.add(text);
		} catch (problem) {
			// A connection that breaks is the kill; an answer that is no promise would be a mistake of this test.
			if (/^answered (?!5)/.test((problem as Error).message)) throw problem;
			return;
		}
	}
}

/** Several people write at once; hands over once the first of their lines are acknowledged, and tells when all have stopped. */
async function setToWork(writers: number): Promise<{ stopped: Promise<unknown> }> {
	const goal = acknowledged.size + 3;
	const evening = new AbortController();
	const stopped = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer))).finally(() => evening.abort());
	stopped.catch(() => {});
	while (!evening.signal.aborted && acknowledged.size < goal) await sleep(5);
	if (evening.signal.aborted) await stopped;
	expect(acknowledged.size).toBeGreaterThanOrEqual(goal);
	return { stopped };
}

async function lost(): Promise<string[]> {
	const db = database();
	const kept = new Set((await db.selectFrom('lines').select('text').execute()).map(({ text }) => text));
	await db.destroy();
	return [...acknowledged].filter((text) => !kept.has(text));
}

test.each(['the product', 'the product and its database', 'the product', 'the database, then the product'])(
	'kill -9 of %s at some moment: the next start needs no hand, and nothing acknowledged is missing',
	async (what) => {
		const { stopped } = await setToWork(3);
		await sleep(Math.random() * 800);
		const postmaster = Number(fs.readFileSync(pidFile(), 'utf8').split('\n')[0]);
		if (what === 'the database, then the product') {
			process.kill(postmaster, 'SIGKILL');
			await sleep(Math.random() * 300);
		}
		const gone = product.kill();
		if (what === 'the product and its database') process.kill(postmaster, 'SIGKILL');
		await gone;
		await stopped;

		product = await launch(settings());
		expect(await lost()).toEqual([]);
		expect(await command('verify')).toMatchObject({ code: 0 });
		expect((await fetch(`${product.address}${workspace}`, { headers: { cookie: `session=${session}` } })).status).toBe(200);
	},
	240_000
);

test('a backup of the living product makes another instance, with everything acknowledged; a full one refuses it', async () => {
	const { stopped } = await setToWork(2);
	const promised = [...acknowledged];
	const file = path.join(folder, 'sauvegarde.tar.gz');
	const made = await command('backup', [file]);
	expect(made, made.said).toMatchObject({ code: 0 });
	const elsewhere = path.join(folder, 'elsewhere');
	const restored = await command('restore', [file], elsewhere);
	expect(restored, restored.said).toMatchObject({ code: 0 });
	const refused = await command('restore', [file], elsewhere);
	expect(refused.code).toBe(1);
	expect(refused.said).toContain('n’est pas vide');
	expect(refused.said).not.toContain('    at ');
	const verified = await command('verify', [], elsewhere);
	expect(verified, verified.said).toMatchObject({ code: 0 });

	await product.stop();
	await stopped;
	product = await launch(settings(elsewhere));
	expect((await fetch(`${product.address}${workspace}`, { headers: { cookie: `session=${session}` } })).status).toBe(200);
	const db = connect(runningEmbeddedAddress(elsewhere)!, { connections: 1 });
	const kept = new Set((await db.selectFrom('lines').select('text').execute()).map(({ text }) => text));
	await db.destroy();
	expect(promised.filter((text) => !kept.has(text))).toEqual([]);
});

test('a stopped instance is saved and verified too; a forged journal is named, and a missing file', async () => {
	expect(await command('backup')).toMatchObject({ code: 0 });
	const open = await launch(settings());
	const db = database();
	const { chain, n } = await db.selectFrom('payloads').select(['chain', 'n']).orderBy('chain').limit(1).executeTakeFirstOrThrow();
	await db.updateTable('payloads').set({ content: '{}' }).where('chain', '=', chain).where('n', '=', n).execute();
	const sha256 = 'a'.repeat(64);
	await db.insertInto('files').values({ sha256, size: 1, mediaType: 'application/pdf', keptAt: new Date() }).execute();
	await db.destroy();
	await open.stop();
	const { said, code } = await command('verify');
	expect(code).toBe(1);
	expect(said).toContain(`${chain} est rompue au maillon ${n}`);
	expect(said).toContain(m.upkeep_file_missing({ sha256 }));
});
