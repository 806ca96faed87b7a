import { sql, type RawBuilder } from 'kysely';
import type { Context, Reader } from '#platform/context.server.ts';
import { excerpt, wordsOf, type Asked as Marking } from '#platform/database/text-search.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communesAround } from '#modules/territories/queries/nearby.server.ts';
import { communeInFull } from '#modules/territories/rules.ts';
import { pathOf } from '../rules/sources.ts';
import { anyOf, joined, look, lookAround, term, written, type Word } from './queries/words.server.ts';

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

type Found = { id: number; living: boolean; score: number };

/** One way of reading a question: in names alone or in purposes too, with these words, as typed or one mistake away. */
type Reading = { column: 'names' | 'words'; words: Word[]; nearly: boolean };

/** The records that answer one reading of a question; without one, those of its place. */
const answering = (db: Reader, wanted: Wanted, reading: Reading | null) =>
	db
		.selectFrom('officialWords')
		.$if(reading !== null, (one) =>
			one.where(sql<boolean>`${sql.ref(reading!.column)} @@ ${written(reading!.words, reading!.nearly)}::tsquery`)
		)
		.$if(wanted.codes !== null, (one) => one.where(sql<boolean>`commune_code = any(${wanted.codes}::text[])`))
		.$if(wanted.kind !== null, (one) => one.where('kind', '=', wanted.kind!));

/** One step: at most so many records whose words answer, each with how well it does. */
async function read(db: Reader, wanted: Wanted, reading: Reading): Promise<Found[]> {
	const exactly = reading.words.map(({ same }) => anyOf(same.map(term)));
	return answering(db, wanted, reading)
		.select(['bodyId as id', sql<boolean>`life > 0`.as('living')])
		.select(
			// a name that holds the words as they were typed, and few others
			sql<number>`${sql.join(
				exactly.map((one): RawBuilder<unknown> => sql`(names @@ ${one}::tsquery)::int * 10`),
				sql` + `
			)} - least(length(names), 40) * 0.25 + life * 0.5`.as('score')
		)
		.limit(mostRead + 1)
		.execute();
}

const best = (found: Found[]) =>
	found.toSorted((a, b) => Number(b.living) - Number(a.living) || b.score - a.score || a.id - b.id);

type Answer = { found: Found[]; nearly: boolean; left: string[]; words: Word[]; reading: Reading | null };

