import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { abbreviations } from '#content/search/abbreviations.ts';
import { indexRecords } from '#modules/register/finding/commands.server.ts';
import { searchRegister } from '#modules/register/finding/queries.server.ts';
import { inTransaction } from '#platform/context.server.ts';
import { connect } from '#platform/database/connection.server.ts';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';
import { bare } from '#platform/database/text-search.server.ts';
import { chance, nationalRecords, type NationalRecord } from './national.ts';

/*
 * npm run bench -- finding [--rows 2000000] [--write]: known records looked for among the records of a generated register, by those
 * who type their name, an abbreviation of it, or one letter wrong; how often they are among the first ten, and what it costs against
 * a read by key, ILIKE and PostgreSQL's own full-text search in the same run. The questions are kept in bench/finding.tsv.
 */
export type Question = { how: 'exact' | 'short' | 'mistyped' | 'common'; words: string; n: number };

const file = path.join(import.meta.dirname, 'finding.tsv');
const kept = 2_000_000;
const seed = 20_261_122;

/** Where it is, without « 3e Arrondissement ». */
const townOf = (record: NationalRecord) => record.commune.replace(/ \d+e?r? Arrondissement$/, '');
/** What somebody who knows it would type: its name, and its town unless the name says it. */
const known = (record: NationalRecord) => {
	const town = townOf(record);
	return bare(record.plainName).includes(bare(town)) ? record.plainName : `${record.plainName} ${town}`;
};

/** The same, as people write it short; null when nothing in it has a short form. */
function shortened(record: NationalRecord, random: () => number): string | null {
	if (record.acronym.length > 2 && random() < 0.4) return `${record.acronym} ${townOf(record)}`;
	let words = ` ${bare(known(record))} `;
	const before = words;
	for (const [short, longs] of Object.entries(abbreviations))
		for (const long of longs) if (bare(long).length > short.length) words = words.replace(` ${bare(long)} `, ` ${short} `);
	return words === before ? null : words.trim();
}

/** One mistake of the fingers in one of the longer words: a letter left out, doubled, another, or two in the wrong order. */
function mistyped(record: NationalRecord, random: () => number): string | null {
	const words = bare(known(record)).split(' ');
	const long = words.flatMap((word, i) => (word.length > 4 ? [i] : []));
	const at = long[Math.floor(random() * long.length)];
	if (at === undefined) return null;
	const word = words[at]!;
	const i = 1 + Math.floor(random() * (word.length - 2));
	const letter = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)]!;
	const wrong = [
		word.slice(0, i) + word.slice(i + 1),
		word.slice(0, i) + word[i] + word.slice(i),
		word.slice(0, i) + letter + word.slice(i + 1),
		word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2)
	][Math.floor(random() * 4)]!;
	if (wrong === word) return null;
	words[at] = wrong;
	return words.join(' ');
}

/** The words that most names hold: nothing is known to be looked for, only the time counts. */
const common = [
	'association', 'club', 'comité', 'amicale', 'sport', 'école', 'maison', 'fêtes', 'comité des fêtes', 'association sportive',
	'amis', 'saint', 'union sportive', 'les amis de', 'parents élèves', 'paris', 'association paris', 'musique', 'anciens', 'culture',
	'asso', 'de la', 'ass', 'theatre', 'associaton'
]; // prettier-ignore

/** Questions about the first `rows` records, the same at each run. */
function questions(rows: number, each: number): Question[] {
	const random = chance(seed);
	const found: Record<'exact' | 'short' | 'mistyped', Question[]> = { exact: [], short: [], mistyped: [] };
	const every = Math.floor(rows / (each * 4));
	for (const record of nationalRecords({ rows })) {
		if (record.n % every !== 7) continue;
		const open = (Object.keys(found) as (keyof typeof found)[]).filter((how) => found[how].length < each);
		const how = open[Math.floor(random() * open.length)];
		if (!how) break;
		const words = how === 'exact' ? known(record) : how === 'short' ? shortened(record, random) : mistyped(record, random);
		if (words) found[how].push({ how, words: random() < 0.5 ? words.toLowerCase() : words, n: record.n });
	}
	return [...Object.values(found).flat(), ...common.map((words): Question => ({ how: 'common', words, n: -1 }))];
}

