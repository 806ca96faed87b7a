import { answerAccompaniment, askAccompaniment, endAccompaniment } from '#modules/accompaniment/commands.server.ts';
import { listAccompaniments } from '#modules/accompaniment/queries.server.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { accompanimentForm, hubChoiceForm } from '#modules/hubs/forms.ts';
import { listHubs } from '#modules/hubs/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	const { relations, can } = await listAccompaniments(context, { cooperationId: cooperation.id });
	const open = new Set(relations.filter(({ state }) => state === 'living' || state === 'proposed').map(({ hubId }) => hubId));
	return {
		cooperation,
		today: today(context.now, cooperation.zone),
		relations,
		living: relations.filter(({ state }) => state === 'living').length,
		hubs: can.ask ? (await listHubs(context)).filter((one) => !open.has(one.id)) : [],
		can: { ask: can.ask }
	};
});

const here = async (context: Context, { cooperation }: Params) => ({
	cooperationId: (await findCooperation(context, cooperation)).id
});

export const actions = {
	ask: action(
		'signed in',
		hubChoiceForm,
		async (context, input, { cooperation }: Params) =>
			askAccompaniment(context, { cooperationId: (await findCooperation(context, cooperation)).id }, input),
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
