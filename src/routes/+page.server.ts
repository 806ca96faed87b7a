import { answerAdvice } from '#modules/accompaniment/advice/commands.server.ts';
import { answerAdviceHereForm } from '#modules/accompaniment/advice/forms.ts';
import { listAdviceForMe } from '#modules/accompaniment/advice/queries.server.ts';
import { findCareAround } from '#modules/accompaniment/queries/mine.server.ts';
import { listToSign } from '#modules/agreements/queries/mine.server.ts';
import { listMyAsks } from '#modules/cooperations/helping/queries.server.ts';
import { listMyCooperations, namesOfCooperations } from '#modules/cooperations/queries.server.ts';
import { listInvitationsToMe } from '#modules/cooperations/queries/invitations.server.ts';
import { listPointsForMe } from '#modules/evaluations/check-ins/queries.server.ts';
import { listWaitingForMe } from '#modules/identity/queries/deciding.server.ts';
import { listTakeoversToAnswer } from '#modules/identity/takeovers/queries.server.ts';
import { listLatestIdeas } from '#modules/ideas/queries.server.ts';
import { listIntroductionsForMe } from '#modules/introductions/queries.server.ts';
import { listMyTasks, listNews } from '#modules/lines/queries/mine.server.ts';
import { listPollsForMe } from '#modules/meetings/polls/queries.server.ts';
import { listMyMeetings } from '#modules/meetings/queries.server.ts';
import { listLoads } from '#modules/worth/load/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import { answersHome } from '#modules/publications/queries/home.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

/** How many tasks and cooperations the home page shows; the rest is one link away. */
const shown = { tasks: 8, cooperations: 6 };

export const load = page('everyone', async (context) => {
	const { actor, now } = context;
	if (actor.is !== 'person') return { home: null, ideas: [] };
	const { cooperations } = await listMyCooperations(context, { page: 1 });
	const tasks = await listMyTasks(context, { limit: shown.tasks });
	const news = await listNews(context);
	const names = await namesOfCooperations(context, [...new Set([...tasks, ...news].map(({ cooperationId }) => cooperationId))]);
	return {
		ideas: await listLatestIdeas(context),
		home: {
			name: actor.name,
			structures: actor.belongings.map(({ name }) => name),
			day: longDay(today(now, 'Europe/Paris'), '0000-01-01'),
			now,
			invitations: await listInvitationsToMe(context),
			tasks,
			news,
			polls: await listPollsForMe(context),
			points: await listPointsForMe(context),
			meetings: await listMyMeetings(context),
			names: new Map(names.map((one) => [one.id, one])),
			toAgree: await answersHome(context),
			toSign: await listToSign(context),
			takeovers: await listTakeoversToAnswer(context),
			toDecide: await listWaitingForMe(context),
			advice: await listAdviceForMe(context),
			introductions: await listIntroductionsForMe(context),
			asks: (await listMyAsks(context)).filter(({ standing }) => standing === 'asked'),
			care: await findCareAround(
				context,
				cooperations.map((one) => ({ ...one, accompanied: false }))
			),
			loads: (await listLoads(context, organisationsOf(actor))).flatMap(({ organisationId, warning }) =>
				warning ? [{ warning, name: actor.belongings.find((one) => one.organisationId === organisationId)!.name }] : []
			),
			accompanies: actor.hubs.length > 0,
			cooperations: cooperations.slice(0, shown.cooperations)
		}
	};
});

export const actions = {
	answerAdvice: action(
		'signed in',
		answerAdviceHereForm,
		(context, { cooperationId, ...input }) => answerAdvice(context, cooperationId, input),
		{ say: () => m.accompaniment_advice_noted() }
	)
};
