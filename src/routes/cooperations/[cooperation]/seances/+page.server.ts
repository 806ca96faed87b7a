import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { readerOf } from '#modules/cooperations/policy.ts';
import { abilities, mayRead } from '#modules/sessions/policy.ts';
import { countSessions, listSeries, listSessions, sessionsAsked, type Filters } from '#modules/sessions/queries.server.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { states, stateOf, whenSaid, type State } from '#modules/sessions/rules.ts';
import { today, wall } from '#platform/clock.ts';
import { pageIn, z } from '#platform/forms.ts';
import { page } from '#platform/http.server.ts';

type Params = { cooperation: string };
/** The next ones are shown before the list, which has pages. */
const next = 6;

const filtersIn = ({ searchParams }: URL): Filters => {
	const asked = searchParams.get('etat');
	return {
		state: (states as readonly string[]).includes(asked ?? '') ? (asked as State) : null,
		series: z.uuid().safeParse(searchParams.get('serie')).data ?? null
	};
};

export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const { state, series: serie } = filtersIn(url);
	const number = pageIn(url.searchParams);
	const shown = (session: Awaited<ReturnType<typeof listSessions>>['sessions'][number]) => ({
		...session,
		day: wall(session.startsAt, session.zone).day,
		when: whenSaid(session, context.now),
		state: stateOf(session, context.now)
	});
	const all = await listSessions(context, cooperation, { series: serie, state, page: number });
	const coming = await listSessions(context, cooperation, { state: 'coming', size: next });
	const unnoted = await listSessions(context, cooperation, { state: 'unnoted', size: next });
	return {
		cooperation,
		mayRead: mayRead(context.actor, cooperation),
		reader: readerOf(context.actor, cooperation),
		can: abilities(context.actor, cooperation),
		coming: coming.sessions.map(shown),
		unnoted: unnoted.sessions.map(shown),
		sessions: all.sessions.map(shown),
		page: number,
		pages: all.pages,
		saved: await listViews(context, url, (at) => sessionsAsked(context, cooperation, filtersIn(at))),
		filters: { state, series: serie },
		totals: await countSessions(context, cooperation.id, serie),
		series: await listSeries(context, cooperation.id),
		day: today(context.now, cooperation.zone)
	};
});
