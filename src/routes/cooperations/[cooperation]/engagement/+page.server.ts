import { abilities } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { listCommitments } from '#modules/lines/queries.server.ts';
import { speaksFor } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { page } from '#platform/http.server.ts';
import { codeOf } from '#platform/ids.ts';

type Params = { cooperation: string };

/** The page of one's own organisation, the invited one first; of another, when whoever accompanies reads it out by telephone. */
export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const present = cooperation.partners
		.filter((one) => ['invited', 'accepted'].includes(standingOf(one)))
		.toSorted((one, other) => Number(standingOf(one) === 'accepted') - Number(standingOf(other) === 'accepted'));
	const asked = url.searchParams.get('structure');
	const partner = asked
		? present.find((one) => codeOf(one.organisationPath) === codeOf(asked))
		: present.find((one) => speaksFor(context.actor, one.organisationId));
	if (!partner) throw new NotFound();
	return {
		cooperation,
		partner: { ...partner, standing: standingOf(partner) },
		day: today(context.now, cooperation.zone),
		lines: await listCommitments(context, cooperation, partner.organisationId),
		answer: abilities(context.actor, cooperation).answer.includes(partner.id)
	};
});
