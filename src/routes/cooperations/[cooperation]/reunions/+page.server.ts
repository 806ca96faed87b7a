import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { makeCooperationFeed } from '#modules/meetings/commands/feeds.server.ts';
import { nothingForm } from '#modules/meetings/forms.ts';
import { abilities } from '#modules/meetings/policy.ts';
import { listPolls } from '#modules/meetings/polls/queries.server.ts';
import { listComing, listPast } from '#modules/meetings/queries.server.ts';
import { whenSaid } from '#modules/meetings/rules.ts';
import { wall } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';

type Params = { cooperation: string };

const shown = (meeting: Awaited<ReturnType<typeof listComing>>[number], { now }: Context) => ({
	...meeting,
	day: wall(meeting.startsAt, meeting.zone).day,
	when: whenSaid(meeting, now)
});

export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const number = pageIn(url.searchParams);
	const past = await listPast(context, cooperation, { page: number });
	return {
		cooperation,
		coming: (await listComing(context, cooperation)).map((one) => shown(one, context)),
		past: past.meetings.map((one) => shown(one, context)),
		polls: (await listPolls(context, cooperation)).filter(({ state }) => state === 'open'),
		now: context.now,
		page: number,
		pages: past.pages,
		can: abilities(context.actor, cooperation)
	};
});

export const actions = {
	feed: action('signed in', nothingForm, (context, _, { cooperation }: Params) => makeCooperationFeed(context, cooperation), {
		to: (token) => `/compte/agendas/${token}`
	})
};
