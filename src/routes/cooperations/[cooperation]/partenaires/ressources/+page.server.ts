import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { askIn, endAsk, letPrepare } from '#modules/cooperations/helping/commands.server.ts';
import { askForm, endAskForm, prepareForm } from '#modules/cooperations/helping/forms.ts';
import { mayAskIn, mayReadAsks } from '#modules/cooperations/helping/policy.ts';
import { listAsks } from '#modules/cooperations/helping/queries.server.ts';
import { listResourcePeople } from '#modules/resources/queries.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const asks = mayAskIn(context.actor, cooperation);
	if (!mayReadAsks(context.actor, cooperation)) throw new NotFound();
	const { words } = searchIn(url);
	const { people, more } = await listResourcePeople(context, { words, page: 1 });
	return {
		cooperation: { name: cooperation.name, path: cooperation.path },
		asks: await listAsks(context, cooperation),
		people: people.map(({ id: value, name: label, helpsWith, area }) => ({
			value,
			label,
			note: [area, helpsWith].filter(Boolean).join('. ')
		})),
		more,
		words,
		may: asks && !cooperation.endedAt,
		today: today(context.now, cooperation.zone),
		newId: newId()
	};
});

export const actions = {
	ask: action(
		'signed in',
		askForm,
		async (context, input, { cooperation }: Params) => askIn(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.resources_ask_sent() }
	),
	prepare: action(
		'signed in',
		prepareForm,
		async (context, input, { cooperation }: Params) =>
			letPrepare(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.resources_trust_said() }
	),
	end: action(
		'signed in',
		endAskForm,
		async (context, input, { cooperation }: Params) => endAsk(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.resources_ended() }
	)
};
