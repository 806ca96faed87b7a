import { answerByLink, introduceMyself } from '#modules/meetings/polls/commands/answering.server.ts';
import { answerForm, introduceForm } from '#modules/meetings/polls/forms.ts';
import { findPollOfLink } from '#modules/meetings/polls/queries.server.ts';
import { findBoard } from '#modules/meetings/polls/queries/board.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newToken } from '#platform/secrets.server.ts';
import { m } from '#words';

type Params = { token: string };

export const load = page('by link', async (context, { token }: Params) => {
	const board = await findBoard(context, await findPollOfLink(context));
	return { board, now: context.now, myself: board.myself, token, newKey: newToken() };
});

export const actions = {
	answer: action('by link', answerForm, (context, given) => answerByLink(context, given), {
		say: () => m.meetings_poll_sent()
	}),
	introduce: action('by link', introduceForm, (context, given) => introduceMyself(context, given), {
		to: ({ token }) => `/sondage/${token}`,
		say: () => m.meetings_poll_sent()
	})
};
