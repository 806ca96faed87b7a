import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { conveneMeeting } from '#modules/meetings/commands.server.ts';
import { conveneForm } from '#modules/meetings/forms.ts';
import { mayConvene } from '#modules/meetings/policy.ts';
import { partnersPeople } from '#modules/meetings/queries/participants.server.ts';
import { Forbidden } from '#platform/errors.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	if (!mayConvene(context.actor, cooperation)) throw new Forbidden();
	return {
		id: newId(),
		cooperation: { name: cooperation.name, path: cooperation.path, ended: cooperation.endedAt !== null },
		today: today(context.now, cooperation.zone),
		people: (await partnersPeople(context, cooperation)).map(({ personId, name, organisation }) => ({
			value: personId,
			label: name,
			note: organisation
		})),
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation))
	};
});

export const actions = {
	default: action(
		'signed in',
		conveneForm,
		async (context, input, { cooperation }: Params) =>
			conveneMeeting(context, (await findCooperation(context, cooperation)).id, input),
		{ to: ({ path }) => path, say: () => m.meetings_convened() }
	)
};
