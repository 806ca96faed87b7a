import { redirect } from '@sveltejs/kit';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { standingOf, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { speaksFor } from '#platform/actor.ts';
import { NotFound } from '#platform/errors.ts';
import { page } from '#platform/http.server.ts';
import { codeOf } from '#platform/ids.ts';

/** What one's own organisation commits to, the invited one first: leads to the page of that partner, as links that were sent do. */
export const load = page('signed in', async (context, { cooperation: address }: { cooperation: string }, url) => {
	const { partners, path } = await findCooperation(context, address);
	const present = partners
		.filter(isHereOrInvited)
		.toSorted((one, other) => Number(standingOf(one) === 'accepted') - Number(standingOf(other) === 'accepted'));
	const asked = url.searchParams.get('structure');
	const partner = asked
		? present.find((one) => codeOf(one.organisationPath) === codeOf(asked))
		: present.find((one) => speaksFor(context.actor, one.organisationId));
	if (!partner) throw new NotFound();
	return redirect(307, `${path}/partenaires/${partner.organisationPath.split('/').at(-1)}`);
});
