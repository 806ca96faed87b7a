import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { eraseHand, giveBackHand, takeUpHand } from '#modules/hands/commands.server.ts';
import { handForm } from '#modules/hands/forms.ts';
import { mayTakeUp } from '#modules/hands/policy.ts';
import { listHands } from '#modules/hands/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, { cooperation: address }: { cooperation: string }) => {
	const cooperation = await findCooperation(context, address);
	if (!mayTakeUp(context.actor, cooperation)) throw new NotFound();
	const mine = speaksHereFor(context.actor, cooperation);
	const day = today(context.now, cooperation.zone);
	return {
		cooperation: { name: cooperation.name, path: cooperation.path, ended: cooperation.endedAt !== null },
		mine,
		speakers: speakersHere(context.actor, cooperation, mine),
		hands: (await listHands(context, cooperation)).map(({ offeredAt, ...hand }) => ({
			...hand,
			when: longDay(today(offeredAt, cooperation.zone), day)
		}))
	};
});

export const actions = {
	take: action('signed in', handForm, inCooperation(takeUpHand), { say: () => m.hands_taken() }),
	giveBack: action('signed in', handForm, inCooperation(giveBackHand), { say: () => m.hands_given_back() }),
	erase: action('signed in', handForm, inCooperation(eraseHand), { say: () => m.hands_erased() })
};
