import { personOf } from '#platform/actor.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { openPoll } from '#modules/meetings/polls/commands.server.ts';
import { moreRowsForm, openPollForm } from '#modules/meetings/polls/forms.ts';
import { mayOpenPoll } from '#modules/meetings/polls/policy.ts';
import { listCandidates } from '#modules/meetings/polls/queries.server.ts';
import { today } from '#platform/clock.ts';
import { Forbidden, Refused } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	if (!mayOpenPoll(context.actor, cooperation)) throw new Forbidden();
	const me = personOf(context.actor);
	return {
		cooperation: { name: cooperation.name, path: cooperation.path, zone: cooperation.zone },
		ended: cooperation.endedAt !== null,
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation)),
		candidates: (await listCandidates(context, cooperation))
			.filter(({ personId }) => personId !== me)
			.map(({ key, name, organisation, email, accepted }) => ({ key, name, organisation, reached: email !== null, accepted })),
		today: today(context.now, cooperation.zone),
		newPoll: newId()
	};
});

export const actions = {
	open: action(
		'signed in',
		openPollForm,
		async (context, input, { cooperation }: Params) => openPoll(context, (await findCooperation(context, cooperation)).id, input),
		{ to: ({ path }) => path, say: () => m.meetings_poll_opened() }
	),
	/** Shows the form again with more rows: the page works them out from what was typed. */
	rows: action('signed in', moreRowsForm, async () => {
		throw new Refused('meetings.poll-rows-added');
	})
};
