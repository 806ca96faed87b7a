import { sql } from 'kysely';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { written } from '#modules/evaluations/indicators/rules.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { m } from '#words';
import { monthOf } from './rules.ts';

const mineOf = ({ actor }: Context): string[] => {
	const mine = organisationsOf(actor);
	return orNobody(mine);
};

/** Every read of this subject starts here: the hours of the actor's own organisations. */
const visibleHours = (context: Context) =>
	context.db.selectFrom('monthlyHours as h').where('h.organisationId', 'in', mineOf(context));

/** What one organisation noted about one cooperation, the last month first. */
export async function listMonths(context: Context, cooperationId: string, organisationId: string) {
	const rows = await visibleHours(context)
		.select(['h.id', 'h.month', 'h.minutes', 'h.words', 'h.brought', 'h.sequence', 'h.notedAt', 'h.notedBy'])
		.where('h.cooperationId', '=', cooperationId)
		.where('h.organisationId', '=', organisationId)
		.orderBy('h.month', 'desc')
		.limit(120)
		.execute();
	const persons = await namesOfPersons(
		context.db,
		rows.flatMap(({ notedBy }) => notedBy ?? [])
	);
	return rows.map(({ notedBy, ...row }) => ({
		...row,
		month: monthOf(row.month),
		who: notedBy ? (persons.get(notedBy) ?? null) : null
	}));
}

/** Since when an organisation shows its hours to the partners; null when it keeps them. */
export async function findShare(context: Context, cooperationId: string, organisationId: string): Promise<Date | null> {
	const row = await context.db
		.selectFrom('hoursShares')
		.select('sharedAt')
		.where('cooperationId', '=', cooperationId)
		.where('organisationId', '=', organisationId)
		.where('organisationId', 'in', mineOf(context))
		.where('stoppedAt', 'is', null)
		.executeTakeFirst();
	return row?.sharedAt ?? null;
}

/** Whether an organisation of the actor asked to be reminded each month. */
export async function isReminded(context: Context, organisationId: string): Promise<boolean> {
	const row = await context.db
		.selectFrom('hoursReminders')
		.select('organisationId')
		.where('organisationId', '=', organisationId)
		.where('organisationId', 'in', mineOf(context))
		.executeTakeFirst();
	return row !== undefined;
}

/** The hours of the partners that chose to show theirs, in the order of the cooperation: for its partners alone. No word of theirs. */
export async function listShared(context: Context, cooperation: Cooperation) {
	const rows = await context.db
		.selectFrom('hoursShares as s')
		.leftJoin('monthlyHours as h', (join) =>
			join.onRef('h.cooperationId', '=', 's.cooperationId').onRef('h.organisationId', '=', 's.organisationId')
		)
		.select([
			's.organisationId',
			sql<number>`coalesce(sum(h.minutes), 0)::int`.as('minutes'),
			sql<number>`count(h.id)::int`.as('months')
		])
		.where('s.cooperationId', '=', cooperation.id)
		.where('s.cooperationId', 'in', sharedCooperations(context))
		.where('s.stoppedAt', 'is', null)
		.groupBy('s.organisationId')
		.execute();
	return cooperation.accepted.flatMap(({ organisationId, name }) => {
		const row = rows.find((one) => one.organisationId === organisationId);
		return row ? [{ ...row, name }] : [];
	});
}

/** What an organisation wanted for itself here, whether it says that it is reached, and what was measured of it. */
export async function listOwnAims(context: Context, cooperation: Cooperation, organisationId: string) {
	const lines = await listLines(context, cooperation.id, ['objective']);
	const own = lines.filter(({ topic, actingFor }) => topic === 'own' && actingFor === organisationId);
	if (!own.length) return [];
	const indicators = await listIndicators(context, cooperation);
	return own.map(({ root, text, doneAt }) => ({
		root,
		text,
		reached: doneAt !== null,
		measures: indicators
			.filter(({ objective }) => objective?.root === root)
			.flatMap(({ line, figure }) =>
				figure === null
					? []
					: [m.worth_measured({ what: line.text, figure: [written(figure), line.unit].filter(Boolean).join(' ') })]
			)
	}));
}

/** The last month noted by organisations of the actor for each of their cooperations, in minutes. */
export const listLastMonths = (context: Context, organisationIds: string[]) =>
	visibleHours(context)
		.select(['h.organisationId', 'h.cooperationId', 'h.minutes'])
		.distinctOn(['h.organisationId', 'h.cooperationId'])
		.where('h.organisationId', 'in', orNobody(organisationIds))
		.orderBy('h.organisationId')
		.orderBy('h.cooperationId')
		.orderBy('h.month', 'desc')
		.limit(1000)
		.execute();
