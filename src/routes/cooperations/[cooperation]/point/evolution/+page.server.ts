import { readerOf } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listCheckIns } from '#modules/evaluations/check-ins/queries.server.ts';
import { rowsOf } from '#modules/evaluations/check-ins/rules.ts';
import { dimensionKeys } from '#content/dimensions/dimension.ts';
import { shortDay, today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { page } from '#platform/http.server.ts';

type Params = { cooperation: string };

/** A picture stays readable with this many check-ins: three years of quarters. */
const most = 12;

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	if (!['partner', 'accompagnateur'].includes(readerOf(context.actor, cooperation))) throw new NotFound();
	const shown = (await listCheckIns(context, cooperation)).filter(({ answers }) => answers?.length).slice(0, most);
	const points = shown.toReversed().map(({ n, path, openedOn, answers }) => ({
		n,
		path,
		day: shortDay(openedOn, today(context.now, cooperation.zone)),
		rows: rowsOf(answers!)
	}));
	return {
		cooperation: { name: cooperation.name, path: cooperation.path },
		points: points.map(({ n, path, day }) => ({ n, path, day })),
		lines: dimensionKeys.map((key) => ({ key, values: points.map(({ rows }) => rows.find((row) => row.key === key)!.mean) }))
	};
});
