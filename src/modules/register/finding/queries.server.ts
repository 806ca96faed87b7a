import { sql, type RawBuilder } from 'kysely';
import { associationWords, legalWords } from '#content/search/legal-words.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { excerpt, wordsOf, type Asked as Marking, type Marked } from '#platform/database/text-search.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communesAround } from '#modules/territories/queries/nearby.server.ts';
import { communesOutside } from '#modules/territories/queries/outside.server.ts';
import { communeInFull } from '#modules/territories/rules.ts';
import { numbersMeant, type Identifier } from '#modules/organisations/rules/identifiers.ts';
import { pathOf } from '../rules/sources.ts';
import { bodiesBearing } from './queries/numbers.server.ts';
import { anyOf, joined, look, lookAround, term, written, type Word } from './queries/words.server.ts';

/*
 * How two million records are searched. `official_words` holds the words of each, `official_vocabulary` every word there is with how
 * many records bear it. A question is asked strictly first, and more broadly only where that finds too little; every step reads a
 * bounded number of records before it ranks them. What is already an organisation of the directory is left out.
 */

/** A step reads this many records at most, and ranks them all: beyond, « plus de 1 000 ». */
const mostRanked = 1000;
/** Those of a place are in order already: more of them are read. */
const mostListed = 20_000;
export const mostRead = (words: string): number => (words ? mostRanked : mostListed);
/** So few answers by name: purposes are looked at too. */
const few = 20;
export const pageSize = 20;

/** What one asks of the registers. `codes` are those of a place; null everywhere. */
export type Wanted = { words: string; codes: readonly string[] | null; kind: string | null };

/** What a record shows of its life: a sign of these years, nothing for years, or that it is no more. */
const lives = ['ended', 'silent', 'living'] as const;
type Found = { id: number; communeCode: string | null; life: number; score: number; here: boolean };

/** One way of reading a question: in names alone or in purposes too, with these words, as typed or one mistake away. */
type Reading = { column: 'names' | 'words'; words: Word[]; nearly: boolean };

/** That a record is an organisation of the directory. */
const here = sql<boolean>`exists (select from organisation_official_records r where r.body_id = official_words.body_id and r.until is null)`;

/** The records that answer one reading of a question; without one, those of its place. */
const answering = (db: Reader, wanted: Wanted, reading: Reading | null) =>
	db
		.selectFrom('officialWords')
		.select(['bodyId as id', 'communeCode', 'life', here.as('here')])
		.$if(reading !== null, (one) =>
			one.where(sql<boolean>`${sql.ref(reading!.column)} @@ ${written(reading!.words, reading!.nearly)}::tsquery`)
		)
		.$if(wanted.codes !== null, (one) => one.where(sql<boolean>`commune_code = any(${wanted.codes}::text[])`))
		.$if(wanted.kind !== null, (one) => one.where('kind', '=', wanted.kind!));

/** One step: at most so many records whose words answer, each with how well it does. Of too many, those that live before the others. */
async function read(db: Reader, wanted: Wanted, reading: Reading): Promise<Found[]> {
	const exactly = reading.words.map(({ same }) => anyOf(same.map(term)));
	const query = answering(db, wanted, reading)
		.select(
			// a name that holds the words as they were typed, and few others
			sql<number>`${sql.join(
				exactly.map((one): RawBuilder<unknown> => sql`(names @@ ${one}::tsquery)::int * 10`),
				sql` + `
			)} - least(length(names), 40) * 0.25`.as('score')
		)
		.limit(mostRanked + 1);
	const some = await query.execute();
	if (some.length <= mostRanked) return some;
	const living = await query.where('life', '=', lives.indexOf('living')).execute();
	return [...living, ...some.filter(({ life }) => life < lives.indexOf('living'))].slice(0, mostRanked + 1);
}

const best = (found: Found[]) => found.toSorted((a, b) => b.life - a.life || b.score - a.score || a.id - b.id);

/** What was found and is not here already, the best first; `beyond` those that were read. */
type Answer = {
	found: Found[];
	/** Those that an organisation of the directory is linked to, the best first. */
	entered: number[];
	beyond: boolean;
	nearly: boolean;
	left: string[];
	words: Word[];
	reading: Reading | null;
};
const mostEntered = 10;
const shown = (found: Found[], most: number) => ({
	found: found.slice(0, most).filter((one) => !one.here),
	entered: found
		.filter((one) => one.here)
		.slice(0, mostEntered)
		.map(({ id }) => id),
	beyond: found.length > most
});

