import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/database/tables.ts';
import { follow, type Entry, type Verdict } from './rules.ts';

async function* entriesOf(db: Kysely<DB>, chain: string): AsyncGenerator<Entry> {
	for (let after = 0; ; after += 1000) {
		const rows = await db
			.selectFrom('entries as e')
			.leftJoin('payloads as p', (join) => join.onRef('p.chain', '=', 'e.chain').onRef('p.n', '=', 'e.n'))
			.select(['e.chain', 'e.n', 'e.at', 'e.verb', 'e.digest', 'e.previous', 'e.link', 'p.salt', 'p.content'])
			.select(sql<string>`e.ids::text`.as('ids'))
			.where('e.chain', '=', chain)
			.where('e.n', '>', after)
			.orderBy('e.n')
			.limit(1000)
			.execute();
		for (const { salt, content, ...entry } of rows)
			yield { ...entry, payload: salt && content !== null ? { salt, content } : null };
		if (rows.length < 1000) return;
	}
}

/** Follows every chain of the instance. For `npm run verify`, which answers to nobody in particular. */
export async function* verifyChains(db: Kysely<DB>): AsyncGenerator<Verdict> {
	for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
		const chains = await db.selectFrom('chains').selectAll().where('id', '>', after).orderBy('id').limit(200).execute();
		for (const chain of chains) yield await follow(chain, entriesOf(db, chain.id));
		if (chains.length < 200) return;
		after = chains.at(-1)!.id;
	}
}
