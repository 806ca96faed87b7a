import { sql, type RawBuilder } from 'kysely';
import type { Reader } from '../context.server.ts';

/*
 * How texts are searched, whatever they speak of. A table that is searched has a column `words` (migrations 1940 and 1941); its module
 * filters with `holds(asked, column)`, reads at most `mostFound` rows, and lets `ranked` put the nearest first.
 */

/** How many things of one kind a search looks at: beyond, one asks more precisely. */
export const mostFound = 200;

/** French words too common to ask for. PostgreSQL's own list lacks « les » and keeps accents. */
const common = new Set(
	(
		'au aux avec ce ces cet cette dans de des du elle elles en est et eux il ils je la le les leur leurs lui ma mais me mes moi mon ne nos ' +
		'notre nous on ont ou par pas plus pour qu que qui sa se ses si son sont sous sur ta te tes toi ton tu un une vos votre vous y a'
	).split(' ')
);

/** « L’Été » → « l ete »: what remains of a text when accents, capitals and signs are taken away. */
export const bare = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/œ/gi, 'oe')
		.replace(/æ/gi, 'ae')
		.replace(/ß/g, 'ss')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

/** One word of a question: what was typed, its root, what it may stand for, and the known words that it may be a mistake for. */
export type AskedWord = { typed: string; root: string; stands: string[]; near: string[] };
export type Asked = { words: AskedWord[] };

/** Why nothing can be looked for, when nothing can. */
export type Unasked = 'nothing' | 'too short' | 'too common';

