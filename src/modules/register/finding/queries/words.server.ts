import { sql } from 'kysely';
import { abbreviations } from '#content/search/abbreviations.ts';
import type { Reader } from '#platform/context.server.ts';
import { bare, isNear, wordsOf } from '#platform/database/text-search.server.ts';

/*
 * What a question means to the registers: its words as they stand in names, short forms both ways, the words that each may be a mistake
 * for, and the whole as PostgreSQL reads it.
 */

/** A word of a question, with what the vocabulary knows of it. */
export type Word = {
	typed: string;
	/** Typed as it stands in names: the word, its root, and one-word short forms both ways. */
	same: string[];
	/** Several words that it stands for, by their roots; and as they are written. */
	phrases: string[][];
	spelled: string[];
	near: string[];
	/** In how many names it stands, as it is or by what it stands for. */
	records: number;
};

/** Letters that stand alone are one acronym: « M.J.C. ». */
export const joined = (text: string): string => bare(text).replace(/(?<=\b[a-z]) (?=[a-z]\b)/g, '');

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
export async function look(db: Reader, typed: string[]): Promise<Word[]> {
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
				from official_vocabulary where word in (select unnest(${all}::text[])
					union select unnest(tsvector_to_array(to_tsvector('public.roots', ${all.join(' ')})))))`.as('known')
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
			spelled: (phrasesFor.get(word) ?? []).map((words) => words.join(' ')),
			near: [],
			records: Math.max(
				0,
				...same.map((one) => recordsOf.get(one) ?? 0),
				...(phrasesFor.get(word) ?? []).map((words) =>
					Math.min(...words.map((one) => Math.max(recordsOf.get(one) ?? 0, recordsOf.get(rootOf.get(one)!) ?? 0)))
				)
			)
		};
	});
}

const lettersLeftOut = (word: string): string[] => [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))];

/** Gives each of these words those of the vocabulary that it may be a mistake for, or the beginning of. */
export async function lookAround(db: Reader, words: Word[]): Promise<void> {
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

/** A word, and any of several, as PostgreSQL reads them. */
export const term = (word: string) => `'${word.replace(/['\\]/g, '')}'`;
export const anyOf = (terms: string[]) => (terms.length === 1 ? terms[0]! : `(${terms.join(' | ')})`);

/** The question as PostgreSQL reads one; `nearly`: each word may be mistyped. */
export function written(words: Word[], nearly: boolean): string {
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
