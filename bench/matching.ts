import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import { listSuggestions, type Ask } from '#modules/matching/queries.server.ts';
import { wantedAs } from '#modules/matching/rules.ts';
import { assemblyAtLeast } from '#modules/matching/rules/weights.ts';
import { kinds } from '#modules/needs/rules.ts';
import { communesAround } from '#modules/territories/queries/nearby.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { inTransaction } from '#platform/context.server.ts';
import { connect } from '#platform/database/connection.server.ts';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import { chance } from './national.ts';

/*
 * npm run bench -- matching [--write]: what « Avec qui ? » reads of the database among 10,000 and 200,000 offers of the same density,
 * so that only the country grows; then among 200,000 around the same place, so that only the neighbourhood does. Pages of the
 * database and rows, counted by PostgreSQL itself; times are told beside and prove nothing.
 */
type Read = { blocks: number; rows: number };
const place = '75120';
const log = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

async function readSoFar(db: Kysely<DB>): Promise<Read> {
	await sql`select pg_stat_force_next_flush()`.execute(db);
	const { rows } = await sql<Read>`select
		(select sum(coalesce(heap_blks_hit, 0) + coalesce(heap_blks_read, 0) + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0))
			from pg_statio_user_tables)::float8 as blocks,
		(select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) from pg_stat_user_tables)::float8 as rows`.execute(db);
	return rows[0]!;
}

/** So many offers, of one organisation each, six to a commune of the list, one after the other. */
async function plant(db: Kysely<DB>, communes: string[], from: number, upTo: number): Promise<void> {
	const random = chance(20_261_122 + from);
	const objects = [
		'chaises',
		'tables',
		'salle',
		'projecteur',
		'bénévoles',
		'costumes',
		'vélos',
		'voix',
		'instruments',
		'comptes'
	];
	const themes = ['jardin', 'théâtre', 'mémoire', 'musique', 'sport', 'numérique'];
	const one = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
	for (let at = from; at < upTo; at += 5000) {
		const rows = Array.from({ length: Math.min(5000, upTo - at) }, (_, i) => ({
			n: at + i,
			commune: communes[Math.floor((at + i) / 6) % communes.length]!,
			kind: one(kinds),
			text: `Des ${one(objects)} et des ${one(objects)}, le soir.`,
			theme: one(themes)
		}));
		await sql`with given as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as g (n int, commune text, kind text, text text, theme text)),
			there as (insert into organisations (id, code, kind, name, name_key, themes, commune_code, registered_at, updated_at)
				select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'c' || n, 'association', 'Structure ' || n, 'structure ' || n, array[theme], commune, now(), now() from given)
			insert into needs (id, code, organisation_id, side, kind, text, lasting, commune_code, said_at, changed_at, holds_until)
			select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 'n' || n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'offer', kind, text, true, commune, now(), now(), current_date + 300
			from given`.execute(db);
	}
	await sql`analyze`.execute(db);
}

/** What an idea of three needs reads, the second time: what any page would read. */
async function measure(db: Kysely<DB>): Promise<Read & { found: number; took: number }> {
	const ask: Ask = {
		wanted: [wantedAs('Des chaises', ['equipment']), wantedAs('Une salle', ['premises']), wantedAs('Des costumes', ['skill'])],
		gives: [],
		audiences: [],
		themes: ['théâtre'],
		purpose: 'Jouer une pièce dans un jardin.',
		channels: [],
		asker: 'bench',
		commune: place,
		ours: [],
		already: [],
		side: 'need',
		atLeast: assemblyAtLeast,
		mustBring: false
	};
	const run = () =>
		inTransaction(
			db,
			{ actor: { is: 'system', name: 'bench' }, now: new Date('2026-11-22T12:00:00Z'), mode: 'read' },
			(context) => listSuggestions(context, ask, { within: 60, page: 1 })
		);
	await run();
	const before = await readSoFar(db);
	const began = performance.now();
	const { count } = await run();
	const took = performance.now() - began;
	const after = await readSoFar(db);
	return { blocks: after.blocks - before.blocks, rows: after.rows - before.rows, found: count, took };
}

async function fresh<T>(work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-bench-matching-'));
	fs.chmodSync(folder, 0o755);
	const postgres = await embeddedPostgres({ home: folder, disposable: true });
	const db = connect(postgres.url, { connections: 1 });
	try {
		await migrate(postgres.url, { folder: 'migrations' });
		return await work(db);
	} finally {
		await db.destroy();
		await postgres.stop();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/** Measures, prints, and writes to bench/results/ when asked. */
export async function benchMatching(): Promise<void> {
	const few = 10_000;
	const many = 200_000;
	const rows: [string, Awaited<ReturnType<typeof measure>>][] = [];
	await fresh(async (db) => {
		const country = (await communesAround(db, place, 5000, 40_000)).map(({ code }) => code);
		log(`${few} offers`);
		await plant(db, country, 0, few);
		rows.push(['10,000 offers, six to a commune', await measure(db)]);
		log(`${many} offers, the same density`);
		await plant(db, country, few, many);
		rows.push(['200,000 offers, six to a commune', await measure(db)]);
	});
	await fresh(async (db) => {
		log(`${many} offers around the same place`);
		await plant(
			db,
			(await communesAround(db, place, 60, 1500)).map(({ code }) => code),
			0,
			many
		);
		rows.push(['200,000 offers within sixty kilometres', await measure(db)]);
	});
	const said = (n: number) => Math.round(n).toLocaleString('en');
	const report = `# Matching, measured on ${new Date().toISOString().slice(0, 10)}

\`npm run bench -- matching --write\`: what « Avec qui ? » reads for three needs, the second time, counted by PostgreSQL. A page is 8 kB. Times depend on the machine and are told for their order.

| | pages | rows | found | ms |
| --- | ---: | ---: | ---: | ---: |
${rows.map(([name, { blocks, rows: read, found, took }]) => `| ${name} | ${said(blocks)} | ${said(read)} | ${found} | ${said(took)} |`).join('\n')}

Twenty times the country: pages × ${(rows[1]![1].blocks / rows[0]![1].blocks).toFixed(2)}, rows × ${(rows[1]![1].rows / rows[0]![1].rows).toFixed(2)}. A neighbourhood as full as a country: pages × ${(rows[2]![1].blocks / rows[1]![1].blocks).toFixed(2)}: what is read grows with the neighbourhood, what is weighed is bounded.
`;
	console.log(report);
	if (process.argv.includes('--write'))
		fs.writeFileSync(path.join(import.meta.dirname, 'results', `matching-${new Date().toISOString().slice(0, 10)}.md`), report);
}
