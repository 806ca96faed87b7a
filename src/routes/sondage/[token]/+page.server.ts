import { answerByLink, introduceMyself } from '#modules/meetings/polls/commands/answering.server.ts';
import { answerForm, introduceForm } from '#modules/meetings/polls/forms.ts';
import { findBoard, findMyself, findPollOfLink } from '#modules/meetings/polls/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newToken } from '#platform/secrets.server.ts';
import { m } from '#words';

type Params = { token: string };

export const load = page('by link', async (context, { token }: Params) => {
	const board = await findBoard(context, await findPollOfLink(context));
	const myself = await findMyself(context, board.id);
	return { board, now: context.now, myself: myself && { id: myself.id, name: myself.name }, token, newKey: newToken() };
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
