import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { answerCheckIn } from '#modules/evaluations/check-ins/commands/answering.server.ts';
import { answerForm } from '#modules/evaluations/check-ins/forms.ts';
import { findOwnAnswer, findUnderWay, seeCheckIn } from '#modules/evaluations/check-ins/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params, url) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const speakers = speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation));
	const speaker = speakers.find(({ value }) => value === url.searchParams.get('structure')) ?? speakers[0];
	if (!speaker) throw new NotFound();
	const underWay = await findUnderWay(context, cooperation);
	return {
		cooperation,
		speaker,
		others: speakers.filter(({ value }) => value !== speaker.value),
		current: underWay ? await seeCheckIn(context, cooperation, underWay) : null,
		own: underWay ? await findOwnAnswer(context, underWay.id, speaker.value) : null
	};
});

export const actions = {
	answer: action(
		'signed in',
		answerForm,
		async (context, { actingFor, ...given }, params: Params) => {
			const cooperation = await findCooperation(context, params.cooperation);
			const checkIn = await findUnderWay(context, cooperation);
			if (!checkIn) throw new Refused('evaluations.point-closed');
			const [only] = speaksHereFor(context.actor, cooperation);
			await answerCheckIn(context, checkIn.id, actingFor ?? only ?? '', given);
		},
		{ to: (_, { cooperation }) => `/cooperations/${cooperation}/point`, say: () => m.evaluations_point_sent() }
	)
};
