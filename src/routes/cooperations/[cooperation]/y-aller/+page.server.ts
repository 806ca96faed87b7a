import { inCooperation, findCooperation } from '#modules/cooperations/queries.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { hereOrInvitedFor } from '#modules/cooperations/policy.ts';
import { ownHere } from '#modules/worth/queries.server.ts';
import { weighFor } from '#modules/worth/weighing/commands.server.ts';
import { weighForm } from '#modules/worth/weighing/forms.ts';
import { listWeighings } from '#modules/worth/weighing/queries.server.ts';
import { changedSince, weigh } from '#modules/worth/weighing/rules.ts';
import { longDay, today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const mine = hereOrInvitedFor(context.actor, cooperation);
	const { own, others } = ownHere(cooperation, mine, url.searchParams.get('structure'));
	const weighings = await listWeighings(context, cooperation.id, own.organisationId);
	const { zone } = cooperation;
	const day = (at: Date) => longDay(today(at, zone), today(context.now, zone));
	return {
		cooperation,
		own: { id: own.organisationId, partnerId: own.id, name: own.name, invited: standingOf(own) === 'invited' },
		others,
		newId: newId(),
		weighings: weighings.map((one, i) => ({
			...one,
			day: day(one.madeAt),
			balance: weigh(one.said),
			changed: weighings[i + 1] ? changedSince(one.said, weighings[i + 1]!.said) : []
		}))
	};
});

export const actions = {
	weigh: action('signed in', weighForm, inCooperation(weighFor), { say: () => m.worth_weighed() })
};
