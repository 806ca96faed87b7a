import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import pg from 'pg';
import { buildIfNeeded, compileWordsIfNeeded } from '../scripts/build.ts';
import type { Seeded } from './seed.ts';

/*
 * npm run bench: what each page costs on a large instance, against floors measured in the same run: the server's own static file,
 * and the bare database. `npm run bench -- finding` measures search among official records alone, `-- matching` suggestions, `-- register` the import of an official register. Prints a table and writes it to bench/results/.
 */
process.chdir(path.resolve(import.meta.dirname, '..'));
compileWordsIfNeeded();
// a part of it alone: npm run bench -- finding
if (process.argv[2] === 'finding') {
	await (await import('./finding.ts')).benchFinding();
	process.exit();
}
if (process.argv[2] === 'register') {
	await (await import('./register.ts')).benchRegister();
	process.exit();
}
if (process.argv[2] === 'matching') {
	await (await import('./matching.ts')).benchMatching();
	process.exit();
}
buildIfNeeded();
const { m } = await import('#words');
const { connect } = await import('#platform/database/connection.server.ts');
const { runningEmbeddedAddress } = await import('#platform/database/embedded.server.ts');
const { choosePlace } = await import('#platform/database/postgres-binaries.server.ts');
const { verifyChains } = await import('#modules/journal/queries.server.ts');
const { makeBackup } = await import('#platform/backup/backup.server.ts');
const { findAgreement, readDraft } = await import('#modules/agreements/queries.server.ts');
const { writeAgreement } = await import('#modules/agreements/commands.server.ts');
const { printVersion } = await import('#modules/agreements/documents.server.ts');
const { settled } = await import('#modules/agreements/rules/compile.ts');
const { findCooperation } = await import('#modules/cooperations/queries.server.ts');
const { inTransaction } = await import('#platform/context.server.ts');
const { actorFor } = await import('../seeds/world.ts');
const { newId } = await import('#platform/ids.ts');
const { plantMany, sizes } = await import('./seed.ts');

/** What is measured; the first is the floor of the others. */
type Page = { name: string; path: string; session?: string };

const pagesOf = ({ cooperation, large, meeting, poll, pollLink, houseSession }: Seeded): Page[] => [
	{ name: 'static file (floor)', path: '/mark.svg' },
	{ name: 'home', path: '/' },
	{ name: 'workspace', path: cooperation },
	{ name: 'workspace, 1,000 lines', path: large },
	{ name: 'step « définir »', path: `${cooperation}/definir` },
	{ name: 'step « définir », 1,000 lines', path: `${large}/definir` },
	{ name: 'step « planifier », 1,000 lines', path: `${large}/planifier` },
	{ name: 'form « nouvelle coopération »', path: '/cooperations/nouvelle' },
	{ name: 'meetings of a cooperation', path: `${cooperation}/reunions` },
	{ name: 'meeting', path: meeting },
	{ name: 'minutes', path: `${meeting}/compte-rendu` },
	{ name: 'poll, for its organiser', path: poll },
	{ name: 'poll, by an invitee’s link', path: pollLink },
	{ name: 'agreement', path: `${cooperation}/convention` },
	{ name: 'form « sonder »', path: `${cooperation}/reunions/sonder` },
	{ name: 'step « évaluer »', path: `${cooperation}/evaluer` },
	{ name: 'stages', path: `${cooperation}/phases` },
	{ name: 'sessions', path: `${cooperation}/seances` },
	{ name: '« faire le point », the answers', path: `${cooperation}/point/2` },
	{ name: 'portfolio of 500 cooperations', path: '/maison/portefeuille', session: houseSession },
	{ name: 'search, a common word', path: '/chercher?q=atelier' },
	{ name: 'search, a typing mistake', path: '/chercher?q=theatre+jadrin' },
	{ name: 'directory', path: '/structures' },
	{ name: 'directory, a search', path: '/structures?q=theatre+jardin' }
];
const requests = Number(process.env.BENCH_REQUESTS || 300);
const connections = 4;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-bench-'));
fs.chmodSync(folder, 0o755);
const home = path.join(folder, 'data');
const log = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

type Running = { process: ChildProcess; address: string; took: number };

