import { agreementArticles } from '#content/agreement/clauses.ts';
import type { Article } from '#content/agreement/clause.ts';
import { namesOfCooperations, sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { followedCooperations } from '#modules/cooperations/queries/helped.server.ts';
import { listLines, listTopicsWritten } from '#modules/lines/queries.server.ts';
import { kinds } from '#modules/lines/rules.ts';
import { registrationsOf } from '#modules/organisations/queries/registrations.server.ts';
import { formatIdentifier, type Identifier } from '#modules/organisations/rules/identifiers.ts';
import type { Context } from '#platform/context.server.ts';
import { exactlyOrNearly, holds, mostFound, type Asked } from '#platform/database/text-search.server.ts';
import { NotFound } from '#platform/errors.ts';
import { m } from '#words';
import { mayReadDraft, type Audience } from './policy.ts';
import { compile, settled, type Clause, type Content, type Source } from './rules/compile.ts';
import type { Facts } from './rules/facts.ts';
import { formOf, lawOf } from './rules/law.ts';
import { placeOfPoint, pointsOf } from './rules/points.ts';
import { quoting } from './rules/quotes.ts';
import { canonical, fingerprint } from './rules/versions.ts';
import { visibleVersions } from './queries/versions.server.ts';

const visibleAgreements = (context: Context) =>
	context.db
		.selectFrom('agreements as a')
		.where((eb) =>
			eb.or([
				eb('a.cooperationId', 'in', sharedCooperations(context)),
				eb.and([eb('a.audience', '=', 'accompagnateur'), eb('a.cooperationId', 'in', followedCooperations(context))])
			])
		);

/** The agreement of a cooperation, for those who read it while it is being written; null when there is none yet. */
export async function findAgreement(context: Context, cooperation: Cooperation) {
	const row = await visibleAgreements(context).selectAll('a').where('a.cooperationId', '=', cooperation.id).executeTakeFirst();
	if (!row || !mayReadDraft(context.actor, cooperation, row.audience as Audience)) return null;
	return { ...row, audience: row.audience as Audience };
}
export type Agreement = NonNullable<Awaited<ReturnType<typeof findAgreement>>>;

export type ClauseKept = Clause & {
	n: number;
	position: number;
	changedAt: Date;
	changedBy: string | null;
	removedAt: Date | null;
};

/** All the articles of an agreement in their order, the removed ones too. For those who read the agreement. */
export async function listClauses({ db }: Context, agreementId: string): Promise<ClauseKept[]> {
	const rows = await db
		.selectFrom('agreementClauses')
		.selectAll()
		.where('agreementId', '=', agreementId)
		.orderBy('position')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({ ...row, source: row.source as Source | null }));
}

/** How many lines an agreement reads at most: more than anybody would sign. */
const linesAtMost = 3000;

/** What the partners share, as an agreement reads it: never what an organisation keeps at home. */
export async function factsOf(context: Context, cooperation: Cooperation): Promise<Facts> {
	const ids = cooperation.accepted.map(({ organisationId }) => organisationId);
	const lines = await listLines(context, cooperation.id, kinds, { size: linesAtMost });
	const registrations = await registrationsOf(context.db, ids, context.now);
	return {
		name: cooperation.name,
		sentence: cooperation.sentence,
		place: cooperation.place,
		lines: lines.filter(({ audience }) => audience !== 'organisation'),
		parties: cooperation.accepted.map(({ organisationId, name, kind, role, place }) => {
			const registration = registrations.get(organisationId)!;
			const [register] = registration.identifiers as Identifier[];
			return {
				organisationId,
				name,
				kind,
				role,
				place,
				register: register ? m.agreements_register({ kind: register.kind, value: formatIdentifier(register) }) : null,
				form: formOf(registration),
				law: lawOf(registration),
				representative: registration.signatory && {
					name: registration.signatory.name,
					capacity: registration.signatory.title
				}
			};
		})
	};
}

