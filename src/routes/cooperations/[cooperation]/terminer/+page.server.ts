import { endCooperation, reopenCooperation } from '#modules/cooperations/commands/ending.server.ts';
import { endForm } from '#modules/cooperations/forms.ts';
import { endsFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { findEnding } from '#modules/cooperations/queries/mine.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { listComing } from '#modules/meetings/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const able = endsFor(context.actor, cooperation);
	const coming = await listComing(context, cooperation);
	return {
		cooperation,
		ending: await findEnding(context, cooperation.id),
		now: context.now,
		meetings: coming.filter(({ cancelledAt }) => !cancelledAt).length,
		speakers: speakersHere(context.actor, cooperation, able)
	};
});

export const actions = {
	end: action(
		'signed in',
		endForm,
		async (context, input, { cooperation }: Params) =>
			endCooperation(context, (await findCooperation(context, cooperation)).id, input),
		{ to: (_, { cooperation }) => `/cooperations/${cooperation}`, say: () => m.cooperations_end_done() }
	),
	reopen: action(
		'signed in',
		endForm,
		async (context, input, { cooperation }: Params) =>
			reopenCooperation(context, (await findCooperation(context, cooperation)).id, input),
		{ to: (_, { cooperation }) => `/cooperations/${cooperation}`, say: () => m.cooperations_reopen_done() }
	)
};
