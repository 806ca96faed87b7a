import { sql, type Kysely } from 'kysely';
import { lifeOf } from '../queries/life.server.ts';
import type { DB } from '#platform/database/tables.ts';

/** Records are read in steps of this many, each committed: whatever cuts it, it goes on where it was. */
const step = 50_000;

const rows = (now: Date) => sql`
	select b.id, names, names || to_tsvector('public.roots', public.bare(left(coalesce(b.purpose, ''), 2000))) as words,
		b.commune_code, b.kind, ${sql.raw(lifeOf(`timestamptz '${now.toISOString()}'`))} as life
	from official_bodies b, lateral (select public.words_of_names(b.name || ' ' || coalesce(b.short_name, '') || ' '
		|| coalesce(array_to_string(b.other_names, ' '), '') || ' ' || coalesce(b.commune_name, '')) as names) as said`;

const indexes = [
	['official_words_by_name', 'using gin (names) with (fastupdate = off)'],
	['official_words_by_word', 'using gin (words) with (fastupdate = off)'],
	['official_words_by_commune', '(commune_code, life desc, body_id)']
] as const;

/**
 * Reads the words of the records that changed since the last time, then counts the vocabulary anew. The first time the indexes are
 * built after the rows, which takes a third of the time.
 */
export async function indexRecords(db: Kysely<DB>, now: Date, stopping: () => boolean = () => false): Promise<number> {
	const before = await db.selectFrom('officialIndexing').select('until').executeTakeFirst();
	const { last, until } = await db
		.selectFrom('officialBodies')
		.select([sql<number>`coalesce(max(id), 0)::float8`.as('last'), sql<Date | null>`max(changed_at)`.as('until')])
		.executeTakeFirstOrThrow();
	if (!until || (before && before.until >= until)) return 0;
	if (!before) for (const [name] of indexes) await sql`drop index if exists ${sql.ref(name)}`.execute(db);
	let written = 0;
	for (let from = 0; from < last && !stopping(); from += step) {
		const changed = before ? sql`and b.changed_at > ${before.until}` : sql``;
		const range = sql`b.id > ${from} and b.id <= ${from + step} ${changed}`;
		await sql`delete from official_words w using official_bodies b where w.body_id = b.id and b.same_as is not null and ${range}`.execute(
			db
		);
		const { numAffectedRows } = await sql`
			insert into official_words (body_id, names, words, commune_code, kind, life) ${rows(now)}
			where b.same_as is null and ${range}
			on conflict (body_id) do update set names = excluded.names, words = excluded.words, commune_code = excluded.commune_code,
				kind = excluded.kind, life = excluded.life`.execute(db);
		written += Number(numAffectedRows ?? 0);
	}
	if (stopping()) return written;
	for (const [name, how] of indexes)
		await sql`create index if not exists ${sql.ref(name)} on official_words ${sql.raw(how)}`.execute(db);
	await db.transaction().execute(async (write) => {
		await sql`truncate official_vocabulary`.execute(write);
		await sql`insert into official_vocabulary (word, records, without_a_letter)
			select word, ndoc, without_a_letter(word) from ts_stat('select names from official_words')
			where word ~ '^[a-z0-9]{2,30}$'`.execute(write);
		await sql`insert into official_indexing (id, until, records) values (1, ${until}, (select count(*) from official_words))
			on conflict (id) do update set until = excluded.until, records = excluded.records`.execute(write);
	});
	await sql`analyze official_words, official_vocabulary`.execute(db);
	return written;
}