/** What a question finds, from the strictest reading of it to the broadest; `left` are the words that no reading could keep. */
async function findRecords(db: Reader, wanted: Wanted): Promise<Answer> {
	const typed = wordsOf(joined(wanted.words));
	const nothing: Answer = { found: [], nearly: false, left: [], words: [], reading: null };
	if (!Array.isArray(typed)) return nothing;
	const all = await look(db, typed);
	let words = all.toSorted((a, b) => a.records - b.records);
	const unknown = words.filter(({ records }) => records === 0);
	if (unknown.length) await lookAround(db, unknown);
	let looked = false;
	const left: string[] = [];
	const answer = (found: Found[], reading: Reading): Answer => ({
		found: best(found),
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
		const either = [...named, ...told.filter(({ id }) => named.every((one) => one.id !== id))];
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
				.select(['bodyId as id', sql<boolean>`life > 0`.as('living'), sql<number>`0`.as('score')])
				.orderBy('life', 'desc')
				.orderBy('bodyId')
				.limit(mostRead + 1)
				.execute()
		: [];
	return { found, nearly: false, left: [], words: [], reading: null };
}

/** The registers are for those who signed in, like the directory. */
const mayRead = ({ actor }: Context): boolean => actor.is === 'person' || actor.is === 'system';

const answerTo = (db: Reader, wanted: Wanted): Promise<Answer> =>
	wanted.words ? findRecords(db, wanted) : listRecords(db, wanted);

/** The records that answer and are not an organisation of the directory, the best first; at most so many as are read. */
async function notHere(db: Reader, found: readonly Found[]): Promise<Found[]> {
	if (!found.length) return [];
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
	return found.slice(0, mostRead).filter(({ id }) => !here.has(id));
}

/** Of a name that thousands bear, this many are looked at to say in which towns they are. */
const mostOfACrowd = 20_000;
const townsShown = 6;
const nearTown = 40;
export type Crowd = { count: number; beyond: boolean; towns: { code: string; name: string; count: number; near: boolean }[] };

/** How many records answer when there are too many to rank, and the towns to ask for: those near the seeker, then where most are. */
async function crowdOf(db: Reader, wanted: Wanted, reading: Reading | null, from: string | null): Promise<Crowd> {
	const counted = async (narrowed: Wanted, most: number) =>
		db
			.selectFrom(answering(db, narrowed, reading).select('communeCode').limit(most).as('some'))
			.select(['communeCode', sql<number>`count(*)::int`.as('count')])
			.groupBy('communeCode')
			.orderBy('count', 'desc')
			.orderBy('communeCode')
			.execute();
	const around = from === null ? [] : (await communesAround(db, from, nearTown)).map(({ code }) => code);
	const within = wanted.codes === null ? around : around.filter((code) => wanted.codes!.includes(code));
	const nearest = within.length ? await counted({ ...wanted, codes: within }, mostOfACrowd) : [];
	const all = await counted(wanted, mostOfACrowd + 1);
	const count = all.reduce((sum, one) => sum + one.count, 0);
	const towns = new Map<string, Crowd['towns'][number]>();
	const add = (code: string | null, many: number, near: boolean) => {
		const commune = code ? findCommune(code) : null;
		if (commune && !towns.has(commune.code))
			towns.set(commune.code, { code: commune.code, name: communeInFull(commune), count: many, near });
	};
	for (const one of nearest
		.toSorted((a, b) => within.indexOf(a.communeCode!) - within.indexOf(b.communeCode!))
		.slice(0, townsShown))
		add(one.communeCode, one.count, true);
	for (const one of all.slice(0, townsShown)) add(one.communeCode, one.count, false);
	return { count: Math.min(count, mostOfACrowd), beyond: count > mostOfACrowd, towns: [...towns.values()] };
}

/**
 * One page of the official records that answer and that are not an organisation of the directory: names before purposes, exact before
 * corrected, those without signs of life last; with what matched.
 */
export async function searchRegister(context: Context, wanted: Wanted, page: number, from: string | null = null) {
	const { db } = context;
	const nothing = { records: [], count: 0, crowd: null, page: 1, pages: 1, nearly: false, left: [] as string[] };
	if (!mayRead(context)) return nothing;
	const { found, nearly, left, words, reading } = await answerTo(db, wanted);
	if (!found.length) return { ...nothing, left };
	const crowd = found.length > mostRead ? await crowdOf(db, wanted, reading, from) : null;
	const shown = await notHere(db, found);
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
					path: pathOf(row),
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
		/** As many as are listed; when there are more, the crowd says how many and where. */
		count: shown.length,
		crowd,
		page: at,
		pages,
		nearly,
		left
	};
}

/** Where the records that answer are, as far as one looks: how many in each commune. */
export async function placeRegister(
	context: Context,
	wanted: Wanted
): Promise<{ rows: { communeCode: string | null; count: number }[]; beyond: boolean }> {
	if (!mayRead(context)) return { rows: [], beyond: false };
	const { found } = await answerTo(context.db, wanted);
	const shown = await notHere(context.db, found);
	if (!shown.length) return { rows: [], beyond: false };
	const rows = await context.db
		.selectFrom('officialWords')
		.select(['communeCode', sql<number>`count(*)::int`.as('count')])
		.where(
			'bodyId',
			'in',
			shown.map(({ id }) => id)
		)
		.groupBy('communeCode')
		.execute();
	return { rows, beyond: found.length > mostRead };
}

/** The records that answer, by their numbers alone, for a file that is then written little by little. */
export async function listAnswering(context: Context, wanted: Wanted): Promise<number[]> {
	if (!mayRead(context)) return [];
	return (await notHere(context.db, (await answerTo(context.db, wanted)).found)).map(({ id }) => id);
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
export type TakenRecord = Awaited<ReturnType<typeof takeRecords>>[number];
