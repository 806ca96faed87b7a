import { nameCooperation } from '#modules/cooperations/commands.server.ts';
import { nameForm } from '#modules/cooperations/forms.ts';
import { mayTakePart } from '#modules/cooperations/policy.ts';
import { findCooperation, namedSo } from '#modules/cooperations/queries.server.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	if (!mayTakePart(context.actor, cooperation)) throw new Forbidden();
	return { cooperation, read: namedSo(cooperation) };
});

export const actions = {
	default: action(
		'signed in',
		nameForm,
		async (context, input, { cooperation }: Params) =>
			nameCooperation(context, (await findCooperation(context, cooperation)).id, input),
		{ to: (path) => path, say: () => m.cooperations_named() }
	)
};
