import { sql, type RawBuilder } from 'kysely';
import { abbreviations } from '#content/search/abbreviations.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { bare, excerpt, isNear, wordsOf, type Asked as Marking } from '#platform/database/text-search.server.ts';

/*
 * How two million records are searched. `official_words` holds the words of each, `official_vocabulary` every word there is with how
 * many records bear it. A question is asked strictly first, and more broadly only where that finds too little; every step reads a
 * bounded number of records before it ranks them.
 */

/** A step reads this many records at most before it ranks them: beyond, « plus de 1 000 ». */
export const mostRead = 1000;
/** So few answers by name: purposes are looked at too. */
const few = 20;
export const pageSize = 20;

/** What one asks of the registers. `codes` are those of a place; null everywhere. */
export type Wanted = { words: string; codes: readonly string[] | null; kind: string | null };

type Word = {
	typed: string;
	/** Typed as it stands in names: the word, its root, and one-word short forms both ways. */
	same: string[];
	/** Several words that it stands for. */
	phrases: string[][];
	near: string[];
	/** In how many names it stands, as it is or near. */
	records: number;
};

/** Letters that stand alone are one acronym: « M.J.C. ». */
const joined = (text: string): string => bare(text).replace(/(?<=\b[a-z]) (?=[a-z]\b)/g, '');

const shortFor = new Map<string, string[]>();
const phrasesFor = new Map<string, string[][]>();
for (const [short, longs] of Object.entries(abbreviations))
	for (const long of longs) {
		const words = wordsOf(long);
		if (!Array.isArray(words)) continue;
		if (words.length > 1) {
			phrasesFor.set(short, [...(phrasesFor.get(short) ?? []), words]);
			continue;
		}
		shortFor.set(short, [...(shortFor.get(short) ?? []), words[0]!]);
		shortFor.set(words[0]!, [...(shortFor.get(words[0]!) ?? []), short]);
	}
const mostNear = 10;

/** The words of a question, with what the vocabulary knows of them. */
async function look(db: Reader, typed: string[]): Promise<Word[]> {
	const all = [
		...new Set(typed.flatMap((word) => [word, ...(shortFor.get(word) ?? []), ...(phrasesFor.get(word) ?? []).flat()]))
	];
	const { roots, known } = await db
		.selectFrom(sql<{ one: number }>`(select 1 as one)`.as('once'))
		.select([
			sql<string[]>`array(select coalesce((tsvector_to_array(to_tsvector('public.roots', word)))[1], word)
				from unnest(${all}::text[]) with ordinality as asked (word, n) order by n)`.as('roots'),
			sql<
				{ word: string; records: number }[]
			>`(select coalesce(json_agg(json_build_object('word', word, 'records', records)), '[]')
				from official_vocabulary where word = any(${all}::text[]))`.as('known')
		])
		.executeTakeFirstOrThrow();
	const rootOf = new Map(all.map((word, i) => [word, roots[i]!]));
	const recordsOf = new Map(known.map(({ word, records }) => [word, records]));
	return typed.map((word) => {
		const same = [...new Set([word, ...(shortFor.get(word) ?? [])].flatMap((one) => [one, rootOf.get(one)!]))];
		return {
			typed: word,
			same,
			phrases: (phrasesFor.get(word) ?? []).map((words) => words.map((one) => rootOf.get(one)!)),
			near: [],
			records: Math.max(0, ...same.map((one) => recordsOf.get(one) ?? 0))
		};
	});
}

const lettersLeftOut = (word: string): string[] => [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))];

