import { answerAccompaniment, askAccompaniment, endAccompaniment } from '#modules/accompaniment/commands.server.ts';
import { advise, answerAdvice } from '#modules/accompaniment/advice/commands.server.ts';
import { adviseForm, answerAdviceForm } from '#modules/accompaniment/advice/forms.ts';
import { listAdvice } from '#modules/accompaniment/advice/queries.server.ts';
import { readySentence } from '#modules/accompaniment/advice/rules.ts';
import { listAccompaniments, listOtherHouses } from '#modules/accompaniment/queries.server.ts';
import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { accompanimentForm, hubChoiceForm } from '#modules/hubs/forms.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const { relations, can } = await listAccompaniments(context, { cooperationId: cooperation.id });
	const { advice, hubId } = await listAdvice(context, cooperation);
	return {
		cooperation,
		advice,
		/** What whoever accompanies writes with; null for the others. */
		writing: hubId
			? {
					id: newId(),
					chosen: readySentence(url.searchParams),
					partners: cooperation.accepted.map(({ organisationId, name }) => ({ id: organisationId, name }))
				}
			: null,
		today: today(context.now, cooperation.zone),
		relations,
		living: relations.filter(({ state }) => state === 'living').length,
		hubs: can.ask
			? await listOtherHouses(
					context,
					cooperation.accepted.map(({ organisationId }) => organisationId),
					relations
				)
			: [],
		can: { ask: can.ask }
	};
});

const here = async (context: Context, { cooperation }: Params) => ({
	cooperationId: (await findCooperation(context, cooperation)).id
});

export const actions = {
	advise: action('signed in', adviseForm, inCooperation(advise), { say: () => m.accompaniment_advice_sent() }),
	answerAdvice: action('signed in', answerAdviceForm, inCooperation(answerAdvice), { say: () => m.accompaniment_advice_noted() }),
	ask: action(
		'signed in',
		hubChoiceForm,
		async (context, input, params: Params) => askAccompaniment(context, await here(context, params), input),
		{ say: () => m.hubs_asked() }
	),
	accept: action(
		'signed in',
		accompanimentForm,
		async (context, input, params: Params) =>
			answerAccompaniment(context, input, { accepted: true }, await here(context, params)),
		{ say: () => m.hubs_accepted() }
	),
	decline: action(
		'signed in',
		accompanimentForm,
		async (context, input, params: Params) =>
			answerAccompaniment(context, input, { accepted: false }, await here(context, params)),
		{ say: () => m.hubs_declined() }
	),
	end: action(
		'signed in',
		accompanimentForm,
		async (context, input, params: Params) => endAccompaniment(context, input, await here(context, params)),
		{ to: () => '/', say: () => m.hubs_ended() }
	)
};
