import { organisationsOf } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { listLivingPartnerships } from '#modules/cooperations/queries/mine.server.ts';
import { countLateTasksOf } from '#modules/lines/queries/mine.server.ts';
import { listLastMonths } from '../hours/queries.server.ts';
import { listDeclared } from '../weighing/queries.server.ts';
import { tooMany, type Engaged, type TooMany } from './rules.ts';

export type Load = { organisationId: string; has: number | null; engaged: Engaged[]; warning: TooMany | null };

/** What organisations of the actor carry at once: as many queries for ten as for one. Those of others are left out. */
export async function listLoads(context: Context, organisationIds: string[]): Promise<Load[]> {
	const mine = organisationIds.filter((id) => organisationsOf(context.actor).includes(id));
	if (!mine.length) return [];
	const living = await listLivingPartnerships(context.db, mine);
	const capacities = await context.db
		.selectFrom('capacities')
		.select(['organisationId', 'minutes'])
		.where('organisationId', 'in', mine)
		.execute();
	const declared = await listDeclared(context, mine);
	const noted = await listLastMonths(context, mine);
	const late = await countLateTasksOf(context, mine, today(context.now, 'Europe/Paris'));
	return mine.map((organisationId) => {
		const own = <Row extends { organisationId: string; cooperationId: string }>(rows: readonly Row[], cooperationId: string) =>
			rows.find((one) => one.organisationId === organisationId && one.cooperationId === cooperationId);
		const engaged = living
			.filter((one) => one.organisationId === organisationId)
			.map(({ cooperationId, name, path, role }) => ({
				cooperationId,
				name,
				path,
				role,
				minutes: own(declared, cooperationId)?.minutes ?? own(noted, cooperationId)?.minutes ?? null,
				late: own(late, cooperationId)?.count ?? 0
			}));
		const has = capacities.find((one) => one.organisationId === organisationId)?.minutes ?? null;
		return { organisationId, has, engaged, warning: tooMany(has, engaged) };
	});
}
