import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { writeSessions } from '#modules/sessions/commands.server.ts';
import { writeForm } from '#modules/sessions/forms.ts';
import { mayHold } from '#modules/sessions/policy.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	if (!mayHold(context.actor, cooperation)) throw new Forbidden();
	const partners = cooperation.accepted.map(({ organisationId, name }) => ({ value: organisationId, label: name }));
	return {
		id: newId(),
		cooperation: { name: cooperation.name, path: cooperation.path },
		partners,
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation))
	};
});

export const actions = {
	default: action(
		'signed in',
		writeForm,
		async (context, input, { cooperation }: Params) =>
			writeSessions(context, (await findCooperation(context, cooperation)).id, input),
		{
			to: ({ path }) => path,
			say: ({ count, leftOut }) => (leftOut ? m.sessions_written_left_out({ n: leftOut }) : m.sessions_written({ n: count }))
		}
	)
};
