import { sql } from 'kysely';
import { countFirstParties } from '#modules/agreements/queries/order.server.ts';
import { sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { written } from '#modules/evaluations/indicators/rules.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import type { Kind } from '#modules/lines/rules.ts';
import { countSessions } from '#modules/sessions/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { m } from '#words';
import { mayShow } from './policy.ts';
import { fairOrder, missing, mustAgree, type Content, type Figure, type Shown } from './rules.ts';
import { balanceOf, timesNamed } from './rules/balance.ts';

/** Every read of drafts starts here: what partners propose to show is theirs until all have said yes. */
const visibleVersions = (context: Context) =>
	context.db.selectFrom('publicPageVersions as v').where('v.cooperationId', 'in', sharedCooperations(context));

/** What a version `v` says: JSON for the database, which keeps it as the rules wrote it. */
export const contentOfVersion = sql<Content>`v.content`.as('content');

const columns = ['v.id', 'v.n', contentOfVersion, 'v.proposedAt', 'v.proposedFor', 'v.publishedAt'] as const;

/** The picture of a version, as it is kept. */
const coverColumns = ['file', 'mediaType', 'width', 'height', 'says'] as const;

/** The picture of a version of a page; null when it has none. Whoever asks has found the version. */
export const coverOf = async ({ db }: Pick<Context, 'db'>, versionId: string) =>
	(await db.selectFrom('publicPagePictures').select(coverColumns).where('versionId', '=', versionId).executeTakeFirst()) ?? null;

/** The last version that was proposed, and the one that everybody reads today. */
async function versionsOf(context: Context, cooperationId: string) {
	const online = await context.db
		.selectFrom('publicPages')
		.select(['versionId', 'since'])
		.where('cooperationId', '=', cooperationId)
		.executeTakeFirst();
	const versions = await visibleVersions(context)
		.select(columns)
		.where('v.cooperationId', '=', cooperationId)
		.where((eb) =>
			eb.or([
				eb('v.id', '=', online?.versionId ?? null),
				eb(
					'v.n',
					'=',
					eb
						.selectFrom('publicPageVersions as w')
						.select(({ fn }) => fn.max('w.n').as('n'))
						.where('w.cooperationId', '=', cooperationId)
				)
			])
		)
		.orderBy('v.n', 'desc')
		.execute();
	return {
		last: versions[0],
		online: versions.find(({ id }) => id === online?.versionId),
		since: online?.since ?? null
	};
}

/** How often each partner was first on a page that was public. */
async function countFirsts(context: Context, cooperationId: string): Promise<Map<string, number>> {
	const rows = await context.db
		.selectFrom('publicPageVersions')
		.select([sql<string | null>`content -> 'order' ->> 0`.as('first'), sql<number>`count(*)::int`.as('times')])
		.where('cooperationId', '=', cooperationId)
		.where('publishedAt', 'is not', null)
		.groupBy(sql`content -> 'order' ->> 0`)
		.execute();
	return new Map(rows.flatMap(({ first, times }) => (first ? [[first, times] as const] : [])));
}

/** The order in which the next version names the partners. */
export const nextOrder = async (context: Context, cooperation: Cooperation): Promise<string[]> =>
	fairOrder(cooperation.accepted, await countFirsts(context, cooperation.id));

/** Which public partners, funders and supports want to be named. */
export async function namedOf({ db }: Pick<Context, 'db'>, cooperationId: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('publicPageNamings')
		.select('organisationId')
		.where('cooperationId', '=', cooperationId)
		.where('named', '=', true)
		.where('endedAt', 'is', null)
		.execute();
	return new Set(rows.map(({ organisationId }) => organisationId));
}

/** What is public, what is proposed, who said what: for the partners. */
export async function findPublicPage(context: Context, cooperation: Cooperation) {
	const { last, online, since } = await versionsOf(context, cooperation.id);
	const rows = last
		? await context.db
				.selectFrom('publicPageAnswers')
				.select(['organisationId', 'answer', 'reason', 'at'])
				.where('versionId', '=', last.id)
				.where('endedAt', 'is', null)
				.execute()
		: [];
	const answers = rows.map((row) => ({ ...row, answer: row.answer as 'yes' | 'no' }));
	const yes = answers.filter(({ answer }) => answer === 'yes').map(({ organisationId }) => organisationId);
	return {
		last: last ? { ...last, cover: await coverOf(context, last.id) } : null,
		online: online ?? null,
		since,
		answers: mustAgree(cooperation.accepted).map(({ organisationId, name }) => ({
			organisationId,
			name,
			said: answers.find((one) => one.organisationId === organisationId) ?? null
		})),
		missing: last ? missing(cooperation.accepted, yes).map(({ organisationId }) => organisationId) : [],
		named: await namedOf(context, cooperation.id)
	};
}

export type PublicPage = Awaited<ReturnType<typeof findPublicPage>>;

/** How much each partner is seen: on the page, in its texts, first among the others, first in the agreement. */
export async function findBalance(context: Context, cooperation: Cooperation, page: PublicPage) {
	const content = (page.online ?? page.last)?.content;
	if (!content) return [];
	const firsts = await countFirsts(context, cooperation.id);
	const parties = await countFirstParties(context.db, cooperation.id);
	const texts = [content.lead, content.happened, content.changed, content.next, ...content.lines.map(({ text }) => text)].join(
		'\n'
	);
	const carrying = new Set(mustAgree(cooperation.accepted).map(({ organisationId }) => organisationId));
	return balanceOf(
		cooperation.accepted.map(({ organisationId, name }) => ({
			organisationId,
			name,
			listed: carrying.has(organisationId) || page.named.has(organisationId),
			written: timesNamed(texts, name),
			lines: content.lines.filter((line) => line.organisationId === organisationId).length,
			first: firsts.get(organisationId) ?? 0,
			firstParty: parties.get(organisationId) ?? 0
		}))
	);
}

const shownKinds: readonly Kind[] = ['information', 'objective', 'public', 'need', 'decision', 'role', 'contribution', 'date'];

/**
 * What can be put on the page in the name of an organisation: figures that the partners share, lines that are for everyone, its own
 * lines, and what another organisation has put there itself, as it put it.
 */
export async function listShowable(
	context: Context,
	cooperation: Cooperation,
	by: readonly string[],
	before: Content | null
): Promise<{ figures: Figure[]; lines: Shown[] }> {
	const indicators = await listIndicators(context, cooperation);
	const sums = await countSessions(context, cooperation.id);
	const lines = await listLines(context, cooperation.id, shownKinds);
	const standing = new Set(cooperation.accepted.map(({ organisationId }) => organisationId));
	const own = lines.filter((line) => by.some((id) => mayShow(line, id)));
	return {
		figures: [
			...(sums.held ? [{ of: 'held', label: m.publications_figure_held({ n: sums.held }), value: String(sums.held) }] : []),
			...(sums.people
				? [{ of: 'people', label: m.publications_figure_people({ n: sums.people }), value: written(String(sums.people)) }]
				: []),
			...indicators
				.filter(({ figure, line }) => figure !== null && (line.audience !== 'organisation' || by.includes(line.actingFor)))
				.map(({ figure, line }) => ({
					of: line.root,
					label: line.text.replace(/\.$/, ''),
					value: written(figure!)
				}))
		],
		lines: [
			...own.map(({ root, actingFor, text }) => ({ root, organisationId: actingFor, text })),
			...(before?.lines ?? []).filter((line) => standing.has(line.organisationId) && !own.some(({ root }) => root === line.root))
		]
	};
}

/** What this module holds about oneself, for the export: pages proposed, answers given, names chosen. */
export async function listOwnPublications({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	return {
		proposed: await db
			.selectFrom('publicPageVersions as v')
			.innerJoin('cooperations as c', 'c.id', 'v.cooperationId')
			.select(['c.name as cooperation', 'v.n', 'v.content', 'v.proposedAt'])
			.where('v.proposedBy', '=', actor.id)
			.orderBy('v.proposedAt')
			.execute(),
		answers: await db
			.selectFrom('publicPageAnswers as a')
			.innerJoin('publicPageVersions as v', 'v.id', 'a.versionId')
			.innerJoin('cooperations as c', 'c.id', 'v.cooperationId')
			.select(['c.name as cooperation', 'v.n', 'a.answer', 'a.reason', 'a.at', 'a.endedAt'])
			.where('a.byPerson', '=', actor.id)
			.orderBy('a.at')
			.execute(),
		names: await db
			.selectFrom('publicPageNamings as n')
			.innerJoin('cooperations as c', 'c.id', 'n.cooperationId')
			.select(['c.name as cooperation', 'n.named', 'n.at', 'n.endedAt'])
			.where('n.byPerson', '=', actor.id)
			.orderBy('n.at')
			.execute()
	};
}
