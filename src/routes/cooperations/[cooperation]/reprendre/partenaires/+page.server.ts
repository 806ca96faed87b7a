import { proposePartner } from '#modules/cooperations/commands/partners.server.ts';
import { mayTakePart } from '#modules/cooperations/policy.ts';
import { findParent } from '#modules/cooperations/origin/queries.server.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { isHereOrInvited } from '#modules/cooperations/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { id, z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

/** Those who were partners of the cooperation before, and are neither partners nor invited here. */
async function missing(context: Context, at: string) {
	const cooperation = await findCooperation(context, at);
	if (!mayTakePart(context.actor, cooperation)) throw new Forbidden();
	const parent = await findParent(context, cooperation);
	const here = new Set(cooperation.partners.filter(isHereOrInvited).map(({ organisationId }) => organisationId));
	const before = (parent?.partners ?? []).filter((one) => isHereOrInvited(one) && !here.has(one.organisationId));
	return { cooperation, before };
}

export const load = page('signed in', async (context, { cooperation: at }: Params) => {
	const { cooperation, before } = await missing(context, at);
	return { cooperation, before: before.map(({ organisationId, name, role, place }) => ({ organisationId, name, role, place })) };
});

export const actions = {
	invite: action(
		'signed in',
		z.object({ organisationId: id() }),
		async (context, { organisationId }, { cooperation: at }: Params) => {
			const { cooperation, before } = await missing(context, at);
			const one = before.find((partner) => partner.organisationId === organisationId);
			if (!one && cooperation.partners.some((partner) => partner.organisationId === organisationId)) return;
			if (!one) throw new NotFound();
			await proposePartner(context, cooperation.id, {
				name: one.name,
				organisationId,
				role: one.role,
				place: one.place,
				email: null,
				actingFor: null
			});
		},
		{ say: () => m.cooperations_again_invited() }
	)
};
