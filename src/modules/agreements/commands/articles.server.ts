import { personOf } from '#platform/actor.ts';
import { agreementArticles } from '#content/agreement/clauses.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { findOffered } from '#modules/library/houses/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { kept, locked } from '../commands.server.ts';
import { mayEdit } from '../policy.ts';
import { factsOf, listClauses, type Agreement, type ClauseKept } from '../queries.server.ts';
import { textOf } from '../rules/compile.ts';

async function tellClause(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	clause: Pick<ClauseKept, 'id' | 'title'>,
	verb: string,
	more: Record<string, string> = {}
): Promise<void> {
	const mine = speaksHereFor(context.actor, cooperation);
	const by = cooperation.accepted.find(({ organisationId }) => mine.includes(organisationId))!;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb,
		ids: { clause: clause.id, organisation: by.organisationId },
		says: { organisation: by.name, title: clause.title, ...more }
	});
}

async function clauseOf(
	context: Context,
	agreement: Agreement,
	id: string
): Promise<{ clause: ClauseKept; clauses: ClauseKept[] }> {
	const clauses = await listClauses(context, agreement.id);
	const clause = clauses.find((one) => one.id === id);
	if (!clause) throw new NotFound();
	return { clause, clauses };
}

/** Somebody else wrote in between: nothing is written over, both texts are shown. */
async function unchanged(context: Context, cooperation: Cooperation, clause: ClauseKept, n: number): Promise<void> {
	if (clause.n === n) return;
	const names = await namesOfPersons(context.db, clause.changedBy ? [clause.changedBy] : []);
	throw new Refused('agreements.changed-meanwhile', {
		who: names.get(clause.changedBy ?? '') ?? m.agreements_somebody(),
		theirTitle: clause.title,
		theirs: textOf(clause, await factsOf(context, cooperation)),
		n: clause.n
	});
}

/** Rewrites an article. `n` is the number of the text that was read. */
export async function editClause(
	context: Context,
	cooperationId: string,
	id: string,
	input: { n: number; title: string; text: string }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	await unchanged(context, cooperation, clause, input.n);
	const before = textOf(clause, await factsOf(context, cooperation));
	if (before === input.text && clause.title === input.title) return;
	await write
		.updateTable('agreementClauses')
		.set({
			title: input.title,
			text: before === input.text ? clause.text : input.text,
			n: clause.n + 1,
			changedAt: context.now,
			changedBy: personOf(context.actor)
		})
		.where('id', '=', clause.id)
		.execute();
	await tellClause(write, context, cooperation, { id, title: input.title }, 'agreement-clause-edited', {
		before,
		after: input.text
	});
}

/** Takes the library's text again, in its latest version. */
export async function resetClause(context: Context, cooperationId: string, id: string, { n }: { n: number }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	const article = agreementArticles.find((one) => one.id === clause.article);
	if (!article) throw new Refused('agreements.not-of-the-library');
	await unchanged(context, cooperation, clause, n);
	await write
		.updateTable('agreementClauses')
		.set({
			title: article.title,
			text: null,
			source: kept(article),
			n: clause.n + 1,
			changedAt: context.now,
			changedBy: personOf(context.actor)
		})
		.where('id', '=', clause.id)
		.execute();
	await tellClause(write, context, cooperation, { id, title: article.title }, 'agreement-clause-reset', {
		before: clause.text ?? ''
	});
}

/** More articles than this would be read by nobody. */
const articlesAtMost = 80;

async function insertAt(
	write: Writer,
	context: Context,
	agreement: Agreement,
	clauses: ClauseKept[],
	before: ClauseKept | undefined,
	values: { id: string; article: string | null; source: string | null; title: string; text: string | null; houseText?: string }
): Promise<void> {
	if (clauses.length >= articlesAtMost) throw new Refused('agreements.too-many-articles', { max: articlesAtMost });
	const position = before?.position ?? Math.max(-1, ...clauses.map((one) => one.position)) + 1;
	await write
		.updateTable('agreementClauses')
		.set(({ eb }) => ({ position: eb('position', '+', 1) }))
		.where('agreementId', '=', agreement.id)
		.where('position', '>=', position)
		.execute();
	await write
		.insertInto('agreementClauses')
		.values({ ...values, agreementId: agreement.id, n: 1, position, changedAt: context.now, changedBy: personOf(context.actor) })
		.execute();
}

