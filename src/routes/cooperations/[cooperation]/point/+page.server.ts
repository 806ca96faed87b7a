import { dimensions } from '#content/dimensions/grid.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { chooseRhythm, openCheckIn } from '#modules/evaluations/check-ins/commands.server.ts';
import { removeRemark, renewLink, writeRemark } from '#modules/evaluations/check-ins/commands/answering.server.ts';
import { emptyForm, linkForm, openForm, remarkForm, rhythmForm } from '#modules/evaluations/check-ins/forms.ts';
import { abilities, mayRenewLinkOf, opensFor } from '#modules/evaluations/check-ins/policy.ts';
import { findRhythm, findUnderWay, hubOf, listCheckIns, seeCheckIn } from '#modules/evaluations/check-ins/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { listRemarks } from '#modules/evaluations/check-ins/queries/remarks.server.ts';
import { adviceFor, opinionOf, usualDays } from '#modules/evaluations/check-ins/rules.ts';
import { readerOf } from '#modules/cooperations/policy.ts';
import { plusDays, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params) => {
	const { actor, now } = context;
	const cooperation = await findCooperation(context, params.cooperation);
	const reader = readerOf(actor, cooperation);
	const inside = reader === 'partner' || reader === 'accompagnateur';
	const underWay = await findUnderWay(context, cooperation);
	const current = underWay ? await seeCheckIn(context, cooperation, underWay) : null;
	const past = await listCheckIns(context, cooperation);
	const last = past.find(({ answers }) => answers)?.answers ?? [];
	const weighing = dimensions
		.map(({ id }) => id)
		.filter((key) => opinionOf(last.map(({ marks }) => marks[key]?.said ?? null)).startsWith('weighs'));
	const remarks = await listRemarks(
		context,
		past.slice(0, 4).map(({ id }) => id)
	);
	const day = today(now, cooperation.zone);
	return {
		cooperation,
		reader,
		inside,
		current,
		past: past.map(({ id, n, path, shown, day: said, answered, asked }) => ({ id, n, path, shown, day: said, answered, asked })),
		rhythm: inside ? await findRhythm(context, cooperation) : ('never' as const),
		hub: inside ? await hubOf(context, cooperation) : null,
		remarks: remarks.map(({ text, name, own: mine, checkInId }) => ({ text, name, mine, checkInId })),
		can: abilities(actor, cooperation),
		renewable: current?.open
			? current.organisations
					.filter(({ organisationId, there }) => there && mayRenewLinkOf(actor, cooperation, organisationId))
					.map(({ organisationId, name }) => ({ value: organisationId, label: name }))
			: [],
		speakers: speakersHere(actor, cooperation, opensFor(actor, cooperation)),
		advice: adviceFor(cooperation.underWay, weighing),
		newId: newId(),
		usual: plusDays(day, usualDays),
		today: day
	};
});

const underWayIn = async (context: Context, params: Params) => {
	const checkIn = await findUnderWay(context, await findCooperation(context, params.cooperation));
	if (!checkIn) throw new Refused('evaluations.point-none-under-way');
	return checkIn.id;
};

export const actions = {
	open: action(
		'signed in',
		openForm,
		async (context, input, params: Params) =>
			openCheckIn(context, (await findCooperation(context, params.cooperation)).id, input),
		{ say: () => m.evaluations_point_opened() }
	),
	rhythm: action(
		'signed in',
		rhythmForm,
		async (context, input, params: Params) =>
			chooseRhythm(context, (await findCooperation(context, params.cooperation)).id, input),
		{ say: () => m.evaluations_point_rhythm_kept() }
	),
	renewLink: action(
		'signed in',
		linkForm,
		async (context, input, params: Params) => renewLink(context, await underWayIn(context, params), input),
		{ say: ({ name }) => m.evaluations_point_link_renewed({ name }) }
	),
	remark: action(
		'signed in',
		remarkForm,
		async (context, input, params: Params) => writeRemark(context, await underWayIn(context, params), input),
		{ say: () => m.evaluations_point_remark_saved() }
	),
	removeRemark: action(
		'signed in',
		emptyForm,
		async (context, _, params: Params) => removeRemark(context, await underWayIn(context, params)),
		{ say: () => m.evaluations_point_remark_removed() }
	)
};
