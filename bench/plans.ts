import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { abbreviations } from '#content/search/abbreviations.ts';
import { searchClauses } from '#modules/agreements/queries.server.ts';
import {
	findCooperation,
	listAccompaniedCooperations,
	listMyCooperations,
	searchCooperations
} from '#modules/cooperations/queries.server.ts';
import { listInvitationsToMe } from '#modules/cooperations/queries/invitations.server.ts';
import { countLines, findLine, listLines, listLinesFrom } from '#modules/lines/queries.server.ts';
import { listMyTasks, listNews } from '#modules/lines/queries/mine.server.ts';
import { searchLines } from '#modules/lines/queries/search.server.ts';
import { kinds } from '#modules/lines/rules.ts';
import { kindsRead } from '#modules/lines/rules/sections.ts';
import { listMyMeetings } from '#modules/meetings/queries.server.ts';
import { listOrganisations, organisationsAsked, searchOrganisations } from '#modules/organisations/queries.server.ts';
import { searchPeople } from '#modules/organisations/queries/people.server.ts';
import { countUnread, listAdvice, listAdviceForMe } from '#modules/accompaniment/advice/queries.server.ts';
import { findMonth, findPortfolio } from '#modules/accompaniment/portfolio/queries.server.ts';
import { findDay } from '#modules/accompaniment/queries.server.ts';
import { findOrigin, listAroundObject, listPossibleParents } from '#modules/cooperations/origin/queries.server.ts';
import { listReadings } from '#modules/cooperations/qualifying/queries.server.ts';
import { reachOf } from '#modules/cooperations/policy.ts';
import { listStageMoves, listStages } from '#modules/cooperations/stages/queries.server.ts';
import { listCheckIns, listPointsForMe } from '#modules/evaluations/check-ins/queries.server.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { readFilters } from '#modules/journal/forms.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { listLessons, listReview, listSharedReviews } from '#modules/lines/closing/queries.server.ts';
import { listIdeas } from '#modules/publications/ideas/queries.server.ts';
import { findPublicPage } from '#modules/publications/queries.server.ts';
import { answersHome } from '#modules/publications/queries/home.server.ts';
import { listCommunes, listPublications } from '#modules/publications/queries/public.server.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { search } from '#modules/search/queries.server.ts';
import { countSessions, findSession, listFigures, listForCalendar, listSessions } from '#modules/sessions/queries.server.ts';
import { listLastMonths, listMonths, listShared } from '#modules/worth/hours/queries.server.ts';
import { listLoads } from '#modules/worth/load/queries.server.ts';
import { listWeighings } from '#modules/worth/weighing/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { getTypeParser } from '#platform/database/connection.server.ts';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { understand, wordsOf } from '#platform/database/text-search.server.ts';
import { newId } from '#platform/ids.ts';
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
const pool = new pg.Pool({ connectionString: postgres.url, max: 1, types: { getTypeParser } });
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
	const { person, housePerson, cooperation, large } = await plantMany(postgres.url);
	const context: Context = { actor: await actorFor(db, person), db, now: new Date('2026-11-22T09:00:00Z') };
	for (const q of ['jardin', 'théâtre quartier', 'camille', 'radio'])
		await db
			.insertInto('savedViews')
			.values({ id: newId(), personId: person, place: '/structures', query: `q=${q}`, name: q, savedAt: context.now })
			.execute();
	const house: Context = { ...context, actor: await actorFor(db, housePerson) };
	const ordinary = await findCooperation(context, cooperation);
	const ordinaryId = ordinary.id;
	const own = organisationsOf(context.actor);
	const session = (await listSessions(context, ordinary, {})).sessions[0]!;
	const largeId = (await findCooperation(context, large)).id;
	const line = (await listLines(context, largeId, kinds, { size: 1 }))[0]!;
	const meeting = await db.selectFrom('meetings').select('id').where('cooperationId', '=', ordinaryId).executeTakeFirstOrThrow();

	const asking = (question: string) => understand(db, wordsOf(question) as string[], abbreviations);
	const lists: Record<string, () => Promise<unknown>> = {
		listLines: () => listLines(context, ordinaryId, kindsRead('define')),
		'listLines, 1,000': () => listLines(context, largeId, kinds),
		'listLines, 1,000, page 4': () => listLines(context, largeId, kinds, { page: 4 }),
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
		searchClauses: async () => searchClauses(context, await asking('assurance')),
		findPortfolio: () => findPortfolio(house),
		'findMonth of the portfolio': () => findMonth(house, '2026-10'),
		findDay: () => findDay(house),
		listAdvice: () => listAdvice(context, ordinary),
		listAdviceForMe: () => listAdviceForMe(context),
		countUnread: () => countUnread(house),
		listSessions: () => listSessions(context, ordinary, {}),
		findSession: () => findSession(context, ordinary, `-${session.code}`),
		countSessions: () => countSessions(context, ordinaryId),
		listFigures: () => listFigures(context, ordinaryId),
		'listForCalendar, all of mine': () => listForCalendar(context, null),
		listIndicators: () => listIndicators(context, ordinary),
		listCheckIns: () => listCheckIns(context, ordinary),
		listPointsForMe: () => listPointsForMe(context),
		listStages: async () =>
			listStages(
				house,
				(await listAccompaniedCooperations(house)).map(({ id }) => id)
			),
		listStageMoves: () => listStageMoves(context, ordinary),
		findOrigin: () => findOrigin(context, ordinary),
		listPossibleParents: () => listPossibleParents(context, ordinary),
		listAroundObject: () => listAroundObject(context, 'jardin'),
		listReadings: () => listReadings(context, ordinary),
		listMonths: () => listMonths(context, ordinaryId, own[0]!),
		listShared: () => listShared(context, ordinary),
		listLastMonths: () => listLastMonths(context, own),
		listLoads: () => listLoads(context, own),
		listWeighings: () => listWeighings(context, ordinaryId, own[0]!),
		listPublications: () => listPublications(context, {}),
		'listPublications, one commune': () => listPublications(context, { commune: '34172' }),
		'listPublications, page 10': () => listPublications(context, { page: 10 }),
		listCommunes: () => listCommunes(context),
		findPublicPage: () => findPublicPage(context, ordinary),
		answersHome: () => answersHome(context),
		listIdeas: () => listIdeas(context, ordinary),
		listReview: () => listReview(context, ordinaryId),
		listLessons: () => listLessons(context, ordinary),
		listSharedReviews: () => listSharedReviews(context, { page: 1 }),
		'counts of saved views': () =>
			listViews(context, new URL('http://here/structures'), (view) =>
				organisationsAsked(context, { words: view.searchParams.get('q') ?? '', kind: null, theme: null })
			),
		'listFacts, 1,000 lines': () =>
			listFacts(context, largeId, reachOf(context.actor, ordinary), readFilters(new URLSearchParams(), 'Europe/Paris').filters),
		'search, a mistake': () => search(context, { question: 'ateleir theatr', kind: null, page: 1 })
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
