import { answerByLink } from '#modules/evaluations/check-ins/commands/answering.server.ts';
import { answerByLinkForm } from '#modules/evaluations/check-ins/forms.ts';
import { findCheckInOfLink, findOwnAnswer, hubOf } from '#modules/evaluations/check-ins/queries.server.ts';
import { isOpen } from '#modules/evaluations/check-ins/rules.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { longDay, today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { token: string };

export const load = page('by link', async (context, _params: Params) => {
	const { checkIn, organisationId, cooperation } = await findCheckInOfLink(context);
	const partner = cooperation.partners.find((one) => one.organisationId === organisationId);
	const there = partner !== undefined && standingOf(partner) === 'accepted';
	return {
		cooperation: cooperation.name,
		organisation: partner?.name ?? '',
		there,
		open: isOpen(checkIn, context.now),
		closesDay: longDay(checkIn.closesOn, today(context.now, cooperation.zone)),
		phone: (await hubOf(context, cooperation))?.phone ?? null,
		// A partner that left reads nothing more by its link, its own answer included: somebody else may hold that link now.
		own: there ? await findOwnAnswer(context, checkIn.id, organisationId) : null
	};
});

export const actions = {
	answer: action('by link', answerByLinkForm, (context, given, _params: Params) => answerByLink(context, given), {
		say: () => m.evaluations_point_sent()
	})
};
