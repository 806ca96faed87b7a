import { sql } from 'kysely';
import { administers, hubsOf, organisationsOf, personOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { exactlyOrNearly, holds, mostFound, type Asked as Question } from '#platform/database/text-search.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf, nobody, orNobody } from '#platform/ids.ts';
import { readingOf } from '#platform/reading.ts';
import { namesOfCooperations } from '#modules/cooperations/queries.server.ts';
import { trustedCommunes } from '#modules/hubs/queries.server.ts';
import { hubsWithin } from '#modules/hubs/queries/around.server.ts';
import { readsAll } from '#modules/needs/policy.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { findPublicPathOf } from '#modules/publications/queries/public.server.ts';
import { beginsFor, isMine, mayHide, mayShape, type Facts } from './policy.ts';
import { firstName, stateOf, voicesAtMost, type Kind } from './rules.ts';

const myVoices = ({ db, actor }: Context) =>
	db
		.selectFrom('ideaVoices')
		.where((eb) =>
			eb.or([
				eb('organisationId', 'in', orNobody(organisationsOf(actor))),
				eb.and([eb('organisationId', 'is', null), eb('personId', '=', personOf(actor) ?? nobody)]),
				...(actor.is === 'link' && actor.may === 'answer' ? [eb('id', '=', actor.thing)] : [])
			])
		)
		.select('ideaId');

/**
 * Every read of this module starts here: what is published and not hidden, for everybody or for the members of organisations; one's
 * own, whatever became of it; and for those who may hide, what is published in their territory.
 */
const visibleIdeas = (context: Context) => {
	const { actor, db } = context;
	return db
		.selectFrom('ideas as i')
		.where((eb) =>
			eb.or([
				eb.and([
					eb('i.publishedAt', 'is not', null),
					eb('i.hiddenAt', 'is', null),
					...(readsAll(actor) ? [] : [eb('i.inside', '=', false)])
				]),
				eb('i.id', 'in', myVoices(context)),
				...(administers(actor) ? [eb('i.publishedAt', 'is not', null)] : []),
				...(hubsOf(actor).length
					? [eb.and([eb('i.publishedAt', 'is not', null), eb('i.communeCode', 'in', trustedCommunes(db, hubsOf(actor)))])]
					: []),
				...(actor.is === 'system' ? [sql<boolean>`true`] : [])
			])
		);
};

/** What lists and searches hold: what anybody with the actor’s rights may read, hidden ones left out. */
export const listedIdeas = (context: Context) =>
	context.db
		.selectFrom('ideas as i')
		.where('i.publishedAt', 'is not', null)
		.where('i.hiddenAt', 'is', null)
		.$if(!readsAll(context.actor), (query) => query.where('i.inside', '=', false));

export const pathOf = ({ text, code }: { text: string; code: string }): string => `/idees/${addressName(text, code)}`;

const columns = [
	'i.id',
	'i.code',
	'i.text',
	'i.communeCode',
	'i.communeName',
	'i.zone',
	'i.themes',
	'i.dream',
	'i.forWhom',
	'i.moment',
	'i.kept',
	'i.firstStep',
	'i.firstStepOn',
	'i.inside',
	'i.publishedAt',
	'i.holdsUntil',
	'i.askedAt',
	'i.asleepAt',
	'i.hiddenAt',
	'i.hiddenReason',
	'i.hiddenFor',
	'i.cooperationId',
	'i.becameAt'
] as const;

/** Who stands in an idea as it is today: whoever dropped it, then those who joined and confirmed. The caller has found the idea. */
export const voicesOf = (db: Reader, ideaId: string) =>
	db
		.selectFrom('ideaVoices')
		.select(['id', 'dropped', 'organisationId', 'personId', 'name', 'email', 'text', 'lendsHand', 'joinedAt', 'confirmedAt'])
		.select(['leftAt', 'toldAt'])
		.where('ideaId', '=', ideaId)
		.where('leftAt', 'is', null)
		.orderBy('dropped', 'desc')
		.orderBy('confirmedAt')
		.orderBy('id')
		.limit(2 * voicesAtMost)
		.execute();
export type VoiceRow = Awaited<ReturnType<typeof voicesOf>>[number];

/** What it would need, in the order in which it was said. */
const needsOf = async (db: Reader, ideaId: string) =>
	(
		await db
			.selectFrom('ideaNeeds')
			.select(['id', 'kind', 'text'])
			.where('ideaId', '=', ideaId)
			.where('removedAt', 'is', null)
			.orderBy('addedAt')
			.orderBy('id')
			.limit(50)
			.execute()
	).map((need) => ({ ...need, kind: need.kind as Kind }));

/** Who a voice is, as it is shown: an organisation by its name; anybody else by a first name, and nothing more. */
async function shownVoices(context: Context, voices: VoiceRow[]) {
	const organisations = await summariesOf(
		context.db,
		voices.flatMap(({ organisationId }) => organisationId ?? [])
	);
	const people = await namesOfPersons(
		context.db,
		voices.flatMap(({ organisationId, personId }) => (organisationId === null && personId ? [personId] : []))
	);
	return voices
		.filter(({ confirmedAt }) => confirmedAt !== null)
		.map((voice) => {
			const of = voice.organisationId ? organisations.get(voice.organisationId) : undefined;
			const name = of?.name ?? firstName(voice.name ?? (voice.personId ? (people.get(voice.personId) ?? '') : ''));
			return {
				id: voice.id,
				dropped: voice.dropped,
				organisation: of !== undefined,
				name: name || null,
				path: of && context.actor.is === 'person' ? of.path : null,
				place: of?.place ?? null,
				text: voice.text,
				mine: isMine(context.actor, voice)
			};
		});
}

/** What it became, as far as the reader may know: the cooperation for its partners, its public page for everybody, or nothing but that. */
async function becameOf(context: Context, cooperationId: string | null) {
	if (!cooperationId) return null;
	const [seen] = await namesOfCooperations(context, [cooperationId]);
	return seen ?? (await findPublicPathOf(context, cooperationId));
}

/** What the forms showed of an idea, in a few signs. */
export const dreamtSo = (it: { dream: string | null; forWhom: string | null; moment: string | null; themes: string[] }): string =>
	readingOf([it.dream, it.forWhom, it.moment, it.themes]);
export const realSo = (it: { kept: string | null; firstStep: string | null; firstStepOn: string | null }): string =>
	readingOf([it.kept, it.firstStep, it.firstStepOn]);

type By = { code: string } | { id: string };

async function readIdea(context: Context, by: By) {
	const row = await visibleIdeas(context)
		.select(columns)
		.where('code' in by ? 'i.code' : 'i.id', '=', 'code' in by ? by.code : by.id)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const rows = await voicesOf(context.db, row.id);
	const facts: Facts = { voices: rows, hubs: row.communeCode ? await hubsWithin(context, row.communeCode) : [] };
	const { actor } = context;
	const shapes = mayShape(actor, facts);
	const hides = mayHide(actor, facts);
	const state = stateOf(row);
	return {
		...row,
		path: pathOf(row),
		state,
		facts,
		rows,
		voices: await shownVoices(context, rows),
		/** The organisations that stand in it. */
		organisations: [...new Set(rows.flatMap(({ organisationId }) => organisationId ?? []))],
		needs: await needsOf(context.db, row.id),
		became: await becameOf(context, row.cooperationId),
		// the reason is for those whom it concerns, and for those who gave it
		hiddenReason: shapes || hides ? row.hiddenReason : null,
		can: {
			join: state !== 'became' && !row.hiddenAt && row.publishedAt !== null,
			shape: shapes && state !== 'became' && !row.hiddenAt,
			begin: state !== 'became' && !row.hiddenAt ? beginsFor(actor, facts) : [],
			hide: hides
		}
	};
}

/** An idea by its code in an address, with how those who stand in it are reached: for commands, never for a page. */
export const findWholeIdea = (context: Context, address: string) => readIdea(context, { code: codeOf(address) });
export type WholeIdea = Awaited<ReturnType<typeof findWholeIdea>>;

/** An idea as a page shows it: nobody's address, nobody's whole name. */
const forPages = ({ rows: _rows, facts: _facts, hiddenFor: _hiddenFor, ...idea }: WholeIdea) => ({
	...idea,
	dreamtSo: dreamtSo(idea),
	realSo: realSo(idea)
});

/** An idea by its code in an address. */
export const findIdea = async (context: Context, address: string) => forPages(await findWholeIdea(context, address));
export type Idea = Awaited<ReturnType<typeof findIdea>>;

/** The idea of whoever bears the link of a voice, and that voice. */
export async function findIdeaOfLink(context: Context) {
	const { actor, db } = context;
	if (actor.is !== 'link' || actor.may !== 'answer') throw new NotFound('link');
	const voice = await db
		.selectFrom('ideaVoices')
		.select(['id', 'ideaId', 'dropped', 'confirmedAt', 'leftAt', 'text'])
		.where('id', '=', actor.thing)
		.executeTakeFirst();
	if (!voice || voice.leftAt) throw new NotFound('link');
	const idea = await readIdea(context, { id: voice.ideaId });
	return { idea: forPages(idea), voice, address: idea.code };
}

/** The ideas that an organisation dropped or joined, the latest first. The caller has found the organisation. */
export async function listIdeasOf(context: Context, organisationId: string, limit = 6) {
	const rows = await listedIdeas(context)
		.innerJoin('ideaVoices as v', 'v.ideaId', 'i.id')
		.select(['i.id', 'i.code', 'i.text', 'i.communeName', 'i.asleepAt', 'i.becameAt', 'v.dropped'])
		.where('v.organisationId', '=', organisationId)
		.where('v.leftAt', 'is', null)
		.orderBy('v.joinedAt', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...row, path: pathOf(row), state: stateOf(row) }));
}