/** Gives each of these words those of the vocabulary that it may be a mistake for, or the beginning of. */
async function lookAround(db: Reader, words: Word[]): Promise<void> {
	const typed = words.map((word) => word.typed).filter((word) => /^[a-z0-9]{3,30}$/.test(word));
	if (!typed.length) return;
	const left = typed.flatMap((word) => (word.length > 3 ? lettersLeftOut(word) : []));
	const { around } = await db
		.selectFrom(sql<{ one: number }>`(select 1 as one)`.as('once'))
		.select(
			sql<
				{ word: string; records: number }[]
			>`(select coalesce(json_agg(json_build_object('word', word, 'records', records)), '[]') from (
				(select word, records from official_vocabulary
					where without_a_letter && (select coalesce(array_agg(hashtext(one)), '{}') from unnest(${left}::text[]) one) limit 2000)
				union
				(select v.word, v.records from unnest(${typed}::text[]) as one cross join lateral
					(select word, records from official_vocabulary where word ~>=~ one and word ~<~ (one || '~') order by records desc limit 6) v)
			) as v)`.as('around')
		)
		.executeTakeFirstOrThrow();
	for (const word of words)
		word.near = around
			.filter((one) => !word.same.includes(one.word))
			.filter((one) =>
				Math.abs(one.word.length - word.typed.length) <= 1
					? isNear(word.typed, one.word)
					: word.records === 0 && one.word.startsWith(word.typed)
			)
			.toSorted((a, b) => b.records - a.records)
			.slice(0, mostNear)
			.map((one) => one.word);
}

const term = (word: string) => `'${word.replace(/['\\]/g, '')}'`;
const anyOf = (terms: string[]) => (terms.length === 1 ? terms[0]! : `(${terms.join(' | ')})`);

/** The question as PostgreSQL reads one; `nearly`: each word may be mistyped. */
function written(words: Word[], nearly: boolean): string {
	const said = words.map((word) =>
		anyOf([
			...word.same.map(term),
			...word.phrases.map((phrase) => `(${phrase.map(term).join(' & ')})`),
			...(nearly ? word.near.map(term) : [])
		])
	);
	let whole = said.join(' & ');
	// « maison des jeunes et de la culture » also finds « MJC »
	for (const [short, phrases] of phrasesFor)
		for (const phrase of phrases) {
			const places = phrase.map((one) => words.findIndex(({ typed }) => typed === one));
			if (places.includes(-1)) continue;
			const others = said.filter((_, i) => !places.includes(i));
			whole = `(${whole}) | (${[term(short), ...others].join(' & ')})`;
		}
	return whole;
}

type Found = { id: number; living: boolean; score: number };

/** One step: at most so many records whose words answer, each with how well it does. */
async function read(db: Reader, column: 'names' | 'words', words: Word[], nearly: boolean, wanted: Wanted): Promise<Found[]> {
	const query = written(words, nearly);
	const exactly = words.map(({ same }) => anyOf(same.map(term)));
	const said = sql.ref(column);
	return db
		.selectFrom('officialWords')
		.select(['bodyId as id', sql<boolean>`life > 0`.as('living')])
		.select(
			// a name that holds the words as they were typed, and few others
			sql<number>`${sql.join(
				exactly.map((one): RawBuilder<unknown> => sql`(names @@ ${one}::tsquery)::int * 10`),
				sql` + `
			)} - least(length(names), 40) * 0.25 + life * 0.5`.as('score')
		)
		.where(sql<boolean>`${said} @@ ${query}::tsquery`)
		.$if(wanted.codes !== null, (one) => one.where(sql<boolean>`commune_code = any(${wanted.codes}::text[])`))
		.$if(wanted.kind !== null, (one) => one.where('kind', '=', wanted.kind!))
		.limit(mostRead + 1)
		.execute();
}

const best = (found: Found[]) =>
	found.toSorted((a, b) => Number(b.living) - Number(a.living) || b.score - a.score || a.id - b.id);

/** What a question finds, from the strictest reading of it to the broadest; `left` are the words that no reading could keep. */
export async function findRecords(
	db: Reader,
	wanted: Wanted
): Promise<{ found: Found[]; nearly: boolean; left: string[]; words: Word[] }> {
	const typed = wordsOf(joined(wanted.words));
	if (!Array.isArray(typed)) return { found: [], nearly: false, left: [], words: [] };
	const all = await look(db, typed);
	let words = all.toSorted((a, b) => a.records - b.records);
	const unknown = words.filter(({ records }) => records === 0);
	if (unknown.length) await lookAround(db, unknown);
	let looked = false;
	const left: string[] = [];
	for (;;) {
		const doubtful = words.some(({ records, near }) => records === 0 && near.length > 0);
		const named = doubtful ? [] : await read(db, 'names', words, false, wanted);
		if (named.length >= few) return { found: best(named), nearly: false, left, words: all };
		const told = doubtful ? [] : await read(db, 'words', words, false, wanted);
		const either = [...named, ...told.filter(({ id }) => named.every((one) => one.id !== id))];
		if (either.length) return { found: best(either), nearly: false, left, words: all };
		if (!looked)
			await lookAround(
				db,
				words.filter(({ records }) => records > 0)
			);
		looked = true;
		const nearly = await read(db, 'names', words, true, wanted);
		if (nearly.length) return { found: best(nearly), nearly: true, left, words: all };
		const purposes = await read(db, 'words', words, true, wanted);
		if (purposes.length) return { found: best(purposes), nearly: true, left, words: all };
		if (words.length < 2) return { found: [], nearly: false, left, words: all };
		// an unknown word that is near to nothing says least; otherwise the most common one
		const silent = words.find(({ records, near }) => records === 0 && !near.length) ?? words.at(-1)!;
		left.push(silent.typed);
		words = words.filter((word) => word !== silent);
	}
}

