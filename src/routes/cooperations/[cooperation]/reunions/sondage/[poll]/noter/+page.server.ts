import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { noteAnswer } from '#modules/meetings/polls/commands/answering.server.ts';
import { noteAnswerForm } from '#modules/meetings/polls/forms.ts';
import { mayNoteAnswer } from '#modules/meetings/polls/policy.ts';
import { findPoll } from '#modules/meetings/polls/queries.server.ts';
import { findBoard } from '#modules/meetings/polls/queries/board.server.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; poll: string };

export const load = page('signed in', async (context, params: Params, url) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const poll = await findPoll(context, cooperation, params.poll);
	if (!mayNoteAnswer(context.actor, cooperation, poll)) throw new Forbidden();
	return { board: await findBoard(context, poll, cooperation), who: url.searchParams.get('qui') };
});

export const actions = {
	default: action(
		'signed in',
		noteAnswerForm,
		async (context, given, params: Params) => {
			const cooperation = await findCooperation(context, params.cooperation);
			return noteAnswer(context, (await findPoll(context, cooperation, params.poll)).id, given);
		},
		{
			to: (_, { cooperation, poll }) => `/cooperations/${cooperation}/reunions/sondage/${poll}`,
			say: ({ name }) => m.meetings_poll_noted({ name })
		}
	)
};