/** Adds an article of the library, where the library has it. */
export async function addArticle(context: Context, cooperationId: string, input: { article: string }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const order = agreementArticles.map(({ id }) => id);
	const article = agreementArticles.find(({ id }) => id === input.article);
	if (!article) throw new NotFound();
	const clauses = await listClauses(context, agreement.id);
	if (clauses.some((one) => one.article === article.id)) throw new Refused('agreements.already-there', { title: article.title });
	const next = clauses.find((one) => one.article !== null && order.indexOf(one.article) > order.indexOf(article.id));
	const clause = { id: newId(), article: article.id, source: kept(article), title: article.title, text: null };
	await insertAt(write, context, agreement, clauses, next, clause);
	await tellClause(write, context, cooperation, clause, 'agreement-clause-added');
}

/** Adds an article of the partners' own, before the signatures. A form sent twice adds it once. */
export async function addOwnArticle(
	context: Context,
	cooperationId: string,
	input: { id: string; title: string; text: string }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	if (!(await insertOwn(write, context, agreement, input))) return;
	await tellClause(write, context, cooperation, input, 'agreement-clause-added', { after: input.text });
}

/**
 * Adds a clause of the library of a house that accompanies. It is copied: what the house writes afterwards changes nothing in it,
 * and the partners reword it like any of theirs.
 */
export async function addHouseArticle(
	context: Context,
	cooperationId: string,
	{ id, text: from }: { id: string; text: string }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { title, body, house } = await findOffered(context, from, 'clause', { cooperationId });
	const clause = { id, title, text: body, houseText: from };
	if (!(await insertOwn(write, context, agreement, clause))) return;
	await tellClause(write, context, cooperation, clause, 'agreement-clause-taken', { after: body, house });
}

/** Writes an article that is no library's before the signatures; false when it is there already. */
async function insertOwn(
	write: Writer,
	context: Context,
	agreement: Agreement,
	clause: { id: string; title: string; text: string; houseText?: string }
): Promise<boolean> {
	const clauses = await listClauses(context, agreement.id);
	if (clauses.some(({ id }) => id === clause.id)) return false;
	const elsewhere = await write.selectFrom('agreementClauses').select('id').where('id', '=', clause.id).executeTakeFirst();
	if (elsewhere) throw new NotFound();
	const signatures = clauses.find(({ article }) => article === 'signatures');
	await insertAt(write, context, agreement, clauses, signatures, { ...clause, article: null, source: null });
	return true;
}

/** Moves an article past its neighbour. At the end of the list nothing moves. */
export async function moveClause(
	context: Context,
	cooperationId: string,
	{ clause: id, towards }: { clause: string; towards: 'up' | 'down' }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause, clauses } = await clauseOf(context, agreement, id);
	const standing = clauses.filter(({ removedAt }) => !removedAt);
	const at = standing.indexOf(clause);
	const neighbour = standing[at + (towards === 'up' ? -1 : 1)];
	if (at < 0 || !neighbour) return;
	for (const [one, position] of [
		[clause, neighbour.position],
		[neighbour, clause.position]
	] as const)
		await write.updateTable('agreementClauses').set({ position }).where('id', '=', one.id).execute();
	await tellClause(write, context, cooperation, clause, `agreement-clause-moved-${towards}`, { neighbour: neighbour.title });
}

/** Takes an article out; it can be brought back as it was. */
export async function removeClause(context: Context, cooperationId: string, { clause: id }: { clause: string }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	if (clause.removedAt) return;
	await write
		.updateTable('agreementClauses')
		.set({ removedAt: context.now, removedBy: personOf(context.actor) })
		.where('id', '=', clause.id)
		.execute();
	await tellClause(write, context, cooperation, clause, 'agreement-clause-removed');
}

/** Brings back an article that was taken out. */
export async function bringBackClause(
	context: Context,
	cooperationId: string,
	{ clause: id }: { clause: string }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	if (!clause.removedAt) return;
	await write.updateTable('agreementClauses').set({ removedAt: null, removedBy: null }).where('id', '=', clause.id).execute();
	await tellClause(write, context, cooperation, clause, 'agreement-clause-brought-back');
}
