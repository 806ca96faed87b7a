import { agreementArticles } from '#content/agreement/clauses.ts';
import { editClause, resetClause } from '#modules/agreements/commands/articles.server.ts';
import { clauseForm, resetForm } from '#modules/agreements/forms.ts';
import { mayEdit } from '#modules/agreements/policy.ts';
import { factsOf, findClause, listClauses } from '#modules/agreements/queries.server.ts';
import { compileArticle, textOf } from '#modules/agreements/rules/compile.ts';
import { unknownMarkers } from '#modules/agreements/rules/text.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { housesOfTexts } from '#modules/library/houses/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; clause: string };

export const load = page('signed in', async (context, { cooperation: address, clause: id }: Params, url, { draft }) => {
	const cooperation = await findCooperation(context, address);
	const { agreement, clause } = await findClause(context, cooperation, id);
	if (!mayEdit(context.actor, cooperation)) throw new NotFound();
	const facts = await factsOf(context, cooperation);
	const library = agreementArticles.find((one) => one.id === clause.article);
	const text = textOf(clause, facts);
	const standing = (await listClauses(context, agreement.id)).filter(({ removedAt }) => !removedAt);
	return {
		cooperation,
		drafts: await listDrafts(context, draft, url.pathname),
		clause: { id: clause.id, title: clause.title, n: clause.n, text, changed: clause.text !== null },
		advice: library?.advice ?? null,
		house: (await housesOfTexts(context.db, [clause.houseText ?? null])).get(clause.houseText ?? '') ?? null,
		newer: library !== undefined && clause.source !== null && library.version > clause.source.version,
		resettable: library !== undefined && (clause.text !== null || clause.title !== library.title),
		unknown: unknownMarkers(text),
		preview: compileArticle(clause, facts),
		/** Its number today; 0 for an article that was removed. */
		rank: standing.findIndex((one) => one.id === clause.id) + 1
	};
});

const back = (_: unknown, { cooperation }: Params) => `/cooperations/${cooperation}/convention`;
export const actions = {
	edit: action(
		'signed in',
		clauseForm,
		async (context, input, { cooperation, clause }: Params) =>
			editClause(context, (await findCooperation(context, cooperation)).id, clause, input),
		{ to: (result, params) => `${back(result, params)}#article-${params.clause}`, say: () => m.agreements_article_kept() }
	),
	reset: action(
		'signed in',
		resetForm,
		async (context, input, { cooperation, clause }: Params) =>
			resetClause(context, (await findCooperation(context, cooperation)).id, clause, input),
		{ say: () => m.agreements_article_reset() }
	)
};