/** What a question finds, from the strictest reading of it to the broadest; `left` are the words that no reading could keep. */
async function findRecords(db: Reader, wanted: Wanted): Promise<Answer> {
	const typed = wordsOf(joined(wanted.words));
	const nothing: Answer = { found: [], entered: [], beyond: false, nearly: false, left: [], words: [], reading: null };
	if (!Array.isArray(typed)) return nothing;
	const all = await look(db, typed);
	let words = all.toSorted((a, b) => a.records - b.records);
	const unknown = words.filter(({ records }) => records === 0);
	if (unknown.length) await lookAround(db, unknown);
	let looked = false;
	const left: string[] = [];
	const answer = (found: Found[], reading: Reading): Answer => ({
		...shown(best(found), mostRanked),
		nearly: reading.nearly,
		left,
		words: all,
		reading
	});
	for (;;) {
		const names: Reading = { column: 'names', words, nearly: false };
		const purposes: Reading = { column: 'words', words, nearly: false };
		const doubtful = words.some(({ records, near }) => records === 0 && near.length > 0);
		const named = doubtful ? [] : await read(db, wanted, names);
		if (named.length >= few) return answer(named, names);
		const told = doubtful ? [] : await read(db, wanted, purposes);
		// a name often lacks « association »: before it, the word is true of all; elsewhere it is left out when nothing else answers
		const bearing = words.filter(({ typed: one }) => !legalWords.includes(one));
		const barely = !doubtful && bearing.length > 0 && bearing.length < words.length;
		const begun = associationWords.includes(typed[0]!) || !(named.length || told.length);
		const without = barely && begun ? await read(db, wanted, { ...names, words: bearing }) : [];
		const either = [...new Map([...without, ...told, ...named].map((one) => [one.id, one])).values()];
		if (either.length) return answer(either, purposes);
		if (!looked)
			await lookAround(
				db,
				words.filter(({ records }) => records > 0)
			);
		looked = true;
		for (const reading of [names, purposes]) {
			const mistaken = { ...reading, nearly: true };
			const found = await read(db, wanted, mistaken);
			if (found.length) return answer(found, mistaken);
		}
		if (words.length < 2) return { ...nothing, left, words: all };
		// an unknown word that is near to nothing says least; otherwise the most common one
		const silent = words.find(({ records, near }) => records === 0 && !near.length) ?? words.at(-1)!;
		left.push(silent.typed);
		words = words.filter((word) => word !== silent);
	}
}

/** The records of a place without any word: those that live first. */
async function listRecords(db: Reader, wanted: Wanted): Promise<Answer> {
	const found = wanted.codes
		? await answering(db, wanted, null)
				.select(sql<number>`0`.as('score'))
				.orderBy('life', 'desc')
				.orderBy('bodyId')
				.limit(mostListed + 1)
				.execute()
		: [];
	return { ...shown(found, mostListed), nearly: false, left: [], words: [], reading: null };
}

/** The registers are for those who signed in, like the directory. */
const mayRead = ({ actor }: Context): boolean => actor.is === 'person' || actor.is === 'system';

/** The records that bear the number that was typed, where they are asked for. */
async function numbered(db: Reader, wanted: Wanted, numbers: Identifier[]): Promise<Answer> {
	const found = await answering(db, wanted, null)
		.select(sql<number>`0`.as('score'))
		.where('bodyId', 'in', bodiesBearing(numbers))
		.limit(pageSize)
		.execute();
	return { ...shown(best(found), pageSize), nearly: false, left: [], words: [], reading: null };
}

function answerTo(db: Reader, wanted: Wanted): Promise<Answer> {
	const numbers = numbersMeant(wanted.words);
	if (numbers.length) return numbered(db, wanted, numbers);
	return wanted.words ? findRecords(db, wanted) : listRecords(db, wanted);
}

const townsShown = 6;
const nearTown = 40;
type Town = { code: string; name: string; count: number; near: boolean };

/** The towns to ask for when many answer: those near the seeker, then where most are. */
async function townsOf(db: Reader, wanted: Wanted, { found, reading }: Answer, from: string | null): Promise<Town[]> {
	const around = from === null ? [] : (await communesAround(db, from, nearTown)).map(({ code }) => code);
	const within = wanted.codes === null ? around : around.filter((code) => wanted.codes!.includes(code));
	// those that were read need not hold those nearby
	const near = within.length
		? await db
				.selectFrom(
					answering(db, { ...wanted, codes: within }, reading)
						.where(sql<boolean>`not ${here}`)
						.limit(mostListed)
						.as('some')
				)
				.select(['communeCode', sql<number>`count(*)::int`.as('count')])
				.groupBy('communeCode')
				.execute()
		: [];
	const towns = new Map<string, Town>();
	const { byKey } = await communesOutside(db);
	const add = ({ communeCode, count }: InCommune, nearby: boolean) => {
		const commune = communeCode ? findCommune(communeCode) : null;
		const outside = communeCode && !commune ? byKey.get(communeCode) : null;
		const code = commune?.code ?? outside?.key;
		if (code && !towns.has(code))
			towns.set(code, { code, name: commune ? communeInFull(commune) : outside!.name, count, near: nearby });
	};
	for (const one of near.toSorted((a, b) => within.indexOf(a.communeCode!) - within.indexOf(b.communeCode!)).slice(0, townsShown))
		add(one, true);
	for (const one of byCommune(found)
		.toSorted((a, b) => b.count - a.count || ((a.communeCode ?? '') < (b.communeCode ?? '') ? -1 : 1))
		.slice(0, townsShown))
		add(one, false);
	// one town is where one looks already
	return towns.size > 1 ? [...towns.values()] : [];
}

type InCommune = { communeCode: string | null; count: number };

