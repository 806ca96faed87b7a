import { sql, type Kysely } from 'kysely';
import { ask, type Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { nobody } from '#platform/ids.ts';
import { factKinds, follow, plainFacts, type Entry, type Fact, type Filters, type Reach, type Verdict } from './rules.ts';

const chainsAtOnce = 1000;
const entriesAtOnce = 4000;

/** The links of all chains from one to another, in order. Read in large pieces: most chains are short, and there are many. */
async function* entriesBetween(db: Kysely<DB>, first: string, last: string): AsyncGenerator<Entry> {
	for (let after = { chain: first, n: 0 }; ;) {
		const rows = await db
			.selectFrom('entries as e')
			.leftJoin('payloads as p', (join) => join.onRef('p.chain', '=', 'e.chain').onRef('p.n', '=', 'e.n'))
			.select(['e.chain', 'e.n', 'e.at', 'e.verb', 'e.digest', 'e.previous', 'e.link', 'p.salt', 'p.content'])
			.select(sql<string>`e.ids::text`.as('ids'))
			.where(sql<boolean>`(e.chain, e.n) > (${after.chain}::uuid, ${after.n}::integer)`)
			.where('e.chain', '<=', last)
			.orderBy('e.chain')
			.orderBy('e.n')
			.limit(entriesAtOnce)
			.execute();
		for (const { salt, content, ...entry } of rows)
			yield { ...entry, payload: salt && content !== null ? { salt, content } : null };
		if (rows.length < entriesAtOnce) return;
		after = rows.at(-1)!;
	}
}

/**
 * Follows every chain of the instance. For `npm run verify`, which answers to nobody in particular. Given a transaction that sees
 * one moment only: otherwise what is written meanwhile looks like a link too many.
 */
export async function* verifyChains(db: Kysely<DB>): AsyncGenerator<Verdict & { kind: string }> {
	for (let after = nobody; ;) {
		const chains = await db.selectFrom('chains').selectAll().where('id', '>', after).orderBy('id').limit(chainsAtOnce).execute();
		if (!chains.length) return;
		after = chains.at(-1)!.id;
		const entries = entriesBetween(db, chains[0]!.id, after);
		let next = await entries.next();
		for (const chain of chains) {
			const own = async function* () {
				for (; !next.done && next.value.chain === chain.id; next = await entries.next()) yield next.value;
			};
			yield { ...(await follow(chain, own())), kind: chain.kind };
			// A broken chain is left at its first broken link.
			while (!next.done && next.value.chain === chain.id) next = await entries.next();
		}
	}
}

/** What the journal says that one did, or that was told of oneself: for the export. */
export async function listOwnEntries({ db, actor }: Context) {
	if (actor.is !== 'person') return [];
	return db
		.selectFrom('entries as e')
		.leftJoin('payloads as p', (join) => join.onRef('p.chain', '=', 'e.chain').onRef('p.n', '=', 'e.n'))
		.select(['e.at', 'e.verb', 'p.content as words'])
		.where((eb) =>
			eb.or([
				eb(sql`e.ids ->> 'person'`, '=', actor.id),
				eb.and([sql<boolean>`e.ids ? 'member'`, eb(sql`e.ids ->> 'member'`, '=', actor.id)])
			])
		)
		.orderBy('e.at')
		.execute();
}

const startsWith = (starts: readonly string[]) =>
	sql<boolean>`(${sql.join(
		starts.map((start) => sql`starts_with(e.verb, ${start})`),
		sql` or `
	)})`;

export const pageSize = 50;

/** The facts of a chain that one looks for, as far as somebody reads it. The caller says how far that is. */
export function factsAsked({ db }: Pick<Context, 'db'>, chain: string, reach: Reach, filters: Filters) {
	let query = db
		.selectFrom('entries as e')
		.leftJoin('payloads as p', (join) => join.onRef('p.chain', '=', 'e.chain').onRef('p.n', '=', 'e.n'))
		.where('e.chain', '=', chain);
	if (reach !== 'everything') {
		const { until, audiences, organisations, plain } = reach;
		const audience = sql<string | null>`e.ids ->> 'audience'`;
		query = query.where((eb) =>
			eb.or([
				...(until ? [eb('e.at', '<=', until)] : []),
				...(audiences.length ? [eb(audience, 'in', audiences)] : []),
				...(organisations.length ? [eb(sql`e.ids ->> 'organisation'`, 'in', organisations)] : []),
				...(plain ? [eb.and([eb(audience, 'is', null), startsWith(plainFacts)])] : [])
			])
		);
	}
	if (filters.kind) query = query.where(startsWith(factKinds[filters.kind]));
	if (filters.organisation) query = query.where(sql`e.ids ->> 'organisation'`, '=', filters.organisation);
	if (filters.from) query = query.where('e.at', '>=', filters.from);
	if (filters.to) query = query.where('e.at', '<=', filters.to);
	return query;
}

/** One page of the facts of a chain, as far as somebody reads it, the latest first. The caller says how far that is. */
export async function listFacts(
	context: Pick<Context, 'db'>,
	chain: string,
	reach: Reach,
	filters: Filters,
	{ page = 1, size = pageSize } = {}
): Promise<{ facts: Fact[]; more: boolean }> {
	const rows = await factsAsked(context, chain, reach, filters)
		.select(['e.n', 'e.at', 'e.verb', 'p.content'])
		.select(sql<Record<string, string | null>>`e.ids`.as('ids'))
		.orderBy('e.at', 'desc')
		.orderBy('e.n', 'desc')
		.limit(size + 1)
		.offset((page - 1) * size)
		.execute();
	return {
		more: rows.length > size,
		facts: rows.slice(0, size).map(({ content, ...row }) => ({
			...row,
			says: content === null ? null : (JSON.parse(content) as Fact['says'])
		}))
	};
}

const tolerated = 2 * 60_000;

/**
 * Whether the clock of this machine disagrees: with what was written last, which would come from the future, or with the clock of
 * the database, by which jobs wake. Null where both agree, to two minutes.
 */
export async function clockDisagrees({
	db,
	now
}: Pick<Context, 'db' | 'now'>): Promise<{ latest: Date | null; database: Date | null } | null> {
	const latest = await db.selectFrom('entries').select('at').orderBy('at', 'desc').limit(1).executeTakeFirst();
	const rows = await ask(db, sql<{ at: Date }>`select clock_timestamp() as at`);
	const database = rows[0]!.at;
	const ahead = latest && latest.at.getTime() - now.getTime() > tolerated ? latest.at : null;
	const other = Math.abs(database.getTime() - now.getTime()) > tolerated ? database : null;
	return ahead || other ? { latest: ahead, database: other } : null;
}
