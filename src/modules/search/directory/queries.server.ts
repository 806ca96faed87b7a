import type { Context } from '#platform/context.server.ts';
import { excerpt, wordsOf } from '#platform/database/text-search.server.ts';
import { communeOf } from '#modules/needs/queries.server.ts';
import { countSayers, sayersOf, sayersOfWords, sayingsOf } from '#modules/needs/queries/sayers.server.ts';
import { kinds, type Kind } from '#modules/needs/rules.ts';
import type { Asked, At } from '#modules/organisations/forms.ts';
import {
	answering,
	directoryFor,
	understandDirectory,
	type Town,
	type Understood
} from '#modules/organisations/queries/asked.server.ts';
import {
	countDirectory,
	listDirectory,
	listFacets,
	onMap,
	placeDirectory
} from '#modules/organisations/queries/directory.server.ts';
import { shown, summary } from '#modules/organisations/queries.server.ts';
import { placeRegister, searchRegister, type Wanted } from '#modules/register/finding/queries.server.ts';
import { entriesBearing } from '#modules/register/finding/queries/numbers.server.ts';

/*
 * The directory as it is searched: organisations, what they look for and offer, official registers. Each module answers for its own
 * tables, with what it lets the asker see; only here are they brought together.
 */

const kindIn = (word: string | null): Kind | null => kinds.find((kind) => kind === word) ?? null;

/** Understands what was asked of the directory; needs and offers count as what an organisation says of itself. */
export function understandSearch(context: Context, raw: Asked): Promise<Understood> {
	const [need, offer] = [kindIn(raw.need), kindIn(raw.offer)];
	return understandDirectory(
		context,
		{ ...raw, need, offer },
		{
			...(need ? { need: sayersOf(context, 'need', need) } : {}),
			...(offer ? { offer: sayersOf(context, 'offer', offer) } : {}),
			saying: (question, nearly) => sayersOfWords(context, question, nearly),
			bearing: entriesBearing
		}
	);
}

/** How many organisations answer, as far as one counts. */
export const countSearch = async (context: Context, asked: Asked): Promise<number> =>
	countDirectory(context, await understandSearch(context, asked));

const mostLeftOut = 5;

/** What the same question finds without one of its words: for when nothing answers them all. Each is its own search, counted as it would be. */
export async function listWithout(
	context: Context,
	{ asked, numbers }: Understood
): Promise<{ left: string; words: string; count: number }[]> {
	const typed = asked.words.split(/\s+/);
	const said = typed.flatMap((word, at) => (Array.isArray(wordsOf(word)) ? at : []));
	if (numbers.length || said.length < 2 || said.length > mostLeftOut) return [];
	const found: { left: string; words: string; count: number }[] = [];
	for (const at of said) {
		const words = typed.toSpliced(at, 1).join(' ');
		// a word that was typed twice
		if (found.some((one) => one.words === words)) continue;
		const count = await countSearch(context, { ...asked, words });
		if (count) found.push({ left: typed[at]!, words, count });
	}
	return found;
}

/** What is asked of the registers; null when they cannot say: they know neither themes nor audiences, networks, needs nor offers. */
export function wantedOfRegisters(
	context: Context,
	{ asked, place, town }: Understood,
	maybe: Town | null = null
): Wanted | null {
	if (context.actor.is !== 'person' || (place && !place.area)) return null;
	if (asked.theme || asked.audience || asked.network || asked.need || asked.offer) return null;
	const words = (maybe ?? town)?.rest ?? asked.words;
	const codes = maybe?.codes ?? place?.codes ?? null;
	return words === '' && codes === null ? null : { words, codes, kind: asked.kind };
}

/** One page of the official records that answer: in the town that the words name, when the directory has nothing there but they do. */
async function listRecords(context: Context, understood: Understood, found: boolean, page: number) {
	const from = await communeOf(context);
	const { maybe } = understood;
	const there = maybe && !found && !understood.asked.literally ? wantedOfRegisters(context, understood, maybe) : null;
	const inTown = there && (await searchRegister(context, there, page, from));
	if (inTown?.count && !inTown.left.length) return { ...inTown, town: maybe!.name };
	const wanted = wantedOfRegisters(context, understood);
	return wanted ? { ...(await searchRegister(context, wanted, page, from)), town: null } : null;
}

/** The organisations that answer only by what the registers say of them: those that answer themselves stand in the list already. */
async function listEntered(
	context: Context,
	understood: Understood,
	entered: Awaited<ReturnType<typeof searchRegister>>['entered']
) {
	const ids = [...new Set(entered.map(({ organisationId }) => organisationId))];
	if (!ids.length) return [];
	const listed = await answering(context, understood).select('id').where('id', 'in', ids).execute();
	const others = ids.filter((id) => !listed.some((one) => one.id === id));
	const named = others.length ? await directoryFor(context).select(shown).where('id', 'in', others).execute() : [];
	const byId = new Map(named.map((row) => [row.id, summary(row)]));
	return others.flatMap((id) => {
		const organisation = byId.get(id);
		const { title, text } = entered.find((one) => one.organisationId === id)!;
		return organisation ? [{ organisation, title, text }] : [];
	});
}

/** A page of the directory: organisations with the sentences that answer, and the official records below them. */
export async function searchDirectory(context: Context, understood: Understood, at: At & { registerPage: number }) {
	const { asked, question, marking, nearly } = understood;
	const listed = await listDirectory(context, understood, at);
	const said = await sayingsOf(
		context,
		listed.organisations.map(({ id }) => id),
		{ need: kindIn(asked.need), offer: kindIn(asked.offer), question, nearly }
	);
	const register = await listRecords(context, understood, listed.count > 0, at.registerPage);
	return {
		...listed,
		organisations: listed.organisations.map((one) => ({
			...one,
			sayings: (said.get(one.id) ?? []).map(({ side, kind, text, path }) => ({
				side,
				kind,
				path,
				text: marking ? excerpt(marking, text, 300) : [{ text, marked: false }]
			}))
		})),
		entered: await listEntered(context, understood, register?.entered ?? []),
		register
	};
}

/** What narrows further, each with how many organisations it leaves. */
export async function listChoices(context: Context, understood: Understood) {
	const among = (but: 'need' | 'offer') => answering(context, understood, but).select('id');
	return {
		...(await listFacets(context, understood)),
		needs: await countSayers(context, 'need', among('need')),
		offers: await countSayers(context, 'offer', among('offer'))
	};
}

/** Where the organisations that answer are; the official records too, when they were asked for, as far as they are read. */
export async function placeSearch(context: Context, understood: Understood) {
	const wanted = understood.asked.registers ? wantedOfRegisters(context, understood) : null;
	const records = wanted ? await placeRegister(context, wanted) : null;
	return {
		...(await placeDirectory(context, understood)),
		records: records && { ...(await onMap(context.db, records.rows)), beyond: records.beyond }
	};
}