/** The limits of memory under which `npm start` runs the product. */
const limits = (JSON.parse(fs.readFileSync('package.json', 'utf8')) as { scripts: { start: string } }).scripts.start
	.split(' ')
	.filter((flag) => flag.startsWith('--max-'));

async function startProduct(): Promise<Running> {
	const began = performance.now();
	const env = { ...process.env, PORT: '0', DATABASE_URL: '', ENSEMBLIER_DATA: home, SMTP_URL: '' };
	const child = spawn(process.execPath, [...limits, 'scripts/start.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
	const announced = new RegExp(`^${m.platform_started({ address: '(\\S+)' })}$`, 'm');
	let said = '';
	for await (const chunk of child.stdout) {
		said += chunk;
		const address = announced.exec(said)?.[1];
		if (!address) continue;
		const took = performance.now() - began;
		child.stdout.resume();
		return { process: child, address: address.replace('localhost', '127.0.0.1'), took };
	}
	throw new Error(said);
}

async function stopProduct({ process: child }: Running): Promise<void> {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await ended;
}

const tick = 10;

/** Milliseconds of processor that a process and the children that it has buried used, from /proc. */
function cpuOf(pid: number): number {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) * tick;
	} catch {
		return 0;
	}
}

const postmaster = (): number =>
	Number(fs.readFileSync(path.join(choosePlace(home), 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);

function cpuOfPostgres(): number {
	const parent = postmaster();
	const children = fs.readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean);
	return cpuOf(parent) + children.reduce((sum, pid) => sum + cpuOf(Number(pid)), 0);
}

const memoryOf = (pid: number, what: 'VmRSS' | 'VmHWM'): number =>
	Number(new RegExp(`${what}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

function get(url: string, headers: Record<string, string>): Promise<{ status: number; bytes: number }> {
	return new Promise((resolve, reject) => {
		http
			.get(url, { headers }, (response) => {
				let bytes = 0;
				response.on('data', (chunk: Buffer) => (bytes += chunk.length));
				response.once('end', () => resolve({ status: response.statusCode!, bytes }));
			})
			.once('error', reject);
	});
}

/** Counts what one request asks of the database, in the database's own log; its beginning and end are not questions. */
async function countQueries(url: string, headers: Record<string, string>): Promise<number> {
	const logFile = path.join(choosePlace(home), 'postgres.log');
	const counts: number[] = [];
	// Jobs ask things of their own now and then: the smallest of three is the page's.
	for (let i = 0; i < 3; i++) {
		const from = fs.statSync(logFile).size;
		await get(url, headers);
		await sleep(60);
		const said = fs.readFileSync(logFile).subarray(from).toString('utf8');
		const asked = said.match(/LOG: {2}(statement|execute [^:]*): .*/g) ?? [];
		counts.push(asked.filter((one) => !/: (begin|commit|rollback|start transaction|set )|"?jobs"?\./i.test(one)).length);
	}
	return Math.min(...counts);
}

async function logStatements(what: 'all' | 'none'): Promise<void> {
	const address = new URL(runningEmbeddedAddress(home)!);
	address.username = 'postgres';
	address.password = fs.readFileSync(path.join(choosePlace(home), 'postgres.secret'), 'utf8').trim();
	const client = new pg.Client({ connectionString: address.href.replace(/\/[^/]*$/, '/postgres') });
	await client.connect();
	await client.query(`alter system set log_statement = '${what}'`);
	await client.query('select pg_reload_conf()');
	await client.end();
	await sleep(300);
}

type Measured = { name: string; cpuWeb: number; cpuDatabase: number; queries: number; p50: number; p99: number; bytes: number };

async function measurePage(product: Running, page: Page, session: string): Promise<Omit<Measured, 'queries'> | null> {
	const url = product.address + page.path;
	const headers = { cookie: `session=${session}`, accept: 'text/html', 'accept-encoding': 'br' };
	const { status, bytes } = await get(url, headers);
	if (status !== 200) {
		log(`${page.name}: answered ${status}, left out`);
		return null;
	}
	await autocannon({ url, headers, connections, amount: 60 });
	const before = [cpuOf(product.process.pid!), cpuOfPostgres()] as const;
	const { latency, non2xx } = await autocannon({ url, headers, connections, amount: requests });
	if (non2xx) throw new Error(`${page.name}: ${non2xx} refused`);
	return {
		name: page.name,
		cpuWeb: (cpuOf(product.process.pid!) - before[0]) / requests,
		cpuDatabase: (cpuOfPostgres() - before[1]) / requests,
		p50: latency.p50,
		p99: latency.p99,
		bytes
	};
}

/** The bare database: what nobody can go below. */
async function measureDatabase(name: string, sql: string, values: string[]): Promise<Measured> {
	const client = new pg.Client({ connectionString: runningEmbeddedAddress(home)! });
	await client.connect();
	const times: number[] = [];
	const amount = 3000;
	const before = [process.cpuUsage(), cpuOfPostgres()] as const;
	for (let i = 0; i < amount; i++) {
		const began = performance.now();
		await client.query(sql, values);
		times.push(performance.now() - began);
	}
	const used = process.cpuUsage(before[0]);
	const cpuDatabase = (cpuOfPostgres() - before[1]) / amount;
	await client.end();
	times.sort((a, b) => a - b);
	const at = (share: number) => times[Math.floor(amount * share)]!;
	return {
		name,
		cpuWeb: (used.user + used.system) / 1000 / amount,
		cpuDatabase,
		queries: 1,
		p50: at(0.5),
		p99: at(0.99),
		bytes: 0
	};
}

/** Lines written through the form of the page, each of them on the disk before it is acknowledged. */
async function measureWriting(product: Running, { cooperation, session }: Seeded): Promise<number> {
	const wanted = 200;
	const began = performance.now();
	const write = async () => {
		for (let i = 0; i < wanted / connections; i++) {
			const { status } = await fetch(`${product.address}${cooperation}?/writeLine`, {
				method: 'POST',
				redirect: 'manual',
				headers: { cookie: `session=${session}`, origin: product.address, accept: 'text/html' },
				body: new URLSearchParams({ id: newId(), kind: 'information', text: `mesure ${i}` })
			});
			if (status !== 303) throw new Error(`a line was answered ${status}`);
		}
	};
	await Promise.all(Array.from({ length: connections }, write));
	return wanted / ((performance.now() - began) / 1000);
}

/** Agreements made: the lines read and compiled, then the two files of a frozen version. */
async function measureAgreements(url: string, { cooperation: address, person }: Seeded): Promise<number> {
	const db = connect(url, { connections: 1 });
	const wanted = 10;
	try {
		const context = { actor: await actorFor(db, person), now: new Date(), mode: 'write' as const };
		const { id } = await inTransaction(db, context, (reading) => findCooperation(reading, address));
		await inTransaction(db, context, (writing) => writeAgreement(writing, id, { actingFor: null }));
		const make = (n: number) =>
			inTransaction(db, { ...context, mode: 'read' }, async (reading) => {
				const cooperation = await findCooperation(reading, address);
				const { content } = await readDraft(reading, cooperation, (await findAgreement(reading, cooperation))!);
				const edition = { n, frozenAt: context.now, sha256: 'a'.repeat(64) };
				return printVersion(settled(content), edition, { now: context.now, zone: cooperation.zone });
			});
		await make(1);
		const began = performance.now();
		for (let n = 1; n <= wanted; n++) await make(n);
		return wanted / ((performance.now() - began) / 1000);
	} finally {
		await db.destroy();
	}
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
async function timed<T>(what: () => Promise<T>): Promise<{ took: number; value: T }> {
	const began = performance.now();
	const value = await what();
	return { took: performance.now() - began, value };
}

const load = os.loadavg()[0]!;
try {
	log('cold start');
	let product = await startProduct();
	const cold = product.took;
	await stopProduct(product);
	product = await startProduct();
	const warm = product.took;
	await stopProduct(product);
	product = await startProduct();
	log('seed');
	const url = runningEmbeddedAddress(home)!;
	const { value: seeded, took: planted } = await timed(() => plantMany(url));
	log('verify');
	const db = connect(url, { connections: 1 });
	const verified = await timed(async () => {
		const counted = { chains: 0, links: 0 };
		for await (const verdict of verifyChains(db)) {
			if (verdict.state === 'broken') throw new Error(`the seed's chain ${verdict.chain} is broken: ${verdict.why}`);
			counted.chains++;
			counted.links += verdict.entries;
		}
		return counted;
	});
	await db.destroy();
	log('backup');
	const saved = await timed(() =>
		makeBackup({ url, dataFolder: home, file: path.join(folder, 'bench.tar.gz'), version: 'bench', now: new Date() })
	);
	log('agreements');
	const agreements = await measureAgreements(url, seeded);
	await stopProduct(product);
	product = await startProduct();
	const resting = memoryOf(product.process.pid!, 'VmRSS');

	const measured: Measured[] = [];
	for (const page of pagesOf(seeded)) {
		log(page.name);
		const one = await measurePage(product, page, page.session ?? seeded.session);
		if (one) measured.push({ ...one, queries: 0 });
		log(`  ${Math.round(memoryOf(product.process.pid!, 'VmRSS'))} MB`);
	}
	const after = memoryOf(product.process.pid!, 'VmRSS');
	const busy = memoryOf(product.process.pid!, 'VmHWM');
	log('writing');
	const written = await measureWriting(product, seeded);
	log('the bare database');
	const code = seeded.cooperation.split('-').at(-1)!;
	const bare = [
		await measureDatabase('bare SQL: select 1', 'select 1', []),
		await measureDatabase('bare SQL: one row by its key', 'select * from cooperations where code = $1', [code])
	];
	log('queries');
	await logStatements('all');
	for (const one of measured) {
		const page = pagesOf(seeded).find(({ name }) => name === one.name)!;
		const headers = { cookie: `session=${page.session ?? seeded.session}`, accept: 'text/html' };
		one.queries = await countQueries(product.address + page.path, headers);
	}
	await logStatements('none');
	await stopProduct(product);

	const floor = measured[0]!;
	const floorCpu = floor.cpuWeb + floor.cpuDatabase;
	const number = (value: number, digits = 2) => value.toFixed(digits);
	const rows = [...measured, ...bare].map((one) => {
		const cpu = one.cpuWeb + one.cpuDatabase;
		const bytes = one.bytes ? `${number(one.bytes / 1000, 1)} kB` : '–';
		return `| ${one.name} | ${number(one.cpuWeb)} | ${number(one.cpuDatabase)} | ${number(cpu / floorCpu, 1)} | ${one.queries} | ${number(one.p50, 1)} | ${number(one.p99, 1)} | ${bytes} |`;
	});
	const today = new Date().toISOString().slice(0, 10);
	const report = `# Measured on ${today}

${os.cpus().length} × ${os.cpus()[0]!.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()}, Node ${process.versions.node}, the embedded PostgreSQL; load average ${number(load, 1)} before the run (client, server and database share the processors).
Seed: ${sizes.organisations.toLocaleString('en')} organisations, ${sizes.cooperations.toLocaleString('en')} cooperations, ${sizes.lines.toLocaleString('en')} lines, ${sizes.meetings.toLocaleString('en')} meetings; ${requests} requests a page, ${connections} at a time, signed in as a volunteer of twelve cooperations. CPU from \`/proc\`, queries from the database's own log, bytes as sent (brotli).

| page | CPU web, ms | CPU database, ms | CPU against floor | queries | p50, ms | p99, ms | bytes |
|---|---:|---:|---:|---:|---:|---:|---:|
${rows.join('\n')}

| what | measured |
|---|---:|
| start, cold (initdb, migrations) | ${seconds(cold)} |
| start, warm | ${seconds(warm)} |
| memory of the web process at rest / after the pages / at its highest | ${Math.round(resting)} / ${Math.round(after)} / ${Math.round(busy)} MB |
| agreements compiled and typeset, two files each (PDF/UA-1, PDF/A-2a) | ${number(agreements, 1)} a second |
| lines written through the form, each on the disk | ${number(written, 0)} a second |
| \`npm run verify\`'s walk over ${verified.value.chains.toLocaleString('en')} chains, ${verified.value.links.toLocaleString('en')} links | ${seconds(verified.took)} |
| backup (${number(saved.value.size / 1e6, 1)} MB) | ${seconds(saved.took)} |
| seed written by COPY | ${seconds(planted)} |
`;
	fs.mkdirSync('bench/results', { recursive: true });
	fs.writeFileSync(`bench/results/${today}.md`, report);
	console.log(report);
} finally {
	try {
		process.kill(postmaster(), 'SIGINT');
	} catch {
		// Already stopped, as it should be.
	}
	await sleep(500);
	fs.rmSync(folder, { recursive: true, force: true });
}