/** « M.J.C. » and « m j c » are one word. Two letters without a point stay two: « il n’y a ». */
const lettersJoined = (text: string): string =>
	text.replace(
		/(?<![\p{L}\p{N}])\p{L}(?:\. ?\p{L}(?![\p{L}\p{N}]))+\.?|(?<![\p{L}\p{N}])\p{L}(?: \p{L}(?![\p{L}\p{N}’'])){2,}/gu,
		(letters) => letters.replace(/[. ]/g, '')
	);

/** The words of a question that are worth looking for, eight at most. */
export function wordsOf(question: string): string[] | Unasked {
	const typed = [
		...new Set(
			bare(lettersJoined(question.slice(0, 400)))
				.split(' ')
				.filter(Boolean)
		)
	];
	if (!typed.length) return 'nothing';
	const long = typed.filter((word) => word.length > 1).map((word) => word.slice(0, 60));
	if (!long.length) return 'too short';
	const rare = long.filter((word) => !common.has(word));
	return rare.length ? rare.slice(0, 8) : 'too common';
}

/** One or two mistakes of the fingers: a letter too many, too few, another, or two in the wrong order. Two in a long word only. */
export function isNear(typed: string, word: string): boolean {
	if (typed.length < 4 || typed === word) return false;
	const allowed = typed.length < 8 ? 1 : 2;
	if (Math.abs(typed.length - word.length) > allowed) return false;
	// the optimal string alignment distance: Levenshtein's, and two neighbours that changed places count for one
	let before: number[] = [];
	let last = Array.from({ length: word.length + 1 }, (_, j) => j);
	for (let i = 1; i <= typed.length; i++) {
		const row = [i];
		for (let j = 1; j <= word.length; j++) {
			const same = typed[i - 1] === word[j - 1];
			let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
			if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
				best = Math.min(best, before[j - 2]! + 1);
			row.push(best);
		}
		[before, last] = [last, row];
	}
	return last[word.length]! <= allowed;
}

/**
 * What each word of a question may also be written as, both ways: « asso » as « association », and the words of « maison des jeunes et
 * de la culture », when all are there, as « mjc »; a text holds the short form or all of them.
 */
function standing(words: readonly string[], abbreviations: Readonly<Record<string, readonly string[]>>): string[][] {
	const stands = words.map((typed) => (Object.hasOwn(abbreviations, typed) ? abbreviations[typed]!.map(bare) : []));
	for (const [short, longs] of Object.entries(abbreviations))
		for (const long of longs) {
			const said = bare(long)
				.split(' ')
				.filter((word) => word.length > 1 && !common.has(word));
			const at = said.map((word) => words.indexOf(word));
			if (at.length && !at.includes(-1)) for (const one of at) stands[one]!.push(short);
		}
	return stands.map((some) => [...new Set(some)]);
}

/**
 * Understands a question: `abbreviations` says what a short form stands for. The words that are near come from every text there is,
 * all of them or none: they only widen the question, and what answers it is what the asker may see.
 */
export async function understand(
	db: Reader,
	words: string[],
	abbreviations: Readonly<Record<string, readonly string[]>>
): Promise<Asked> {
	const { roots, near } = await db
		.selectFrom(sql<{ one: number }>`(select 1 as one)`.as('once'))
		.select([
			sql<string[]>`array(select coalesce((tsvector_to_array(to_tsvector('public.roots', typed)))[1], typed)
				from unnest(${words}::text[]) with ordinality as asked (typed, n) order by n)`.as('roots'),
			sql<string[]>`array(select distinct typed || ' ' || word from unnest(${words}::text[]) typed join known_words k
				on length(word) between length(typed) - 2 and length(typed) + 2
				and length(typed) between 4 and 30 and typed ~ '^[a-z]+$' and levenshtein_less_equal(typed, word, 2) <= 2)`.as('near')
		])
		.executeTakeFirstOrThrow();
	const pairs = near.map((pair) => pair.split(' ') as [string, string]).filter(([typed, word]) => isNear(typed, word));
	const stands = standing(words, abbreviations);
	return {
		words: words.map((typed, i) => ({
			typed,
			root: roots[i]!,
			stands: stands[i]!,
			near: pairs.filter(([one]) => one === typed).map(([, word]) => word)
		}))
	};
}

const oneOf = (queries: RawBuilder<unknown>[]) => sql`(${sql.join(queries, sql` || `)})`;

/** Whether a row's words hold every word of the question: its root, its beginning, what it stands for; or, `nearly`, a near word. */
export function holds(asked: Asked, column: string | RawBuilder<unknown>, nearly: boolean): RawBuilder<boolean> {
	const query = asked.words.map(({ typed, stands, near }) =>
		oneOf([
			sql`plainto_tsquery('public.roots', ${typed})`,
			...(typed.length > 2 ? [sql`to_tsquery('pg_catalog.simple', ${`${typed}:*`})`] : []),
			...stands.map((words) => sql`plainto_tsquery('public.roots', ${words})`),
			...(nearly ? near.map((word) => sql`plainto_tsquery('pg_catalog.simple', ${word})`) : [])
		])
	);
	const words = typeof column === 'string' ? sql.ref(column) : column;
	return sql<boolean>`${words} @@ (${sql.join(query, sql` && `)})`;
}

/** Whether a row's title, whose words weigh A, begins every word of the question: to be looked at first. */
export const inTitle = ({ words }: Asked, column: string) =>
	sql<boolean>`${sql.ref(column)} @@ to_tsquery('pg_catalog.simple', ${words.map(({ typed }) => `${typed}:*A`).join(' & ')})`;

/** How much one word of a question says of a word of a text; 0 when they have nothing in common. */
function weight({ typed, root, stands, near }: AskedWord, word: string): number {
	if (word === typed) return 6;
	if (word.startsWith(root) && root.length > 2) return 5;
	if (typed.length > 2 && word.startsWith(typed)) return 4;
	if (stands.some((one) => one.split(' ').includes(word))) return 4;
	return near.includes(word) || isNear(typed, word) ? 2 : 0;
}

/** The best that a text says of each asked word, added up. */
function score(asked: Asked, text: string): number {
	const said = new Set(bare(lettersJoined(text)).split(' '));
	let sum = 0;
	for (const word of asked.words) {
		let best = 0;
		for (const one of said) best = Math.max(best, weight(word, one));
		sum += best;
	}
	return sum;
}

/** The nearest first: what stands in a title counts twice what a text says, and a short title is all about it. */
export function ranked<T extends { title: string; text: string }>(asked: Asked, found: T[]): T[] {
	return found
		.map((one) => ({
			one,
			score: 2 * score(asked, one.title) + score(asked, one.text) + 1 / (1 + bare(one.title).split(' ').length)
		}))
		.toSorted((a, b) => b.score - a.score)
		.map(({ one }) => one);
}

/** Answers a question exactly; when nothing does, as if each word might be mistyped. */
export async function exactlyOrNearly<T extends { title: string; text: string }>(
	asked: Asked,
	read: (nearly: boolean) => Promise<T[]>
): Promise<T[]> {
	const exactly = await read(false);
	return ranked(asked, exactly.length ? exactly : await read(true));
}

/** A piece of an excerpt: marked when it answers the question. Text, never markup. */
export type Marked = { text: string; marked: boolean };

/** The words of a text, « M.J.C. » being one. */
const words = /((?<![\p{L}\p{N}])\p{L}(?:\. ?\p{L}(?![\p{L}\p{N}]))+\.?|[\p{L}\p{N}\p{M}]+)/u;

/** The part of a text that answers the question best, its words marked. */
export function excerpt(asked: Asked, text: string, length = 220): Marked[] {
	const pieces = text.split(words).map((piece, i) => ({
		text: piece,
		marked: i % 2 === 1 && asked.words.some((word) => weight(word, bare(lettersJoined(piece))) > 0)
	}));
	const first = pieces.findIndex(({ marked }) => marked);
	let from = 0;
	if (text.length > length && first > 0) {
		let back = 0;
		from = first;
		while (from > 0 && back + pieces[from - 1]!.text.length < length / 3) back += pieces[--from]!.text.length;
	}
	const shown: Marked[] = from > 0 ? [{ text: '… ', marked: false }] : [];
	let said = 0;
	for (const piece of pieces.slice(from)) {
		if (said > 0 && said + piece.text.length > length) {
			shown.push({ text: '…', marked: false });
			break;
		}
		said += piece.text.length;
		const last = shown.at(-1);
		if (last && !last.marked && !piece.marked) last.text += piece.text;
		else if (piece.text) shown.push({ ...piece });
	}
	return shown;
}

/**
 * What was probably meant, when words were mistyped: each replaced by the nearest word that stands in the texts found, which are texts
 * that the asker may see, and written as it is there. Null when every word was found as it was typed.
 */
export function meant(asked: Asked, found: { title: string; text: string }[]): string | null {
	const said = new Set<string>();
	// each word as it is first written, with its accents
	const written = new Map<string, string>();
	for (const { title, text } of found.slice(0, 20))
		for (const [word] of `${title} ${text}`.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
			const plain = bare(word);
			said.add(plain);
			if (!written.has(plain)) written.set(plain, word === word.toUpperCase() ? word.toLowerCase() : word.normalize('NFC'));
		}
	let changed = false;
	const words = asked.words.map((word) => {
		if ([...said].some((one) => weight(word, one) > 2)) return written.get(word.typed) ?? word.typed;
		const near = [...said].filter((one) => weight(word, one) > 0);
		if (!near.length) return word.typed;
		changed = true;
		const far = (one: string) => Math.abs(one.length - word.typed.length);
		return written.get(near.toSorted((a, b) => far(a) - far(b))[0]!)!;
	});
	return changed ? words.join(' ') : null;
}
