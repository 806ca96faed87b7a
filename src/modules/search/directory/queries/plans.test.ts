import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { stranger, type Actor } from '#platform/actor.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { understandDirectory } from '#modules/organisations/queries/asked.server.ts';
import { listDirectory, mostCounted } from '#modules/organisations/queries/directory.server.ts';
import { testWorld } from '../../../../../tests/world.ts';
import { understandSearch } from '../queries.server.ts';

const { db, as } = await testWorld();
const many = 200_000;

/** A country: one in fifty is shown to everyone, one in ten gives no sign of life, one in a thousand speaks of gardens. */
beforeAll(async () => {
	await sql`insert into organisations (id, code, kind, name, name_key, themes, shows, lives, commune_code, registered_at, updated_at)
		select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'c' || n, 'association',
			'Structure ' || chr(97 + n % 26) || ' ' || n, 'structure ' || n, case when n % 1000 = 0 then array['Jardin'] else '{}' end,
			case when n % 50 = 0 then array['public'] else '{}' end, n % 10 <> 0, case when n % 100 = 7 then '44184' end, now(), now()
		from generate_series(1, ${many}) n`.execute(db);
	await sql`vacuum analyze organisations`.execute(db);
}, 300_000);

/** How many organisations PostgreSQL reads to answer, in its own counting. */
async function readBy(run: () => Promise<unknown>): Promise<number> {
	const soFar = async () => {
		await sql`select pg_stat_force_next_flush()`.execute(db);
		const { rows } = await sql<{ n: number }>`select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::float8 as n
			from pg_stat_user_tables where relname = 'organisations'`.execute(db);
		return rows[0]!.n;
	};
	const before = await soFar();
	await run();
	// a connection says what it read when it has been idle, or is asked
	await new Promise((done) => setTimeout(done, 1100));
	await Promise.all(Array.from({ length: 4 }, () => sql`select pg_stat_force_next_flush(), pg_sleep(0.05)`.execute(db)));
	return (await soFar()) - before;
}

test.each<[string, string, Actor | 'nadia']>([
	['the first page', '/structures', 'nadia'],
	['one in the middle', '/structures?apres=Structure m~1~00000000-0000-4000-8000-000000000001', 'nadia'],
	['one before it', '/structures?avant=Structure m~1~00000000-0000-4000-8000-000000000001', 'nadia'],
	['one among those without a sign of life', '/structures?apres=Structure q~0~00000000-0000-4000-8000-000000000001', 'nadia'],
	['one of a stranger', '/structures?apres=Structure m~1~00000000-0000-4000-8000-000000000001', stranger],
	['a theme', '/structures?theme=jardin', 'nadia'],
	['a town, further on', '/structures?lieu=com-44184&apres=Structure m~1~00000000-0000-4000-8000-000000000001', 'nadia']
])(
	'of 200,000 organisations, %s reads a few',
	async (_what, address, who) => {
		const { page, after, before, registerPage: _registerPage, ...asked } = searchIn(new URL(address, 'http://here'));
		let listed = 0;
		const read = await readBy(() =>
			as(who)(async (context) => {
				const understood = await understandSearch(context, asked);
				listed = (await listDirectory(context, understood, { page, after, before })).organisations.length;
			})
		);
		expect(listed).toBeGreaterThan(0);
		// a twentieth of them at most; the most common theme, or town, is read through the order of the list
		expect(read).toBeLessThan(10 * mostCounted);
	},
	60_000
);

test('the page after another is read in the order of an index', async () => {
	const {
		page: _page,
		after: _after,
		before: _before,
		registerPage: _registerPage,
		...asked
	} = searchIn(new URL('http://here/'));
	const plan = await as('nadia')(async (context) => {
		await understandDirectory(context, asked);
		const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select id from organisations where merged_into is null
			and (not lives, name collate "fr-x-icu", id) > (false, 'Structure m' collate "fr-x-icu", '00000000-0000-4000-8000-000000000001'::uuid)
			order by not lives, name collate "fr-x-icu", id limit 25`.execute(db);
		return rows.map((row) => Object.values(row)[0]).join('\n');
	});
	expect(plan).toContain('organisations_in_order');
	expect(plan).toMatch(/Index Cond/);
	expect(plan).not.toMatch(/Sort|Seq Scan/);
});
