import { acceptPartnership, declinePartnership } from '#modules/cooperations/commands/partners.server.ts';
import { declineForm, partnerForm } from '#modules/cooperations/forms.ts';
import { abilities } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { standingOf, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { listCommitments } from '#modules/lines/queries.server.ts';
import { welcomePartner } from '#modules/meetings/commands/welcoming.server.ts';
import { codeOf } from '#platform/ids.ts';
import { today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; organisation: string };

/** What one partner commits to: what it reads before it accepts, and what whoever accompanies reads out by telephone. */
export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const partner = cooperation.partners.find(
		(one) => codeOf(one.organisationPath) === codeOf(params.organisation) && isHereOrInvited(one)
	);
	if (!partner) throw new NotFound();
	return {
		cooperation,
		partner: { ...partner, standing: standingOf(partner) },
		day: today(context.now, cooperation.zone),
		lines: await listCommitments(context, cooperation, partner.organisationId),
		answer: abilities(context.actor, cooperation).answer.includes(partner.id)
	};
});

export const actions = {
	accept: action(
		'signed in',
		partnerForm,
		async (context, input, { cooperation: at }: Params) => {
			const { id } = await findCooperation(context, at);
			await acceptPartnership(context, id, input);
			await welcomePartner(context, id, input.partnerId);
		},
		{ to: (_, { cooperation }) => `/cooperations/${cooperation}`, say: () => m.cooperations_accepted() }
	),
	decline: action(
		'signed in',
		declineForm,
		async (context, input, { cooperation }: Params) =>
			declinePartnership(context, (await findCooperation(context, cooperation)).id, input),
		{ to: () => '/', say: () => m.cooperations_declined() }
	)
};