/** The text under way: its articles, what they say today, what is missing, and the fingerprint that freezing would give it. */
export async function readDraft(context: Context, cooperation: Cooperation, agreement: Agreement) {
	const clauses = await listClauses(context, agreement.id);
	const standing = clauses.filter(({ removedAt }) => !removedAt);
	const facts = await factsOf(context, cooperation);
	const content = compile(standing, facts);
	return {
		clauses,
		standing,
		facts,
		content,
		points: pointsOf(standing, facts),
		sha256: fingerprint(canonical(settled(content)))
	};
}

/**
 * What an agreement made of the usual articles would still lack, and where each is written: said before anybody writes one, on
 * the steps and on its own page. Cheap: it reads which kinds are written, not the lines.
 */
export async function listLacking(context: Context, cooperation: Cooperation) {
	const usual = agreementArticles.filter((article) => article.usual).map((source) => ({ source }));
	const lines = await listTopicsWritten(context, cooperation.id);
	return pointsOf(usual, { name: cooperation.name, parties: cooperation.accepted, lines })
		.filter(({ state }) => state === 'missing')
		.map(({ id, label, missing, step, lines: proofs, without }) => ({
			id,
			label,
			step,
			missing: without.length && proofs ? m.agreements_point_without({ names: without.join(', ') }) : missing,
			href: placeOfPoint(cooperation.path, id)
		}));
}
export type Lacking = Awaited<ReturnType<typeof listLacking>>[number];

/** The library's articles that an agreement does not have. */
export const articlesLeft = (clauses: Pick<ClauseKept, 'article'>[]): Article[] =>
	agreementArticles.filter(({ id }) => !clauses.some(({ article }) => article === id));

/** The articles of the last frozen text that quote a line, in any of its wordings. Null when nothing was frozen. */
export async function findQuotes(context: Context, cooperationId: string, wordings: readonly string[]) {
	const last = await visibleVersions(context)
		.select(['v.n', 'v.content'])
		.where('a.cooperationId', '=', cooperationId)
		.where('v.kind', '=', 'compiled')
		.orderBy('v.n', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!last?.content) return null;
	return { n: last.n, articles: quoting(JSON.parse(last.content) as Content, wordings) };
}

/** One article of an agreement, for whoever edits it. */
export async function findClause(context: Context, cooperation: Cooperation, id: string) {
	const agreement = await findAgreement(context, cooperation);
	if (!agreement || !/^[0-9a-f-]{36}$/i.test(id)) throw new NotFound();
	const clause = (await listClauses(context, agreement.id)).find((one) => one.id === id);
	if (!clause) throw new NotFound();
	return { agreement, clause };
}

/** What an article of the library says, without what will be filled in. */
const textOfLibrary = ({ paragraphs }: Source): string =>
	paragraphs
		.map((one) => ('text' in one ? one.text : one.intro))
		.join(' ')
		.replace(/\{[^}]*\}/g, '…');

/** The articles that answer a question, in the agreements under way that the actor reads. Removed ones are left out. */
export const searchClauses = (context: Context, asked: Asked) =>
	exactlyOrNearly(asked, async (nearly) => {
		const rows = await visibleAgreements(context)
			.innerJoin('agreementClauses as k', 'k.agreementId', 'a.id')
			.select(['k.id', 'k.title', 'k.text', 'k.source', 'a.cooperationId'])
			.where('k.removedAt', 'is', null)
			.where(holds(asked, 'k.words', nearly))
			.orderBy('k.changedAt', 'desc')
			.orderBy('k.id')
			.limit(mostFound)
			.execute();
		const cooperations = await namesOfCooperations(context, [...new Set(rows.map(({ cooperationId }) => cooperationId))]);
		return rows.flatMap((row) => {
			const cooperation = cooperations.find(({ id }) => id === row.cooperationId);
			if (!cooperation) return [];
			return {
				id: row.id,
				title: row.title,
				text: row.text ?? textOfLibrary(row.source as unknown as Source),
				cooperation: cooperation.name,
				path: `${cooperation.path}/convention#article-${row.id}`
			};
		});
	});
