import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { testDatabase } from '../../../tests/database.ts';
import { verifyChains } from './queries.server.ts';

const { db } = await testDatabase();

async function chainOf(links: number): Promise<string> {
	const id = newId();
	await db.insertInto('chains').values({ id, kind: 'cooperation' }).execute();
	await sql`select tell(${id}, timestamptz '2026-11-02 09:00Z' + n * interval '1 second', 'line-written', jsonb_build_object('b', n, 'a', null), '\\x01', n::text)
		from generate_series(1, ${links}::int) n`.execute(db);
	return id;
}
async function verdicts() {
	const all: Record<string, unknown>[] = [];
	for await (const { chain, kind, ...verdict } of verifyChains(db)) all.push({ chain, kind, ...verdict });
	return new Map(all.map(({ chain, ...verdict }) => [chain, verdict]));
}

test('long, short and empty chains are followed to their heads; what the database links, the rule finds whole', async () => {
	const sizes = [0, 5000, 1, 0, 3, 4500, 0];
	const chains = [];
	for (const size of sizes) chains.push(await chainOf(size));
	const found = await verdicts();
	expect(chains.map((chain) => found.get(chain))).toEqual(
		sizes.map((entries) => ({ kind: 'cooperation', state: 'whole', entries, erased: 0 }))
	);
});

test('the first broken link is named, and the chains around it are still followed', async () => {
	const [before, forged, shortened, erased, after] = [
		await chainOf(4),
		await chainOf(4),
		await chainOf(4),
		await chainOf(4),
		await chainOf(4)
	];
	await sql`update payloads set content = 'forged' where chain = ${forged} and n >= 2`.execute(db);
	await sql`update chains set n = 3 where id = ${shortened}`.execute(db);
	await sql`delete from payloads where chain = ${erased} and n = 2`.execute(db);
	const found = await verdicts();
	expect([before, forged, shortened, erased, after].map((chain) => found.get(chain))).toEqual([
		{ kind: 'cooperation', state: 'whole', entries: 4, erased: 0 },
		{ kind: 'cooperation', state: 'broken', n: 2, why: 'payload' },
		{ kind: 'cooperation', state: 'broken', n: 4, why: 'head' },
		{ kind: 'cooperation', state: 'whole', entries: 4, erased: 1 },
		{ kind: 'cooperation', state: 'whole', entries: 4, erased: 0 }
	]);
});
