import {
	answerAccompaniment,
	askAccompaniment,
	endAccompaniment,
	proposeToOrganisation
} from '#modules/accompaniment/commands.server.ts';
import { listAccompaniments, listCalls, listOtherHouses } from '#modules/accompaniment/queries.server.ts';
import { accompanimentForm, hubChoiceForm } from '#modules/hubs/forms.ts';
import { abilities } from '#modules/organisations/policy.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params, url) => {
	const organisation = await findOrganisation(context, address);
	const { id, zone } = organisation;
	const { relations, can, inside } = await listAccompaniments(context, { organisationId: id });
	const hubs = (await listOtherHouses(context, [id], relations)).filter((one) => one.id !== id);
	const number = pageIn(url.searchParams);
	const living = relations.filter(({ state }) => state === 'living').length;
	const calls = await listCalls(context, id, { page: number });
	return {
		organisation,
		manages: abilities(context.actor, id).manage,
		today: today(context.now, zone),
		relations,
		living,
		inside,
		...calls,
		page: number,
		hubs: can.ask ? hubs : [],
		can: { ask: can.ask, propose: hubs.filter((one) => can.propose.includes(one.id)) }
	};
});

const here = async (context: Context, { organisation }: Params) => ({
	organisationId: (await findOrganisation(context, organisation)).id
});

export const actions = {
	ask: action(
		'signed in',
		hubChoiceForm,
		async (context, input, params: Params) => askAccompaniment(context, await here(context, params), input),
		{ say: () => m.hubs_asked() }
	),
	propose: action(
		'signed in',
		hubChoiceForm,
		async (context, input, { organisation }: Params) =>
			proposeToOrganisation(context, await findOrganisation(context, organisation), input),
		{ say: () => m.hubs_proposed() }
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
		{ say: () => m.hubs_ended() }
	)
};
