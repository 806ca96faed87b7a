import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { cancelPoll, closePoll } from '#modules/meetings/polls/commands.server.ts';
import { answerPoll } from '#modules/meetings/polls/commands/answering.server.ts';
import { answerForm, cancelPollForm, closePollForm, inviteToPollForm } from '#modules/meetings/polls/forms.ts';
import { inviteToPoll } from '#modules/meetings/polls/commands/inviting.server.ts';
import { abilities } from '#modules/meetings/polls/policy.ts';
import { findPoll, openAddress } from '#modules/meetings/polls/queries.server.ts';
import { findBoard } from '#modules/meetings/polls/queries/board.server.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; poll: string };

const pollAt = async (context: Context, params: Params) =>
	findPoll(context, await findCooperation(context, params.cooperation), params.poll);

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const poll = await findPoll(context, cooperation, params.poll);
	const can = abilities(context.actor, cooperation, poll);
	const board = await findBoard(context, poll, cooperation);
	return {
		board,
		now: context.now,
		newInvitee: newId(),
		myself: board.myself?.id ?? null,
		can,
		openAddress: can.run ? openAddress(poll) : null,
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation))
	};
});

export const actions = {
	answer: action(
		'signed in',
		answerForm,
		async (context, given, params: Params) => answerPoll(context, (await pollAt(context, params)).id, given),
		{ say: () => m.meetings_poll_sent() }
	),
	invite: action(
		'signed in',
		inviteToPollForm,
		async (context, input, params: Params) => inviteToPoll(context, (await pollAt(context, params)).id, input),
		{ say: ({ name, reached }) => (reached ? m.meetings_poll_invited({ name }) : m.meetings_poll_invited_to_call({ name })) }
	),
	close: action(
		'signed in',
		closePollForm,
		async (context, input, params: Params) => closePoll(context, (await pollAt(context, params)).id, input),
		{ to: ({ path }) => path, say: () => m.meetings_poll_chosen_said() }
	),
	cancel: action(
		'signed in',
		cancelPollForm,
		async (context, input, params: Params) => cancelPoll(context, (await pollAt(context, params)).id, input),
		{ say: () => m.meetings_poll_cancelled() }
	)
};
