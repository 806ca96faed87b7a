import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Context, Writer } from '#platform/context.server.ts';

/** Whose chain a fact belongs to. */
export type Chain = { cooperation: string } | { organisation: string };

const idOf = (chain: Chain): string => ('cooperation' in chain ? chain.cooperation : chain.organisation);

/** Begins the chain of a cooperation or of an organisation, in the transaction that makes it. */
export async function beginChain(write: Writer, chain: Chain): Promise<void> {
	await write
		.insertInto('chains')
		.values({ id: idOf(chain), kind: 'cooperation' in chain ? 'cooperation' : 'organisation' })
		.execute();
}

/**
 * Writes a fact into the journal, in its own transaction. `verb` names the sentence (`line-written` is said by
 * `journal_line_written`), `says` fills it in and can be erased by right; `ids` can't: nothing personal goes there but ids.
 */
export async function tell(
	write: Writer,
	{ actor, now }: Context,
	{
		chain,
		verb,
		ids = {},
		says
	}: { chain: Chain; verb: string; ids?: Record<string, string | null>; says: Record<string, string | number> }
): Promise<void> {
	const who = actor.is === 'person' ? { person: actor.id } : actor.is === 'link' ? { link: actor.id } : {};
	await sql`select tell(${idOf(chain)}::uuid, ${now}::timestamptz, ${verb}, ${JSON.stringify({ ...who, ...ids })}::jsonb,
		${randomBytes(16)}::bytea, ${JSON.stringify(says)})`.execute(write);
}

/**
 * Erases by right the words that name somebody: those told of them (`ids.member`), and those that hold their name in a chain where
 * they acted. The links stay, so the chain stays whole and says « erased ». Returns how many.
 */
export async function erase(write: Writer, person: { id: string; name: string }): Promise<number> {
	const written = JSON.stringify(person.name)
		.slice(1, -1)
		.replace(/[%_\\]/g, '\\$&');
	const { numAffectedRows } = await sql`
		with met as (
			select distinct chain from entries where ids ->> 'person' = ${person.id}
			union select chain from entries where ids ? 'member' and ids ->> 'member' = ${person.id})
		delete from payloads p using entries e, met
		where p.chain = met.chain and e.chain = p.chain and e.n = p.n
		and ((e.ids ? 'member' and e.ids ->> 'member' = ${person.id}) or p.content like ${`%${written}%`})`.execute(write);
	return Number(numAffectedRows ?? 0);
}

/** Closes the chain of what has ended: no other fact is written into it (constraint `chain_is_closed`). */
export async function closeChain(write: Writer, now: Date, chain: Chain): Promise<void> {
	await write.updateTable('chains').set({ closedAt: now }).where('id', '=', idOf(chain)).execute();
}

/** Opens it again. */
export async function openChain(write: Writer, chain: Chain): Promise<void> {
	await write.updateTable('chains').set({ closedAt: null }).where('id', '=', idOf(chain)).execute();
}

/** Begins the chains of many organisations at once. */
export async function beginChains(write: Writer, organisationIds: string[]): Promise<void> {
	if (!organisationIds.length) return;
	await sql`insert into chains (id, kind) select id, 'organisation' from unnest(${organisationIds}::uuid[]) as id`.execute(write);
}

/** Writes many facts of one verb in one statement, each into the chain of its organisation: what `tell` does for one. */
export async function tellMany(
	write: Writer,
	now: Date,
	verb: string,
	facts: { organisation: string; ids: Record<string, string | null>; says: Record<string, string | number> }[]
): Promise<void> {
	if (!facts.length) return;
	await sql`select tell(chain, ${now}::timestamptz, ${verb}, ids::jsonb, salt, says)
		from unnest(${facts.map(({ organisation }) => organisation)}::uuid[], ${facts.map(({ ids }) => JSON.stringify(ids))}::text[],
			${facts.map(() => randomBytes(16))}::bytea[], ${facts.map(({ says }) => JSON.stringify(says))}::text[]
		) as fact (chain, ids, salt, says)`.execute(write);
}