/** The ideas that answer a question. */
export const searchIdeas = (context: Context, asked: Question) =>
	exactlyOrNearly(asked, async (nearly) => {
		const rows = await listedIdeas(context)
			.select(['i.id', 'i.code', 'i.text', 'i.communeName', 'i.dream'])
			.where(holds(asked, 'i.words', nearly))
			.orderBy('i.publishedAt', 'desc')
			.orderBy('i.id')
			.limit(mostFound)
			.execute();
		return rows.map((row) => ({
			id: row.id,
			title: row.text,
			text: [row.communeName, row.dream].filter(Boolean).join('. '),
			path: pathOf(row)
		}));
	});

/** The latest ideas that one may join: for the home page. */
export async function listLatestIdeas(context: Context, limit = 3) {
	const rows = await listedIdeas(context)
		.select(['i.id', 'i.code', 'i.text', 'i.communeName'])
		.where('i.cooperationId', 'is', null)
		.where('i.asleepAt', 'is', null)
		.orderBy('i.publishedAt', 'desc')
		.orderBy('i.id', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...row, path: pathOf(row) }));
}

/** What one dropped, joined or hid oneself, for the export; what one said by an address without an account too. */
export async function listOwnIdeas({ db, actor }: Context, email: string | null) {
	if (actor.is !== 'person') return { voices: [], hidden: [], began: [] };
	return {
		voices: await db
			.selectFrom('ideaVoices as v')
			.innerJoin('ideas as i', 'i.id', 'v.ideaId')
			.leftJoin('organisations as o', 'o.id', 'v.organisationId')
			.select(['i.text as idea', 'v.dropped', 'o.name as organisation', 'v.name', 'v.email', 'v.text', 'v.joinedAt', 'v.leftAt'])
			.where((eb) => eb.or([eb('v.personId', '=', actor.id), ...(email ? [eb('v.email', '=', email)] : [])]))
			.orderBy('v.joinedAt')
			.execute(),
		hidden: await db.selectFrom('ideas').select(['text', 'hiddenAt', 'hiddenReason']).where('hiddenBy', '=', actor.id).execute(),
		began: await db.selectFrom('ideas').select(['text', 'becameAt']).where('becameBy', '=', actor.id).execute()
	};
}
