import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listSeries, listSessions } from '#modules/sessions/queries.server.ts';
import { stateOf } from '#modules/sessions/rules.ts';
import { wall } from '#platform/clock.ts';
import { csv } from '#platform/csv.ts';
import { endpoint } from '#platform/http.server.ts';
import { slug } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';

const atMost = 10_000;

/** The sessions as a table for a spreadsheet. */
export const GET = endpoint('signed in', async (context, { cooperation: address }: { cooperation: string }) => {
	const cooperation = await findCooperation(context, address);
	const { sessions } = await listSessions(context, cooperation, { size: atMost });
	const series = new Map((await listSeries(context, cooperation.id)).map(({ id, title }) => [id, title]));
	const rows = sessions.toReversed().map((session) => {
		const { day, time } = wall(session.startsAt, session.zone);
		const state = stateOf(session, context.now);
		return [
			day,
			time,
			session.title,
			(session.seriesId && series.get(session.seriesId)) ?? '',
			session.place ?? '',
			word(`sessions_state_${state}`),
			session.people === null ? '' : String(session.people),
			session.minutes ? String(session.minutes) : '',
			session.cancelReason ?? session.moveReason ?? '',
			session.note ?? ''
		];
	});
	const heads = [
		m.sessions_col_day(),
		m.sessions_col_time(),
		m.sessions_col_session(),
		m.sessions_col_series(),
		m.sessions_col_place(),
		m.sessions_col_state(),
		m.sessions_col_people(),
		m.sessions_col_minutes(),
		m.sessions_col_reason(),
		m.sessions_col_words()
	];
	return new Response(csv([heads, ...rows]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="seances-${slug(cooperation.name)}.csv"`,
			'cache-control': 'private, no-store'
		}
	});
});
