import {
	addArticle,
	addHouseArticle,
	addOwnArticle,
	bringBackClause,
	moveClause,
	removeClause
} from '#modules/agreements/commands/articles.server.ts';
import { articleForm, clauseIdForm, houseArticleForm, moveForm, ownArticleForm } from '#modules/agreements/forms.ts';
import { mayEdit } from '#modules/agreements/policy.ts';
import { articlesLeft, findAgreement, listClauses } from '#modules/agreements/queries.server.ts';
import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { housesOfTexts, listOffered } from '#modules/library/houses/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	const agreement = await findAgreement(context, cooperation);
	if (!agreement || !mayEdit(context.actor, cooperation)) throw new NotFound();
	const clauses = await listClauses(context, agreement.id);
	const houses = await housesOfTexts(
		context.db,
		clauses.map(({ houseText }) => houseText ?? null)
	);
	const shown = ({ id, title, article, text, houseText }: (typeof clauses)[number]) => ({
		id,
		title,
		house: houses.get(houseText ?? '') ?? null,
		own: article === null,
		changed: article !== null && text !== null
	});
	return {
		cooperation,
		standing: clauses.filter(({ removedAt }) => !removedAt).map(shown),
		removed: clauses.filter(({ removedAt }) => removedAt).map(shown),
		library: articlesLeft(clauses).map(({ id, title, advice }) => ({ id, title, advice })),
		offered: (await listOffered(context, 'clause', { cooperationId: cooperation.id })).filter(
			({ id }) => !clauses.some(({ houseText }) => houseText === id)
		),
		newArticle: newId()
	};
});

export const actions = {
	add: action('signed in', articleForm, inCooperation(addArticle), { say: () => m.agreements_article_added() }),
	own: action('signed in', ownArticleForm, inCooperation(addOwnArticle), { say: () => m.agreements_article_added() }),
	take: action('signed in', houseArticleForm, inCooperation(addHouseArticle), { say: () => m.agreements_article_added() }),
	move: action('signed in', moveForm, inCooperation(moveClause), { say: () => m.agreements_article_moved() }),
	remove: action('signed in', clauseIdForm, inCooperation(removeClause), { say: () => m.agreements_article_removed() }),
	bringBack: action('signed in', clauseIdForm, inCooperation(bringBackClause), { say: () => m.agreements_article_back() })
};
