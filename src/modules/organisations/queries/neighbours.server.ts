import { sql } from 'kysely';
import { ask, type Reader } from '#platform/context.server.ts';

const aCommune = 60;
const atAll = 300;

/**
 * The organisations of these communes, the nearest commune first, that said something of these themes or audiences: a bounded number,
 * another choice each week where there are more, read by commune and never through the whole directory. The caller has checked who asks.
 */
export async function neighboursThatSay(
	db: Reader,
	communes: readonly string[],
	{ themes, audiences }: { themes: readonly string[]; audiences: readonly string[] },
	turn: number
): Promise<string[]> {
	if (!communes.length || (!themes.length && !audiences.length)) return [];
	const rows = await ask(
		db,
		sql<{ id: string }>`
		select o.id from unnest(${communes}::text[]) with ordinality as c (code, nth)
		cross join lateral (
			select id from organisations where commune_code = c.code and merged_into is null and (themes <> '{}' or audiences <> '{}')
			and (plain_words(themes) && plain_words(${themes}::text[]) or plain_words(audiences) && plain_words(${audiences}::text[]))
			order by hashtextextended(id::text, ${turn}) limit ${aCommune}) o
		order by c.nth limit ${atAll}`
	);
	return rows.map(({ id }) => id);
}

/** What organisations say of themselves, in one question: for those that may be suggested. */
export async function speakingOf(db: Reader, ids: readonly string[]) {
	if (!ids.length) return [];
	return db
		.selectFrom('organisations')
		.select(['id', 'communeCode', 'purpose', 'themes', 'audiences', 'channels', 'constraints'])
		.where('id', 'in', [...ids])
		.where('mergedInto', 'is', null)
		.execute();
}