const written = (all: Question[]) => all.map(({ how, words, n }) => `${how}\t${n}\t${words}\n`).join('');
const readBack = (text: string): Question[] =>
	text
		.trimEnd()
		.split('\n')
		.map((line) => {
			const [how, n, words] = line.split('\t');
			return { how: how as Question['how'], n: Number(n), words: words! };
		});

const middle = (times: number[], part = 0.5) => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0;

/** Fills, indexes, asks; gives the lines of the table. */
export async function measureFinding(rows: number, log = (text: string) => console.error(text)) {
	const asked = rows === kept && fs.existsSync(file) ? readBack(fs.readFileSync(file, 'utf8')) : questions(rows, 200);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-finding-'));
	fs.chmodSync(folder, 0o755);
	const postgres = await embeddedPostgres({ home: folder, disposable: true });
	try {
		await migrate(postgres.url, { folder: 'migrations' });
		const client = new pg.Client({ connectionString: postgres.url });
		await client.connect();
		log('the register');
		const cell = (text: string | null) => (text === null || text === '' ? '\\N' : text.replace(/[\\\t\n\r]/g, ' '));
		const wanted = new Map<number, string>();
		const lookedFor = new Set(asked.map(({ n }) => n));
		const sameAs = (name: string, commune: string) => `${bare(name)}|${commune}`;
		const lines = function* () {
			let text = '';
			for (const r of nationalRecords({ rows })) {
				if (lookedFor.has(r.n)) wanted.set(r.n, sameAs(r.name.replace(/ \([^)]*\)$/, ''), r.communeCode));
				text += `${['rna-waldec', r.rna, r.name, r.acronym, r.purpose, 'association', r.communeCode, r.commune, r.postcode, r.declared, r.dissolved, r.dissolved ? 'f' : 't', r.siren, '0', '1', '2026-11-22'].map(cell).join('\t')}\n`;
				if (text.length < 65_536) continue;
				yield text;
				text = '';
			}
			yield text;
		};
		let began = performance.now();
		await pipeline(
			Readable.from(lines()),
			client.query(
				copyFrom(`copy official_bodies (source, key, name, short_name, purpose, kind, commune_code, commune_name, postcode,
					declared_on, ended_on, active, siren, fingerprint, import_id, changed_at) from stdin`)
			)
		);
		await client.query('analyze official_bodies');
		const filled = performance.now() - began;
		log(`${Math.round(filled / 1000)} s; its words`);
		const db = connect(postgres.url);
		began = performance.now();
		await indexRecords(db, new Date('2026-11-22T12:00:00Z'));
		const indexed = performance.now() - began;
		log(`${Math.round(indexed / 1000)} s; the index of plain full-text search`);
		await client.query(
			`create index plain_search on official_bodies using gin (to_tsvector('french', name || ' ' || coalesce(commune_name, '')))`
		);

		const ask = (words: string) =>
			inTransaction(db, { actor: { is: 'system', name: 'bench' }, now: new Date(), mode: 'read' }, (context) =>
				searchRegister(context, { words, codes: null, kind: null }, 1)
			);
		const timed = async (run: () => Promise<unknown>) => {
			const start = performance.now();
			await run();
			return performance.now() - start;
		};
		log('questions');
		const found = new Map<Question, { time: number; first: boolean }>();
		for (const question of asked) {
			let time = Number.POSITIVE_INFINITY;
			let answer: Awaited<ReturnType<typeof ask>> | undefined;
			for (let again = 0; again < 3; again++)
				time = Math.min(time, await timed(async () => void (answer = await ask(question.words))));
			const ids = answer!.records.slice(0, 10).map(({ id }) => id);
			const { rows: firsts } = await client.query<{ name: string; commune_code: string }>(
				'select name, commune_code from official_bodies where id = any($1)',
				[ids]
			);
			const first = firsts.some(
				(row) => sameAs(row.name.replace(/ \([^)]*\)$/, ''), row.commune_code) === wanted.get(question.n)
			);
			found.set(question, { time, first });
			if (process.argv.includes('--missed') && !first && question.n >= 0)
				log(`missed: ${question.how}\t${question.words}\t${wanted.get(question.n)}`);
		}
		log('the floors');
		const bareQuery = async (text: string, values: (question: Question) => unknown[], some: Question[]) => {
			const times: number[] = [];
			for (const question of some) times.push(await timed(() => client.query(text, values(question))));
			return middle(times);
		};
		const exact = asked.filter(({ how }) => how === 'exact');
		const byKey = await bareQuery('select * from official_bodies where id = $1', ({ n }) => [n + 1], exact);
		const ilike = await bareQuery(
			'select id from official_bodies where name ilike $1 limit 10',
			({ words }) => [`%${words}%`],
			exact.slice(0, 7)
		);
		const plain = await bareQuery(
			`select id from official_bodies where to_tsvector('french', name || ' ' || coalesce(commune_name, '')) @@ plainto_tsquery('french', $1)
				order by ts_rank(to_tsvector('french', name || ' ' || coalesce(commune_name, '')), plainto_tsquery('french', $1)) desc limit 10`,
			({ words }) => [words],
			exact
		);
		const times = [...found.values()].map(({ time }) => time);
		const half = middle(times);
		const slowest = [...found].toSorted(([, a], [, b]) => b.time - a.time)[0]!;
		const part = (how: Question['how']) => {
			const of = [...found].filter(([question]) => question.how === how);
			return {
				of: of.length,
				first: of.filter(([, { first }]) => first).length / of.length,
				half: middle(of.map(([, { time }]) => time)),
				most: middle(
					of.map(([, { time }]) => time),
					1
				)
			};
		};
		const { rows: sizes } = await client.query<{ size: string; words: string }>(
			`select round((pg_total_relation_size('official_words') + pg_total_relation_size('official_vocabulary')) / 1e6) as size,
				(select count(*) from official_vocabulary) as words`
		);
		await client.end();
		await db.destroy();
		return {
			rows,
			filled,
			indexed,
			byKey,
			ilike,
			plain,
			half,
			slowest: { words: slowest[0].words, time: slowest[1].time },
			exact: part('exact'),
			short: part('short'),
			mistyped: part('mistyped'),
			common: part('common'),
			size: Number(sizes[0]!.size),
			words: Number(sizes[0]!.words)
		};
	} finally {
		await postgres.stop();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/** The result as a table. */
export function said(it: Awaited<ReturnType<typeof measureFinding>>): string {
	const ms = (time: number) => `${time.toFixed(2)} ms`;
	const row = (what: string, { of, first, half, most }: typeof it.exact, counted = true) =>
		`| ${what} | ${of} | ${counted ? first.toFixed(3) : '–'} | ${ms(half)} | ${(half / it.byKey).toFixed(0)} | ${ms(most)} |`;
	return `## Finding among ${it.rows.toLocaleString('en')} official records

| questions | how many | known item in the first ten | median | against a read by key | slowest |
|---|---:|---:|---:|---:|---:|
${row('its name and town, as they are', it.exact)}
${row('abbreviated, or its acronym and town', it.short)}
${row('one mistake of the fingers', it.mistyped)}
${row('common words', it.common, false)}

All: median ${ms(it.half)}; slowest ${ms(it.slowest.time)} (« ${it.slowest.words} »), ${(it.slowest.time / it.half).toFixed(0)} times the median. In the same run: a read by key ${ms(it.byKey)}; \`ILIKE\` ${ms(it.ilike)} (${(it.ilike / it.half).toFixed(0)} times the median search); PostgreSQL's full-text search with its own index ${ms(it.plain)} (${(it.plain / it.half).toFixed(1)} times), which forgives neither mistake nor abbreviation.
Records written in ${(it.filled / 1000).toFixed(0)} s, their words indexed in ${(it.indexed / 1000).toFixed(0)} s: ${it.size} MB, ${it.words.toLocaleString('en')} words. A record counts as found when one of the same name in the same town is among the first ten; the best of three times for each question.
`;
}

/** What `npm run bench -- finding` does. */
export async function benchFinding(): Promise<void> {
	const at = process.argv.indexOf('--rows');
	const rows = at > 0 ? Number(process.argv[at + 1]) : kept;
	if (process.argv.includes('--questions')) fs.writeFileSync(file, written(questions(kept, 200)));
	else {
		const report = said(await measureFinding(rows));
		console.log(report);
		if (process.argv.includes('--write')) {
			const results = `bench/results/finding-${new Date().toISOString().slice(0, 10)}.md`;
			fs.writeFileSync(
				path.join(import.meta.dirname, '..', results),
				`# Measured on ${new Date().toISOString().slice(0, 10)}\n\n${os.cpus().length} × ${os.cpus()[0]!.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GB, shared with other work; load average ${os.loadavg()[0]!.toFixed(1)}; the embedded PostgreSQL.\n\n${report}`
			);
		}
	}
}

if (import.meta.main) await benchFinding();
