import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listSeries, listSessions } from '#modules/sessions/queries.server.ts';
import { stateOf } from '#modules/sessions/rules.ts';
import { wall } from '#platform/clock.ts';
import { endpoint } from '#platform/http.server.ts';
import { slug } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { sendTable, type Cell, type Format } from '#platform/spreadsheet.ts';
import { m } from '#words';

const atMost = 10_000;

/** The sessions as a table for a spreadsheet. */
export const GET = endpoint(
	'signed in',
	async (context, { cooperation: address, format }: { cooperation: string; format: Format }) => {
		const cooperation = await findCooperation(context, address);
		const { sessions } = await listSessions(context, cooperation, { size: atMost });
		const series = new Map((await listSeries(context, cooperation.id)).map(({ id, title }) => [id, title]));
		const rows = sessions.toReversed().map((session): Cell[] => {
			const { day, time } = wall(session.startsAt, session.zone);
			const state = stateOf(session, context.now);
			return [
				{ day },
				time,
				session.title,
				(session.seriesId && series.get(session.seriesId)) ?? null,
				session.place,
				word(`sessions_state_${state}`),
				session.people,
				session.minutes || null,
				session.cancelReason ?? session.moveReason,
				session.note
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
		return sendTable({ name: m.sessions_export(), heads, rows }, format, `seances-${slug(cooperation.name)}`);
	}
);
