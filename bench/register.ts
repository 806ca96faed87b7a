import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import { writeNational } from './national.ts';

/*
 * npm run bench -- register [--rows 2000000]: a generated register is imported by the product's own command, against COPY of the same
 * stored columns into a table of the same shape followed by the same index builds, in the same run.
 */
export async function benchRegister(): Promise<void> {
	const at = process.argv.indexOf('--rows');
	const rows = at > 0 ? Number(process.argv[at + 1]) : 2_000_000;
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-register-bench-'));
	fs.chmodSync(folder, 0o755);
	const postgres = await embeddedPostgres({ home: path.join(folder, 'data'), disposable: true });
	try {
		await migrate(postgres.url, { folder: 'migrations' });
		const file = path.join(folder, 'rna_waldec.csv');
		await writeNational(file, 'waldec', { rows });
		const began = performance.now();
		const child = spawn(process.execPath, ['--max-old-space-size=256', 'scripts/import.ts', file], {
			stdio: ['ignore', 'inherit', 'inherit'],
			env: { ...process.env, DATABASE_URL: postgres.url, ENSEMBLIER_DATA: path.join(folder, 'files') }
		});
		let peak = 0;
		const watch = setInterval(() => {
			const found = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'));
			if (found) peak = Math.max(peak, Number(found[1]) / 1024);
		}, 200);
		const code = await new Promise((resolve) => child.once('exit', resolve));
		clearInterval(watch);
		const ours = (performance.now() - began) / 1000;
		const client = new pg.Client({ connectionString: postgres.url });
		await client.connect();
		const dump = path.join(folder, 'stored.copy');
		await pipeline(client.query(copyTo('copy official_bodies to stdout')), fs.createWriteStream(dump));
		await client.query('create table floor (like official_bodies including defaults including generated)');
		const { rows: indexes } = await client.query<{ definition: string }>(
			`select indexdef as definition from pg_indexes where tablename = 'official_bodies' and schemaname = 'public'`
		);
		const floorBegan = performance.now();
		await pipeline(fs.createReadStream(dump), client.query(copyFrom('copy floor from stdin')));
		for (const [i, { definition }] of indexes.entries())
			await client.query(definition.replace(/INDEX \S+ ON \S+/, `INDEX floor_${i} ON floor`));
		const floor = (performance.now() - floorBegan) / 1000;
		await client.end();
		console.log(
			`code ${String(code)}, ${rows} rows: ours ${ours.toFixed(1)} s, floor ${floor.toFixed(1)} s, ratio ${(floor / ours).toFixed(2)}, peak ${Math.round(peak)} MB`
		);
	} finally {
		await postgres.stop();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}
