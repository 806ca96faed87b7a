import { findHouse } from '#modules/hubs/houses/queries.server.ts';
import { answerNetwork, leaveNetwork } from '#modules/networks/commands.server.ts';
import { placeForm } from '#modules/networks/forms.ts';
import { mayAnswerForHouse } from '#modules/networks/policy.ts';
import { listNetworksOf } from '#modules/networks/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, { maison }: { maison: string }) => {
	const house = await findHouse(context, maison);
	const here = today(context.now, house.zone);
	return {
		house,
		networks: (await listNetworksOf(context, house)).map(({ id, network, organisation, organisationPath, standing, ...one }) => ({
			id,
			network,
			organisation,
			organisationPath,
			standing,
			when: longDay(today(one.acceptedAt ?? one.proposedAt, house.zone), here)
		})),
		mayAnswer: mayAnswerForHouse(context.actor, house.id)
	};
});

export const actions = {
	accept: action('signed in', placeForm, (context, input) => answerNetwork(context, input, true), {
		say: () => m.networks_accepted()
	}),
	decline: action('signed in', placeForm, (context, input) => answerNetwork(context, input, false), {
		say: () => m.networks_declined()
	}),
	leave: action('signed in', placeForm, leaveNetwork, { say: () => m.networks_left() })
};