const byCommune = (found: readonly Found[]): InCommune[] =>
	[...Map.groupBy(found, ({ communeCode }) => communeCode)].map(([communeCode, some]) => ({ communeCode, count: some.length }));

type Entered = { organisationId: string; title: Marked[]; text: Marked[] };

/** What the registers say of organisations of the directory, by which they answer: their official names and purpose. */
async function listEntered(db: Reader, bodies: number[], mark: (text: string) => Marked[]): Promise<Entered[]> {
	if (!bodies.length) return [];
	const rows = await db
		.selectFrom('organisationOfficialRecords as r')
		.innerJoin('officialBodies as b', 'b.id', 'r.bodyId')
		.select(['r.organisationId', 'b.id', 'b.name', 'b.shortName', 'b.otherNames', 'b.purpose'])
		.where('r.until', 'is', null)
		.where('r.bodyId', 'in', bodies)
		.execute();
	return rows
		.toSorted((a, b) => bodies.indexOf(a.id) - bodies.indexOf(b.id))
		.map(({ organisationId, name, shortName, otherNames, purpose }) => ({
			organisationId,
			title: mark([name, shortName, ...(otherNames ?? [])].filter(Boolean).join(', ')),
			text: mark(purpose ?? '')
		}));
}

/**
 * One page of the official records that answer and that are not an organisation of the directory: names before purposes, exact before
 * corrected, those without signs of life last; with what matched. `entered` are the organisations whose records answer.
 */
export async function searchRegister(context: Context, wanted: Wanted, page: number, from: string | null = null) {
	const { db } = context;
	const none = { records: [], count: 0, beyond: false, towns: null, page: 1, pages: 1, nearly: false };
	const nothing = { ...none, left: [] as string[], entered: [] as Entered[] };
	if (!mayRead(context)) return nothing;
	const answer = await answerTo(db, wanted);
	const { found, beyond, nearly, left, words } = answer;
	const marking: Marking = {
		words: words.map(({ typed, same, spelled, near }) => ({
			typed,
			root: same[1] ?? typed,
			stands: [...same.slice(2), ...spelled],
			near
		}))
	};
	const mark = (text: string) => (words.length ? excerpt(marking, text) : [{ text: text.slice(0, 220), marked: false }]);
	const entered = words.length ? await listEntered(db, answer.entered, mark) : [];
	if (!found.length) return { ...nothing, left, entered };
	const pages = Math.ceil(found.length / pageSize);
	const at = Math.min(page, pages);
	const listed = found.slice((at - 1) * pageSize, at * pageSize);
	const rows = await db
		.selectFrom('officialBodies')
		.select(['id', 'source', 'key', 'name', 'shortName', 'purpose', 'kind', 'communeName'])
		.where(
			'id',
			'in',
			listed.map(({ id }) => id)
		)
		.execute();
	const byId = new Map(rows.map((row) => [row.id, row]));
	return {
		records: listed.flatMap(({ id, life }) => {
			const row = byId.get(id);
			if (!row) return [];
			return [
				{
					id,
					path: pathOf(row),
					kind: row.kind,
					life: lives[life]!,
					title: mark([row.name, row.shortName].filter(Boolean).join(', ')),
					place: mark(row.communeName ?? ''),
					text: mark(row.purpose ?? '')
				}
			];
		}),
		/** As many as are listed, and whether there are more. */
		count: found.length,
		beyond,
		/** The towns to ask for, when more answer than one would leaf through. */
		towns: beyond ? await townsOf(db, wanted, answer, from) : null,
		page: at,
		pages,
		nearly,
		left,
		entered
	};
}

/** Where the records that answer are, as far as one looks: how many in each commune. */
export async function placeRegister(context: Context, wanted: Wanted): Promise<{ rows: InCommune[]; beyond: boolean }> {
	if (!mayRead(context)) return { rows: [], beyond: false };
	const { found, beyond } = await answerTo(context.db, wanted);
	return { rows: byCommune(found), beyond };
}

/** The records that answer, by their numbers alone, for a file that is then written little by little; and whether there are more. */
export async function listAnswering(context: Context, wanted: Wanted): Promise<{ ids: number[]; beyond: boolean }> {
	if (!mayRead(context)) return { ids: [], beyond: false };
	const { found, beyond } = await answerTo(context.db, wanted);
	return { ids: found.map(({ id }) => id), beyond };
}

/** What a file says of these records, in their order: what their register publishes, never a street. */
export async function takeRecords(context: Context, ids: readonly number[]) {
	if (!mayRead(context) || !ids.length) return [];
	const rows = await context.db
		.selectFrom('officialBodies')
		.select(['id', 'source', 'key', 'name', 'shortName', 'purpose', 'kind', 'communeCode', 'communeName', 'website'])
		.select(['active', 'endedOn', 'vanishedAt', 'changedAt'])
		.where('id', 'in', [...ids])
		.execute();
	const byId = new Map(rows.map((row) => [row.id, row]));
	return ids.flatMap((id) => {
		const row = byId.get(id);
		return row ? [{ ...row, path: pathOf(row) }] : [];
	});
}
