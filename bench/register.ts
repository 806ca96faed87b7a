import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import { writeBelgium } from './belgium.ts';
import { writeNational } from './national.ts';

/*
 * npm run bench -- register --belgium [--rows 2000000]: the tables of the Banque-Carrefour with as many enterprises, and with a
 * quarter of them: what a row of the tables costs should not grow.
 *
 * npm run bench -- register [--rows 2000000] [--write]: a generated register is imported by the product's own command, against COPY
 * of the same stored columns into a table of the same shape followed by the same index builds, in the same run; then once more,
 * when nothing changed.
 */

type Reading = { seconds: number; cpu: number; peak: number };

/** One reading by the product's own command: its time from start to exit, and what its process took. */
async function reading(file: string, environment: Record<string, string>): Promise<Reading> {
	const began = performance.now();
	const child = spawn(process.execPath, ['--max-old-space-size=256', 'scripts/import.ts', file], {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...environment }
	});
	const taken = { peak: 0, cpu: 0 };
	const watch = setInterval(() => {
		const of = (name: string) => fs.readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
		taken.peak = Math.max(taken.peak, Number(/VmHWM:\s+(\d+)/.exec(of('status'))?.[1] ?? 0) / 1024);
		const [user, system] = of('stat').split(') ')[1]!.split(' ').slice(11, 13);
		taken.cpu = Math.max(taken.cpu, (Number(user) + Number(system)) / 100);
	}, 200);
	const code = await new Promise((resolve) => child.once('exit', resolve));
	clearInterval(watch);
	if (code !== 0) throw new Error(`the import ended with ${String(code)}`);
	return { seconds: (performance.now() - began) / 1000, ...taken };
}

/** The floor: what the import stored, copied into a bare table of the same columns, then the same indexes. */
async function floorOf(client: pg.Client, dump: string): Promise<{ copied: number; indexed: number }> {
	// Nothing goes on behind the measure.
	await client.query('alter table official_bodies set (autovacuum_enabled = false)');
	await pipeline(client.query(copyTo('copy official_bodies to stdout')), fs.createWriteStream(dump));
	await client.query(
		'create table floor (like official_bodies including defaults including generated) with (autovacuum_enabled = false)'
	);
	const { rows: indexes } = await client.query<{ definition: string }>(
		`select indexdef as definition from pg_indexes where tablename = 'official_bodies' and schemaname = 'public'`
	);
	const began = performance.now();
	await pipeline(fs.createReadStream(dump), client.query(copyFrom('copy floor from stdin')));
	const copied = performance.now();
	for (const [i, { definition }] of indexes.entries())
		await client.query(definition.replace(/INDEX \S+ ON \S+/, `INDEX floor_${i} ON floor`));
	return { copied: (copied - began) / 1000, indexed: (performance.now() - copied) / 1000 };
}

/** The tables of the Banque-Carrefour, read by the product's own command: a quarter of them, then all. */
async function benchBelgium(rows: number): Promise<void> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-register-bench-'));
	fs.chmodSync(folder, 0o755);
	const postgres = await embeddedPostgres({ home: path.join(folder, 'data'), disposable: true });
	const client = new pg.Client({ connectionString: postgres.url });
	try {
		await migrate(postgres.url, { folder: 'migrations' });
		await client.connect();
		const environment = { DATABASE_URL: postgres.url, ENSEMBLIER_DATA: path.join(folder, 'files') };
		for (const enterprises of [Math.ceil(rows / 4), rows]) {
			await client.query('truncate official_bodies, official_establishments, official_imports cascade');
			const file = path.join(folder, `KboOpenData_${enterprises}_Full.zip`);
			await writeBelgium(file, { rows: enterprises });
			const { seconds, cpu, peak } = await reading(file, environment);
			const found = await client.query<{ lines: number; added: number }>(
				'select rows_read::int as lines, rows_added::int as added from official_imports'
			);
			const { lines, added } = found.rows[0]!;
			const n = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });
			console.log(
				`${n(enterprises)} enterprises: ${n(lines)} rows of tables, ${n(added)} bodies; ${n(seconds)} s, CPU of the process ${n(cpu)} s, ${n((1e6 * cpu) / lines)} µs a row, peak ${n(peak)} MB`
			);
			fs.rmSync(file);
		}
	} finally {
		await client.end();
		await postgres.stop();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

export async function benchRegister(): Promise<void> {
	const at = process.argv.indexOf('--rows');
	const rows = at > 0 ? Number(process.argv[at + 1]) : 2_000_000;
	if (process.argv.includes('--belgium')) return benchBelgium(rows);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-register-bench-'));
	fs.chmodSync(folder, 0o755);
	const postgres = await embeddedPostgres({ home: path.join(folder, 'data'), disposable: true });
	try {
		await migrate(postgres.url, { folder: 'migrations' });
		const file = path.join(folder, 'rna_waldec.csv');
		const bytes = await writeNational(file, 'waldec', { rows });
		const environment = { DATABASE_URL: postgres.url, ENSEMBLIER_DATA: path.join(folder, 'files') };
		const before = os.loadavg()[0]!;
		const ours = await reading(file, environment);
		const client = new pg.Client({ connectionString: postgres.url });
		await client.connect();
		const { rows: stored } = await client.query<{ n: number }>('select count(*)::int as n from official_bodies');
		if (stored[0]!.n !== rows) throw new Error(`${stored[0]!.n} records of ${rows}`);
		const { copied, indexed } = await floorOf(client, path.join(folder, 'stored.copy'));
		const after = os.loadavg()[0]!;
		await client.query('drop table floor');
		await client.end();
		const again = await reading(file, environment);
		const floor = copied + indexed;
		const n = (value: number, digits = 1) => value.toLocaleString('en', { maximumFractionDigits: digits });
		const row = (what: string, seconds: number, more: Reading | null, ratio: string) =>
			`| ${what} | ${n(seconds)} s | ${n(rows / seconds, 0)} | ${more ? `${n(more.cpu)} s` : '–'} | ${more ? `${n(more.peak, 0)} MB` : '–'} | ${ratio} |`;
		const report = `## Importing a register of ${n(rows)} records (RNA \`waldec\`, ${n(bytes / 1e6, 0)} MB)

| | time | records a second | CPU of the importing process | its peak of memory | ratio |
|---|---:|---:|---:|---:|---:|
${row('floor: `COPY` of the same stored columns, then the same indexes', floor, null, '1')}
${row('the import, from start to exit', ours.seconds, ours, (floor / ours.seconds).toFixed(2))}
${row('the same file once more: nothing changes', again.seconds, again, (floor / again.seconds).toFixed(2))}

The floor copied in ${n(copied)} s and built its indexes in ${n(indexed)} s. Load average ${n(before)} before the import, ${n(after)} after the floor.
`;
		console.log(report);
		if (process.argv.includes('--write')) {
			const today = new Date().toISOString().slice(0, 10);
			fs.writeFileSync(
				path.join(import.meta.dirname, 'results', `register-${today}.md`),
				`# Measured on ${today}\n\n${os.cpus().length} × ${os.cpus()[0]!.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GB, shared with other work; the embedded PostgreSQL, which shares the processors.\n\n${report}`
			);
		}
	} finally {
		await postgres.stop();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}
