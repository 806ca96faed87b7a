import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { nextMeeting, putOnAgenda } from '#modules/evaluations/check-ins/commands.server.ts';
import { agendaForm } from '#modules/evaluations/check-ins/forms.ts';
import { findCheckIn, listCheckIns, seeCheckIn } from '#modules/evaluations/check-ins/queries.server.ts';
import { listRemarks } from '#modules/evaluations/check-ins/queries/remarks.server.ts';
import { adviceFor, codesFor, headOf, rowsOf, toTalkAbout } from '#modules/evaluations/check-ins/rules.ts';
import { mayConvene } from '#modules/meetings/policy.ts';
import { longDay, today, wall } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { initials, shapeAt } from '#ui/paper.ts';
import { m } from '#words';

type Params = { cooperation: string; n: string };

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const point = await seeCheckIn(context, cooperation, await findCheckIn(context, cooperation, params.n));
	const before = (await listCheckIns(context, cooperation)).find(({ n, answers }) => n < point.n && answers?.length);
	const answers = point.answers ?? [];
	const rows = rowsOf(answers, before?.answers ?? []);
	const codes = codesFor(
		point.organisations.map(({ name }) => name),
		initials
	);
	const answered = point.organisations
		.map((one, index) => ({ ...one, code: codes[index]!, shape: shapeAt(index) }))
		.filter((one) => one.answered);
	const meeting = point.answers ? await nextMeeting(context, cooperation) : null;
	const talk = toTalkAbout(rows);
	return {
		cooperation: { name: cooperation.name, path: cooperation.path, endedAt: cooperation.endedAt },
		point: { ...point, answers },
		rows,
		who: answered,
		head: headOf(rows),
		talk: talk.map(({ key }) => key),
		advice: adviceFor(
			cooperation.underWay,
			talk.map(({ key }) => key),
			2
		),
		convene: mayConvene(context.actor, cooperation) && !cooperation.endedAt,
		meeting: meeting
			? {
					path: meeting.path,
					day: longDay(wall(meeting.startsAt, meeting.zone).day, today(context.now, meeting.zone))
				}
			: null,
		remarks: (await listRemarks(context, [point.id])).filter(({ own }) => !own).map(({ text, name }) => ({ text, name })),
		newId: newId()
	};
});

export const actions = {
	agenda: action(
		'signed in',
		agendaForm,
		async (context, input, params: Params) =>
			putOnAgenda(context, await findCooperation(context, params.cooperation), params.n, input),
		{ to: ({ path }) => path, say: () => m.evaluations_point_agenda_done() }
	)
};
