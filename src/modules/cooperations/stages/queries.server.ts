import { sql } from 'kysely';
import type { Context, Reader } from '#platform/context.server.ts';
import { today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { nobody, orNobody } from '#platform/ids.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { mayFollow, mayTakePart } from '../policy.ts';
import { followedCooperations } from '../queries/helped.server.ts';
import { pathOf, sharedCooperations, type Cooperation } from '../queries.server.ts';
import type { Role } from '../rules.ts';
import { durationKindOf, firstStage, usualMonths, type Stage, type StallReason } from './rules.ts';

/** What a cooperation's own pages about itself show: to its partners and to who accompanies; to others they don't exist. */
export function forThoseInside(context: Context, cooperation: Cooperation): 'partner' | 'accompagnateur' {
	if (mayTakePart(context.actor, cooperation)) return 'partner';
	if (mayFollow(context.actor, cooperation)) return 'accompagnateur';
	throw new NotFound();
}

/** The cooperations that one takes part in or accompanies today; all of them for a job. */
const inside = (context: Context) =>
	context.db
		.selectFrom('cooperations as c')
		.where((eb) =>
			eb.or([
				eb('c.id', 'in', sharedCooperations(context)),
				eb('c.id', 'in', followedCooperations(context)),
				...(context.actor.is === 'system' ? [sql<boolean>`true`] : [])
			])
		);

export type StageNow = {
	stage: Stage;
	/** The day on which it began. */
	since: string;
	/** The number of the last move; 0 while nobody said anything. */
	n: number;
	/** How many months this stage usually lasts for such an object; null without a term. */
	usual: number | null;
	kind: ReturnType<typeof durationKindOf>;
	/** Until when it rests; null when it doesn't. */
	pausedUntil: string | null;
};

/** The stage of many cooperations in one query: those that the actor takes part in or accompanies. */
export async function listStages(context: Context, cooperationIds: string[]): Promise<Map<string, StageNow>> {
	const rows = await inside(context)
		.leftJoinLateral(
			(eb) =>
				eb
					.selectFrom('stageMoves')
					.select(['stage', 'since', 'n'])
					.whereRef('cooperationId', '=', 'c.id')
					.orderBy('n', 'desc')
					.limit(1)
					.as('s'),
			(join) => join.onTrue()
		)
		.leftJoin('pauses as p', (join) => join.onRef('p.cooperationId', '=', 'c.id').on('p.resumedAt', 'is', null))
		.leftJoin('origins as o', (join) => join.onRef('o.cooperationId', '=', 'c.id').on('o.replacedAt', 'is', null))
		.leftJoinLateral(
			(eb) =>
				eb
					.selectFrom('readings')
					.select('forms')
					.whereRef('cooperationId', '=', 'c.id')
					.orderBy('readAt', 'desc')
					.orderBy('id', 'desc')
					.limit(1)
					.as('r'),
			(join) => join.onTrue()
		)
		.select(['c.id', 'c.zone', 'c.begunAt', 'c.endedAt', 's.stage', 's.since', 's.n', 'p.until', 'o.objectKind', 'r.forms'])
		.where('c.id', 'in', orNobody(cooperationIds))
		.execute();
	return new Map(
		rows.map((row) => {
			const stage = row.endedAt ? 'ended' : ((row.stage ?? firstStage) as Stage);
			const kind = durationKindOf(row.objectKind, row.forms ?? []);
			const since = row.endedAt ? today(row.endedAt, row.zone) : (row.since ?? today(row.begunAt, row.zone));
			const rests = row.until !== null && row.until >= today(context.now, row.zone) && !row.endedAt;
			return [
				row.id,
				{ stage, since, n: row.n ?? 0, usual: usualMonths(stage, kind), kind, pausedUntil: rests ? row.until : null }
			];
		})
	);
}

/** The stage of one cooperation, for those inside. */
export async function findStage(context: Context, cooperationId: string): Promise<StageNow> {
	const stage = (await listStages(context, [cooperationId])).get(cooperationId);
	if (!stage) throw new NotFound();
	return stage;
}

/** Where a cooperation stands, in three lines, for its overview; null for those who are not inside. */
export async function findAbout(context: Context, cooperation: Cooperation) {
	if (!mayTakePart(context.actor, cooperation) && !mayFollow(context.actor, cooperation)) return null;
	const reading = await context.db
		.selectFrom('readings')
		.select(['forms', 'readAt'])
		.where('cooperationId', '=', cooperation.id)
		.orderBy('readAt', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	const origin = await context.db
		.selectFrom('origins')
		.select(['mode', 'object'])
		.where('cooperationId', '=', cooperation.id)
		.where('replacedAt', 'is', null)
		.executeTakeFirst();
	return {
		...(await findStage(context, cooperation.id)),
		forms: reading?.forms ?? null,
		readOn: reading ? today(reading.readAt, cooperation.zone) : null,
		mode: origin?.mode ?? null,
		object: origin?.object ?? null
	};
}

/** The stages that a cooperation went through and its rests, the latest first. Free words are for the partners alone. */
export async function listStageMoves(context: Context, cooperation: Cooperation) {
	const partner = forThoseInside(context, cooperation) === 'partner';
	const moves = await context.db
		.selectFrom('stageMoves')
		.select(['id', 'n', 'stage', 'since', 'note', 'movedAt as at', 'movedBy as by', 'movedFor as for'])
		.where('cooperationId', '=', cooperation.id)
		.orderBy('n', 'desc')
		.limit(100)
		.execute();
	const pauses = await context.db
		.selectFrom('pauses')
		.select(['id', 'reason', 'until', 'pausedAt as at', 'pausedBy as by', 'pausedFor as for', 'resumedAt'])
		.where('cooperationId', '=', cooperation.id)
		.orderBy('pausedAt', 'desc')
		.limit(100)
		.execute();
	const saidBy = await namesOfSayers(context, [...moves, ...pauses]);
	return {
		moves: moves.map((move) => ({
			...move,
			stage: move.stage as Stage,
			note: partner ? move.note : null,
			saidBy: saidBy(move)
		})),
		pauses: pauses.map((pause) => ({ ...pause, reason: partner ? pause.reason : null, saidBy: saidBy(pause) }))
	};
}

/** The moves of some cooperations that one is inside of, whose stage began within some days: in one query. */
export async function listStageMovesBetween(
	context: Context,
	cooperationIds: string[],
	{ from, to }: { from: string; to: string }
) {
	if (!cooperationIds.length) return [];
	const rows = await inside(context)
		.innerJoin('stageMoves as s', 's.cooperationId', 'c.id')
		.select(['c.id as cooperationId', 's.stage', 's.since'])
		.where('c.id', 'in', cooperationIds)
		.where('s.since', '>=', from)
		.where('s.since', '<=', to)
		.orderBy('s.since')
		.limit(1000)
		.execute();
	return rows.map((row) => ({ ...row, stage: row.stage as Stage }));
}

/** Who said things, for which organisation: « Nadia Benali, L’Atelier du Soleil ». */
export async function namesOfSayers({ db }: { db: Reader }, rows: { by: string | null; for: string | null }[]) {
	const persons = await namesOfPersons(
		db,
		rows.flatMap(({ by }) => by ?? [])
	);
	const organisations = await summariesOf(
		db,
		rows.flatMap((row) => row.for ?? [])
	);
	return (row: { by: string | null; for: string | null }): string =>
		[row.by && persons.get(row.by), row.for && organisations.get(row.for)?.name].filter(Boolean).join(', ');
}

/** How many cooperations are watched at once. */
export const watchedAtOnce = 200;

/** For the job that notices what stalls: living cooperations with who stands where, a page at a time, in the order of ids. */
export async function listWatched(context: Context, after: string | null) {
	if (context.actor.is !== 'system') return [];
	const rows = await context.db
		.selectFrom('cooperations as c')
		.select(['c.id', 'c.code', 'c.name', 'c.zone', 'c.begunAt', 'c.begunBy', 'c.begunFor', 'c.lastLineAt'])
		.where('c.endedAt', 'is', null)
		.where('c.id', '>', after ?? nobody)
		.orderBy('c.id')
		.limit(watchedAtOnce)
		.execute();
	if (!rows.length) return [];
	const ids = rows.map(({ id }) => id);
	const partners = await context.db
		.selectFrom('partners')
		.select(['cooperationId', 'organisationId', 'role', 'invitedAt', 'acceptedAt'])
		.where('cooperationId', 'in', ids)
		.where('declinedAt', 'is', null)
		.where('leftAt', 'is', null)
		.orderBy('position')
		.orderBy('id')
		.execute();
	const told = await context.db
		.selectFrom('stallNotices')
		.select(['cooperationId', 'reason', 'since'])
		.where('cooperationId', 'in', ids)
		.where('noticedAt', '>', sql<Date>`${context.now}::timestamptz - interval '3 years'`)
		.execute();
	const byCooperation = Map.groupBy(partners, ({ cooperationId }) => cooperationId);
	const noticed = Map.groupBy(told, ({ cooperationId }) => cooperationId);
	return rows.map((row) => ({
		...row,
		path: pathOf(row),
		partners: (byCooperation.get(row.id) ?? []).map((one) => ({ ...one, role: one.role as Role })),
		noticed: (noticed.get(row.id) ?? []).map(({ reason, since }) => ({ reason: reason as StallReason, since }))
	}));
}
export type Watched = Awaited<ReturnType<typeof listWatched>>[number];
