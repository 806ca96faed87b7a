import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { noteCheckIn } from '#modules/evaluations/check-ins/commands/answering.server.ts';
import { noteForm } from '#modules/evaluations/check-ins/forms.ts';
import { mayNote } from '#modules/evaluations/check-ins/policy.ts';
import { findOwnAnswer, findUnderWay, seeCheckIn } from '#modules/evaluations/check-ins/queries.server.ts';
import { noted } from '#modules/evaluations/check-ins/rules.ts';
import { Forbidden, Refused } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params, url) => {
	const cooperation = await findCooperation(context, params.cooperation);
	if (!mayNote(context.actor, cooperation)) throw new Forbidden();
	const underWay = await findUnderWay(context, cooperation);
	const current = underWay ? await seeCheckIn(context, cooperation, underWay) : null;
	const notable =
		current?.organisations.filter(
			({ there, answered, evidence }) => there && (!answered || (noted as readonly (string | null)[]).includes(evidence))
		) ?? [];
	const chosen = notable.find(({ organisationId }) => organisationId === url.searchParams.get('structure')) ?? null;
	return {
		cooperation,
		current,
		notable,
		chosen,
		// The answer itself belongs to the organisation: of one that was noted, only its number is told.
		version: current && chosen ? ((await findOwnAnswer(context, current.id, chosen.organisationId))?.version ?? 0) : 0
	};
});

export const actions = {
	note: action(
		'signed in',
		noteForm,
		async (context, input, params: Params) => {
			const checkIn = await findUnderWay(context, await findCooperation(context, params.cooperation));
			if (!checkIn) throw new Refused('evaluations.point-closed');
			return noteCheckIn(context, checkIn.id, input);
		},
		{
			to: (_, { cooperation }) => `/cooperations/${cooperation}/point`,
			say: ({ name }) => m.evaluations_point_noted({ name })
		}
	)
};