/** The records of a place without any word: those that live first. */
async function listRecords(db: Reader, wanted: Wanted): Promise<Found[]> {
	if (!wanted.codes) return [];
	return db
		.selectFrom('officialWords')
		.select(['bodyId as id', sql<boolean>`life > 0`.as('living'), sql<number>`0`.as('score')])
		.where(sql<boolean>`commune_code = any(${wanted.codes}::text[])`)
		.$if(wanted.kind !== null, (one) => one.where('kind', '=', wanted.kind!))
		.orderBy('life', 'desc')
		.orderBy('bodyId')
		.limit(mostRead + 1)
		.execute();
}

/**
 * One page of the official records that answer and that are not an organisation of the directory: names before purposes, exact before
 * corrected, those without signs of life last; with what matched.
 */
export async function searchRegister(context: Context, wanted: Wanted, page: number) {
	const { db, actor } = context;
	const nothing = { records: [], count: 0, beyond: false, page: 1, pages: 1, nearly: false, left: [] as string[] };
	if (actor.is !== 'person' && actor.is !== 'system') return nothing;
	const { found, nearly, left, words } = wanted.words
		? await findRecords(db, wanted)
		: { found: await listRecords(db, wanted), nearly: false, left: [], words: [] };
	if (!found.length) return { ...nothing, left };
	const beyond = found.length > mostRead;
	const linked = await db
		.selectFrom('organisationOfficialRecords')
		.select('bodyId')
		.where('until', 'is', null)
		.where(
			'bodyId',
			'in',
			found.map(({ id }) => id)
		)
		.execute();
	const here = new Set(linked.map(({ bodyId }) => bodyId));
	const shown = found.slice(0, mostRead).filter(({ id }) => !here.has(id));
	const pages = Math.max(1, Math.ceil(shown.length / pageSize));
	const at = Math.min(page, pages);
	const ids = shown.slice((at - 1) * pageSize, at * pageSize).map(({ id }) => id);
	const rows = ids.length
		? await db
				.selectFrom('officialBodies')
				.select([
					'id',
					'source',
					'key',
					'name',
					'shortName',
					'purpose',
					'kind',
					'communeName',
					'communeCode',
					'active',
					'declaredOn',
					'endedOn',
					'vanishedAt'
				])
				.where('id', 'in', ids)
				.execute()
		: [];
	const byId = new Map(rows.map((row) => [row.id, row]));
	const marking: Marking = {
		words: words.map(({ typed, same, phrases, near }) => ({
			typed,
			root: same[1] ?? typed,
			stands: [...same.slice(2), ...phrases.map((phrase) => phrase.join(' '))],
			near
		}))
	};
	const life = new Map(shown.map(({ id, living }) => [id, living]));
	const mark = (text: string) => (words.length ? excerpt(marking, text) : [{ text: text.slice(0, 220), marked: false }]);
	return {
		records: ids.flatMap((id) => {
			const row = byId.get(id);
			if (!row) return [];
			return [
				{
					id,
					source: row.source,
					key: row.key,
					kind: row.kind,
					living: life.get(id)!,
					title: mark([row.name, row.shortName].filter(Boolean).join(', ')),
					place: mark(row.communeName ?? ''),
					text: mark(row.purpose ?? ''),
					declaredOn: row.declaredOn,
					endedOn: row.endedOn
				}
			];
		}),
		count: Math.min(shown.length, mostRead),
		beyond,
		page: at,
		pages,
		nearly,
		left
	};
}
