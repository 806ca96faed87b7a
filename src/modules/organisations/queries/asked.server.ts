import { sql, type Expression, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import { abbreviations } from '#content/search/abbreviations.ts';
import { associationWords, legalWords } from '#content/search/legal-words.ts';
import { ask, type Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { holds, understand, wordsOf, type Asked as Question } from '#platform/database/text-search.server.ts';
import { placeMeant } from '#modules/territories/queries/areas.server.ts';
import { communesOutside, outsideNamedIn } from '#modules/territories/queries/outside.server.ts';
import { codesOf, communesNamedIn } from '#modules/territories/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { keyOf, type Area } from '#modules/territories/rules/areas.ts';
import type { Asked } from '../forms.ts';
import { numbersMeant, type Identifier } from '../rules/identifiers.ts';
import { visibleOrganisations } from '../queries.server.ts';

/*
 * What is asked of the directory, understood, and the query of those that answer: from it start the list, its counts, its map, its files
 * and the views that people keep.
 */

export type Query = SelectQueryBuilder<DB, 'organisations', object>;
type Place = Awaited<ReturnType<typeof placeMeant>>;
/** Organisations that another module names. */
type Named = Expression<{ organisationId: string }>;

/**
 * What another module finds organisations by: those that look for something of a kind, that offer some, whose own sentences hold
 * the words of a question, and whose official records bear a number. Each says no more than its module lets the asker see.
 */
type Besides = {
	need?: Named;
	offer?: Named;
	saying?: (question: Question, nearly: boolean) => Named;
	bearing?: (numbers: Identifier[]) => Named;
};

/** The directory: whoever signed in reads all of it; a stranger reads those that chose to be shown to everyone. */
export const directoryFor = (context: Context): Query =>
	context.actor.is === 'stranger'
		? context.db
				.selectFrom('organisations')
				.where('mergedInto', 'is', null)
				.where(sql<boolean>`'public' = any (shows)`)
		: visibleOrganisations(context);

/** What was asked, understood: the words, the place, and whether only mistaken words answer. */
export type Understood = {
	asked: Asked;
	besides: Besides;
	/** The words that are looked for; `marking` those that are marked: the town among them too. */
	question: Question | null;
	marking: Question | null;
	unasked: string | null;
	/** The numbers that what was typed may be: those that bear one answer, and nothing else. */
	numbers: Identifier[];
	nearly: boolean;
	/** What nobody says as it was asked, and the words that come near it. */
	instead: Instead;
	place: Place | null;
	/** The words that were read as the name of a town, as it is written, and the words that are left. */
	town: Town | null;
	/** The town that the words may name, though nothing of the directory answers there. */
	maybe: Town | null;
};
export type Town = { name: string; rest: string; codes: string[]; byNumber: boolean };
/** Of the communes that share a postcode, this many are named. */
const mostNamed = 3;

/** The facets that are words, and the columns that hold them. */
export const wordFacets = [
	['theme', 'themes'],
	['audience', 'audiences'],
	['network', 'networks']
] as const;

type WordFacet = (typeof wordFacets)[number][0];
type Instead = Partial<Record<WordFacet, string[]>>;
const mostInstead = 30;

/** That an organisation is in a territory: by the code of its commune, or abroad by its name or postcode. */
export const within = (codes: readonly string[], abroad: Area['abroad']): RawBuilder<boolean> =>
	abroad
		? sql<boolean>`(commune_code = any(${codes}::text[]) or commune_code is null
			and (trim(bare(commune_name)) = any(${abroad.names}::text[]) or postcode = any(${abroad.postcodes}::text[])))`
		: sql<boolean>`commune_code = any(${codes}::text[])`;

/** That an organisation bears one of these numbers, bore it, or is of an official record that does. */
function bears(numbers: readonly Identifier[], { bearing }: Besides): RawBuilder<boolean> {
	const each = sql`(select kind, value from unnest(${numbers.map(({ kind }) => kind)}::text[],
		${numbers.map(({ value }) => value)}::text[]) as one (kind, value))`;
	return sql<boolean>`id in (select organisation_id from organisation_identifiers where (kind, value) in ${each}
		union select organisation_id from past_identifiers where (kind, value) in ${each}
		${bearing ? sql`union ${bearing([...numbers])}` : sql``})`;
}

/** The organisations that answer; a facet left out is counted over what the others leave. */
export function answering(
	context: Context,
	{
		asked,
		besides,
		question,
		numbers,
		nearly,
		instead,
		place
	}: Pick<Understood, 'asked' | 'besides' | 'question' | 'numbers' | 'nearly' | 'instead' | 'place'>,
	but?: 'kind' | 'need' | 'offer' | WordFacet
): Query {
	let query = directoryFor(context);
	if (question) {
		const said = holds(question, 'words', nearly);
		query = query.where(
			besides.saying
				? sql<boolean>`id in (select id from organisations where ${said} union ${besides.saying(question, nearly)})`
				: said
		);
	}
	if (numbers.length) query = query.where(bears(numbers, besides));
	if (asked.kind && but !== 'kind') query = query.where('kind', '=', asked.kind);
	for (const facet of ['need', 'offer'] as const)
		if (besides[facet] && but !== facet) query = query.where(sql<boolean>`id in ${besides[facet]}`);
	for (const [facet, column] of wordFacets)
		if (asked[facet] && but !== facet)
			query = query.where(
				sql<boolean>`plain_words(${sql.ref(column)}) && plain_words(${instead[facet] ?? [asked[facet]]}::text[])`
			);
	return place ? query.where(within(place.codes, place.abroad)) : query;
}

/** The words that come near a theme, an audience or a network that nobody the asker sees says so: « jardins » is « jardin » or « jardinage ». */
async function wordsInstead(context: Context, [facet, column]: (typeof wordFacets)[number], said: string): Promise<Instead> {
	const asked = wordsOf(said);
	if (!Array.isArray(asked)) return {};
	const says = sql<boolean>`plain_words(${sql.ref(column)}) @> array[plain(${said})]`;
	if (await directoryFor(context).select('id').where(says).limit(1).executeTakeFirst()) return {};
	const question = await understand(context.db, asked, abbreviations);
	// read by their combinations, which are few
	const all = directoryFor(context)
		.select(column)
		.distinct()
		.where(sql<boolean>`${sql.ref(column)} <> '{}'`);
	for (const nearly of [false, true]) {
		const rows = await ask(
			context.db,
			sql<{ word: string }>`select distinct on (plain(one)) one as word from ${all} as said, unnest(${sql.ref(column)}) as one
				where ${holds(question, sql`words_of(one)`, nearly)} order by plain(one) limit ${mostInstead}`
		);
		if (rows.length) return { [facet]: rows.map(({ word }) => word) };
	}
	return {};
}

type NamedTown = { rest: string; byNumber: boolean; key: string; codes: string[]; name: string };

/** The towns that some words of a question name, in France then abroad, each with the other words. */
async function townsNamedIn({ db }: Context, words: string): Promise<NamedTown[]> {
	const towns: NamedTown[] = [];
	const named = communesNamedIn(words);
	if (named)
		towns.push({
			rest: named.rest,
			byNumber: named.byNumber,
			key: keyOf('commune', named.communes[0]!.code),
			codes: codesOf(named.communes.map(({ code }) => code)),
			// namesakes bear one name; those of a postcode each have theirs
			name: [...new Set(named.communes.map(communeLabel))].slice(0, mostNamed).join(', ')
		});
	const outside = outsideNamedIn(await communesOutside(db), words);
	if (outside) {
		const { key, name } = outside.commune;
		towns.push({ rest: outside.rest, byNumber: false, key, codes: [key], name });
	}
	return towns;
}

/** The same question without the words that name a town, which is its place; null when a name is all that is asked. */
async function withTown(context: Context, plain: Understood, named: NamedTown): Promise<Understood | null> {
	const { asked, question } = plain;
	const left = wordsOf(named.rest);
	const words = Array.isArray(left) ? question!.words.filter(({ typed }) => left.includes(typed)) : [];
	if (!words.length && !named.byNumber) return null;
	const place = await placeMeant(context.db, named.key, asked.km);
	const { codes } = named;
	return {
		...plain,
		question: words.length ? { words } : null,
		marking: words.length ? question : null,
		place: { ...place, codes: [...new Set([...place.codes, ...codes])], others: [] },
		town: {
			name: named.name,
			rest: words.length ? named.rest : '',
			codes,
			byNumber: named.byNumber
		}
	};
}

/** The same question without its legal words; null when it has none, or nothing else. */
function withoutLegal(reading: Understood): Understood | null {
	const all = reading.question?.words ?? [];
	const words = all.filter(({ typed }) => !legalWords.includes(typed));
	return words.length && words.length < all.length ? { ...reading, question: { words } } : null;
}

/**
 * Understands what was asked. A town among the words is a place when something answers there, a postcode always; mistaken words are
 * forgiven when nothing answers those that were typed, and a legal word is left out when nothing holds it with the others. A place that nothing is called leaves nothing.
 */
export async function understandDirectory(context: Context, asked: Asked, besides: Besides = {}): Promise<Understood> {
	const numbers = numbersMeant(asked.words);
	const words = asked.words && !numbers.length ? wordsOf(asked.words) : null;
	const question = Array.isArray(words) ? await understand(context.db, words, abbreviations) : null;
	const place = asked.place ? await placeMeant(context.db, asked.place, asked.km) : null;
	let instead: Instead = {};
	for (const facet of wordFacets) {
		const said = asked[facet[0]];
		if (said) instead = { ...instead, ...(await wordsInstead(context, facet, said)) };
	}
	const plain: Understood = {
		asked,
		besides,
		question,
		marking: question,
		unasked: typeof words === 'string' ? words : null,
		numbers,
		nearly: false,
		instead,
		place,
		town: null,
		maybe: null
	};
	if (!question) return plain;
	const there: Understood[] = [];
	for (const named of place || asked.literally ? [] : await townsNamedIn(context, asked.words)) {
		const reading = await withTown(context, plain, named);
		if (reading) there.push(reading);
	}
	plain.maybe = there[0]?.town ?? null;
	const last = there.find(({ town }) => town!.byNumber) ?? plain;
	const asTyped = [...there.filter((one) => one !== last), last];
	// « association » before a name is true of all: it excludes none of them
	const begun = associationWords.includes(question.words[0]!.typed);
	const readings = begun
		? asTyped.map((one) => withoutLegal(one) ?? one)
		: [...asTyped, ...asTyped.flatMap((one) => withoutLegal(one) ?? [])];
	for (const nearly of [false, true])
		for (const reading of readings) {
			const mistaken = reading.question?.words.some(({ near }) => near.length) ?? false;
			if (nearly && !mistaken) continue;
			// the last reading is the answer, whether it finds something or not
			if (reading === readings.at(-1) && (nearly || !mistaken)) return { ...reading, nearly };
			const one = { ...reading, nearly };
			if (await answering(context, one).select('id').limit(1).executeTakeFirst()) return one;
		}
	return last;
}
