import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { abbreviations } from '#content/search/abbreviations.ts';
import { searchClauses } from '#modules/agreements/queries.server.ts';
import {
	findCooperation,
	listInvitationsToMe,
	listMyCooperations,
	searchCooperations
} from '#modules/cooperations/queries.server.ts';
import { countLines, findLine, listLatestLines, listLines, listLinesFrom } from '#modules/lines/queries.server.ts';
import { listMyTasks, listNews } from '#modules/lines/queries/mine.server.ts';
import { searchLines } from '#modules/lines/queries/search.server.ts';
import { kinds, kindsOf } from '#modules/lines/rules.ts';
import { listMyMeetings } from '#modules/meetings/queries.server.ts';
import { listOrganisations, searchOrganisations } from '#modules/organisations/queries.server.ts';
import { searchPeople } from '#modules/organisations/queries/people.server.ts';
import type { Context } from '#platform/context.server.ts';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { understand, wordsOf } from '#platform/database/text-search.server.ts';
import { actorFor } from '../seeds/world.ts';
import { plantMany } from './seed.ts';

/*
 * node bench/plans.ts [--whole]: how PostgreSQL answers each list on the large seed: time, rows that it read to no purpose, and
 * whole tables that it read. With --whole, the plans themselves.
 */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-plans-'));
fs.chmodSync(folder, 0o755);
const postgres = await embeddedPostgres({ home: folder, disposable: true });
type Asked = { sql: string; parameters: readonly unknown[] };
let asked: Asked[] = [];
const pool = new pg.Pool({ connectionString: postgres.url, max: 1 });
const db = new Kysely<DB>({
	dialect: new PostgresDialect({ pool }),
	plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
	log: ({ query }) => void asked.push(query)
});

type Plan = {
	'Node Type': string;
	'Relation Name'?: string;
	'Actual Rows': number;
	'Actual Loops': number;
	'Rows Removed by Filter'?: number;
	Plans?: Plan[];
};
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function explain(name: string, { sql, parameters }: Asked): Promise<void> {
	const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan; 'Planning Time': number; 'Execution Time': number }] }>(
		`explain (analyze, format json) ${sql}`,
		parameters as unknown[]
	);
	const [{ Plan: plan, 'Planning Time': planning, 'Execution Time': execution }] = rows[0]!['QUERY PLAN'];
	const nodes = nodesOf(plan);
	const removed = nodes.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0) * node['Actual Loops'], 0);
	const scanned = nodes
		.filter((node) => node['Node Type'] === 'Seq Scan')
		.map(
			(node) =>
				`${node['Relation Name']} (${(node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']})`
		);
	console.log(
		`| ${name} | ${planning.toFixed(1)} | ${execution.toFixed(1)} | ${Math.round(removed)} | ${scanned.join(', ') || '–'} |`
	);
	if (!process.argv.includes('--whole')) return;
	const text = await pool.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${sql}`, parameters as unknown[]);
	console.log(`\n${sql}\n${text.rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
}

try {
	await migrate(postgres.url, { folder: 'migrations' });
	const { person, cooperation, large } = await plantMany(postgres.url);
	const context: Context = { actor: await actorFor(db, person), db, now: new Date('2026-11-22T09:00:00Z') };
	const ordinaryId = (await findCooperation(context, cooperation)).id;
	const largeId = (await findCooperation(context, large)).id;
	const line = (await listLatestLines(context, largeId, 1))[0]!;
	const meeting = await db.selectFrom('meetings').select('id').where('cooperationId', '=', ordinaryId).executeTakeFirstOrThrow();

	const asking = (question: string) => understand(db, wordsOf(question) as string[], abbreviations);
	const lists: Record<string, () => Promise<unknown>> = {
		listLines: () => listLines(context, ordinaryId, kindsOf('define')),
		'listLines, 1,000': () => listLines(context, largeId, kinds),
		'listLines, 1,000, page 4': () => listLines(context, largeId, kinds, { page: 4 }),
		'listLatestLines, 1,000': () => listLatestLines(context, largeId),
		'countLines, 1,000': () => countLines(context, largeId),
		listLinesFrom: () => listLinesFrom(context, [meeting.id]),
		findLine: () => findLine(context, line.id),
		listMyTasks: () => listMyTasks(context),
		listNews: () => listNews(context),
		findCooperation: () => findCooperation(context, cooperation),
		listMyCooperations: () => listMyCooperations(context, { page: 1 }),
		listInvitationsToMe: () => listInvitationsToMe(context),
		listMyMeetings: () => listMyMeetings(context),
		listOrganisations: () => listOrganisations(context, { words: '', kind: null, theme: null, page: 1 }),
		'listOrganisations, page 300': () => listOrganisations(context, { words: '', kind: null, theme: null, page: 300 }),
		'listOrganisations, two words': () =>
			listOrganisations(context, { words: 'théâtre jardin', kind: null, theme: null, page: 1 }),
		'listOrganisations, one letter': () => listOrganisations(context, { words: 'a', kind: null, theme: null, page: 1 }),
		understand: () => asking('theatr jardni quartire'),
		'searchOrganisations, a common word': async () => searchOrganisations(context, await asking('quartier')),
		'searchOrganisations, a mistake': async () => searchOrganisations(context, await asking('ateleir theatr')),
		'searchPeople, a common name': async () => searchPeople(context, await asking('camille')),
		'searchPeople, a mistake': async () => searchPeople(context, await asking('camlile')),
		searchCooperations: async () => searchCooperations(context, await asking('jardin')),
		'searchLines, a common word': async () => searchLines(context, await asking('salle')),
		'searchLines, a mistake': async () => searchLines(context, await asking('slale')),
		'searchLines, a rare word': async () => searchLines(context, await asking('hippopotame')),
		searchClauses: async () => searchClauses(context, await asking('assurance'))
	};
	console.log(
		'| query | planning, ms | execution, ms | rows read for nothing | whole tables read (rows) |\n|---|---:|---:|---:|---|'
	);
	const only = process.env.ONLY;
	for (const [name, list] of Object.entries(lists)) {
		if (only && !name.startsWith(only)) continue;
		asked = [];
		await list();
		const questions = asked;
		for (const [i, question] of questions.entries()) await explain(questions.length > 1 ? `${name} ${i + 1}` : name, question);
	}
} finally {
	await db.destroy();
	await postgres.stop();
	fs.rmSync(folder, { recursive: true, force: true });
}
