import { sql } from 'kysely';
import { pathOf as cooperationPath, sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { followedCooperations } from '#modules/cooperations/queries/helped.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf } from '#platform/ids.ts';
import type { State, Whose } from './rules.ts';
import type { Rhythm } from './rules/occurrences.ts';

/** Every read of this module starts here: the sessions of the cooperations that one takes part in or accompanies. */
const visibleSessions = (context: Context) =>
	context.db
		.selectFrom('actionSessions as s')
		.where((eb) =>
			eb.or([
				eb('s.cooperationId', 'in', sharedCooperations(context)),
				eb('s.cooperationId', 'in', followedCooperations(context))
			])
		);

export const sessionPath = (cooperation: { path: string }, session: { title: string; code: string }): string =>
	`${cooperation.path}/seances/${addressName(session.title, session.code)}`;

const columns = [
	's.id',
	's.code',
	's.cooperationId',
	's.seriesId',
	's.title',
	's.place',
	's.startsAt',
	's.endsAt',
	's.zone',
	's.open',
	's.toKnow',
	's.runners',
	's.uid',
	's.sequence',
	's.changedAt',
	's.madeFor',
	's.movedFrom',
	's.movedAt',
	's.moveReason',
	's.cancelledAt',
	's.cancelReason',
	's.people',
	's.note',
	's.notedAt',
	's.notedBy',
	's.notedFor'
] as const;

const minutes = sql<number>`coalesce((select sum(h.minutes) from session_hours h where h.session_id = s.id), 0)::int`;

export const pageSize = 25;

/** What a list of sessions is narrowed to. */
export type Filters = { series: string | null; state: State | null };

/** The sessions of a cooperation that one looks for. */
export function sessionsAsked(context: Context, cooperation: Cooperation, { series = null, state = null }: Partial<Filters>) {
	const { now } = context;
	return visibleSessions(context)
		.where('s.cooperationId', '=', cooperation.id)
		.$if(series !== null, (query) => query.where('s.seriesId', '=', series))
		.$if(state === 'coming', (query) =>
			query.where('s.startsAt', '>', now).where('s.cancelledAt', 'is', null).where('s.notedAt', 'is', null)
		)
		.$if(state === 'unnoted', (query) =>
			query.where('s.startsAt', '<=', now).where('s.cancelledAt', 'is', null).where('s.notedAt', 'is', null)
		)
		.$if(state === 'held', (query) => query.where('s.notedAt', 'is not', null))
		.$if(state === 'cancelled', (query) => query.where('s.cancelledAt', 'is not', null));
}

/** The sessions of a cooperation of some state, of some series: those to come the next first, the others the last first. */
export async function listSessions(
	context: Context,
	cooperation: Cooperation,
	{ series = null, state = null, page = 1, size = pageSize }: Partial<Filters> & { page?: number; size?: number }
) {
	const matching = sessionsAsked(context, cooperation, { series, state });
	const { count } = await matching.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const order = state === 'coming' ? 'asc' : 'desc';
	const rows = await matching
		.select(columns)
		.select(minutes.as('minutes'))
		.orderBy('s.startsAt', order)
		.orderBy('s.id', order)
		.limit(size)
		.offset((page - 1) * size)
		.execute();
	return {
		count,
		pages: Math.max(1, Math.ceil(count / size)),
		sessions: rows.map((row) => ({ ...row, path: sessionPath(cooperation, row) }))
	};
}

/** What the sessions of a cooperation amount to, or those of one series. */
export async function countSessions(context: Context, cooperationId: string, series: string | null = null) {
	return visibleSessions(context)
		.where('s.cooperationId', '=', cooperationId)
		.$if(series !== null, (query) => query.where('s.seriesId', '=', series))
		.select([
			sql<number>`count(*) filter (where s.noted_at is not null)::int`.as('held'),
			sql<number>`count(*) filter (where s.cancelled_at is not null)::int`.as('cancelled'),
			sql<number>`count(*) filter (where s.starts_at > ${context.now} and s.cancelled_at is null)::int`.as('coming'),
			sql<number>`coalesce(sum(s.people), 0)::int`.as('people'),
			sql<number>`coalesce(sum(${minutes}), 0)::int`.as('minutes')
		])
		.executeTakeFirstOrThrow();
}

/** The series of a cooperation, the last one first, with how many of their sessions are behind. */
export async function listSeries(context: Context, cooperationId: string) {
	const rows = await context.db
		.selectFrom('actionSeries as e')
		.select(['e.id', 'e.title', 'e.rhythm', 'e.weekdays', 'e.startsOn', 'e.endsOn'])
		.select((eb) =>
			eb
				.selectFrom('actionSessions as s')
				.whereRef('s.seriesId', '=', 'e.id')
				.select(sql<number>`count(*)::int`.as('n'))
				.as('count')
		)
		.where('e.cooperationId', '=', cooperationId)
		.where(
			'e.id',
			'in',
			visibleSessions(context)
				.where('s.cooperationId', '=', cooperationId)
				.where('s.seriesId', 'is not', null)
				.select(({ ref }) => ref('s.seriesId').$notNull().as('seriesId'))
		)
		.orderBy('e.startsOn', 'desc')
		.orderBy('e.id')
		.limit(50)
		.execute();
	return rows.map((row) => ({ ...row, rhythm: row.rhythm as Rhythm, count: row.count ?? 0 }));
}

/** One session of this cooperation by its code, with who runs it, who came and the hours that were noted. */
export async function findSession(context: Context, cooperation: Cooperation, address: string) {
	return found(
		context,
		cooperation,
		await visibleSessions(context)
			.select(columns)
			.where('s.cooperationId', '=', cooperation.id)
			.where('s.code', '=', codeOf(address))
			.executeTakeFirst()
	);
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirst']>>>;
const rowsOf = (context: Context) => visibleSessions(context).select(columns);

async function found(context: Context, cooperation: Cooperation, row: Row | undefined) {
	if (!row) throw new NotFound();
	const { db } = context;
	const partners = await db.selectFrom('sessionRunners').select('organisationId').where('sessionId', '=', row.id).execute();
	const attendance = await db
		.selectFrom('sessionAttendance as a')
		.select(['a.id', 'a.publicRoot', 'a.label', 'a.people'])
		.where('a.sessionId', '=', row.id)
		.orderBy('a.id')
		.execute();
	const hours = await db
		.selectFrom('sessionHours')
		.select(['id', 'organisationId', 'whose', 'supplier', 'minutes', 'cents', 'currency'])
		.where('sessionId', '=', row.id)
		.orderBy('id')
		.execute();
	const organisations = await summariesOf(db, [
		...new Set(
			[
				row.madeFor,
				row.notedFor,
				...partners.map(({ organisationId }) => organisationId),
				...hours.map(({ organisationId }) => organisationId)
			].filter((id) => id !== null)
		)
	]);
	const persons = await namesOfPersons(db, row.notedBy ? [row.notedBy] : []);
	const name = (id: string | null) => (id ? (organisations.get(id)?.name ?? '') : '');
	return {
		...row,
		path: sessionPath(cooperation, row),
		partners: partners.map(({ organisationId }) => ({ id: organisationId, name: name(organisationId) })),
		attendance,
		hours: hours.map((one) => ({ ...one, whose: one.whose as Whose, organisation: name(one.organisationId) })),
		notedByName: row.notedBy ? (persons.get(row.notedBy) ?? null) : null,
		notedForName: name(row.notedFor)
	};
}

export type SessionSeen = Awaited<ReturnType<typeof findSession>>;

const figuresAtMost = 3000;

/** The sessions that were held, oldest first, with what indicators are computed from. */
export async function listFigures(context: Context, cooperationId: string) {
	const rows = await visibleSessions(context)
		.select(['s.id', 's.code', 's.title', 's.seriesId', 's.startsAt', 's.zone', 's.people', 's.note', 's.notedFor'])
		.select(minutes.as('minutes'))
		.where('s.cooperationId', '=', cooperationId)
		.where('s.notedAt', 'is not', null)
		.orderBy('s.startsAt')
		.orderBy('s.id')
		.limit(figuresAtMost)
		.execute();
	const counted = await context.db
		.selectFrom('sessionAttendance as a')
		.innerJoin('actionSessions as s', 's.id', 'a.sessionId')
		.select(['a.sessionId', 'a.publicRoot', 'a.label', 'a.people'])
		.where('s.cooperationId', '=', cooperationId)
		.where('a.sessionId', 'in', visibleSessions(context).where('s.cooperationId', '=', cooperationId).select('s.id'))
		.limit(figuresAtMost * 10)
		.execute();
	const bySession = Map.groupBy(counted, ({ sessionId }) => sessionId);
	const organisations = await summariesOf(context.db, [...new Set(rows.flatMap(({ notedFor }) => notedFor ?? []))]);
	return rows.map(({ people, notedFor, ...row }) => ({
		...row,
		people: people ?? 0,
		organisationId: notedFor,
		organisation: (notedFor && organisations.get(notedFor)?.name) || '',
		attendance: bySession.get(row.id) ?? []
	}));
}

export type SessionFigures = Awaited<ReturnType<typeof listFigures>>[number];

/** The hours that one partner put into the sessions of a cooperation, in minutes, and what its suppliers cost, by currency. */
export async function hoursOf(
	context: Context,
	cooperationId: string,
	organisationId: string
): Promise<{
	volunteers: number;
	employees: number;
	suppliers: number;
	sessions: number;
	costs: { currency: string; cents: number }[];
}> {
	const rows = await context.db
		.selectFrom('sessionHours as h')
		.select(['h.sessionId', 'h.whose', 'h.minutes', 'h.cents', 'h.currency'])
		.where('h.organisationId', '=', organisationId)
		.where('h.sessionId', 'in', visibleSessions(context).where('s.cooperationId', '=', cooperationId).select('s.id'))
		.limit(figuresAtMost * 3)
		.execute();
	const sum = (kind: Whose) => rows.filter((one) => one.whose === kind).reduce((total, one) => total + one.minutes, 0);
	const costs = new Map<string, number>();
	for (const { cents, currency } of rows) if (cents !== null && currency) costs.set(currency, (costs.get(currency) ?? 0) + cents);
	return {
		volunteers: sum('volunteers'),
		employees: sum('employees'),
		suppliers: sum('supplier'),
		sessions: new Set(rows.map(({ sessionId }) => sessionId)).size,
		costs: [...costs].map(([currency, cents]) => ({ currency, cents }))
	};
}

const daysKept = 400;

/** The sessions that calendars show: of one cooperation, or of all those that the reader's structures take part in. */
export async function listForCalendar(context: Context, cooperationId: string | null) {
	const rows = await context.db
		.selectFrom('actionSessions as s')
		.innerJoin('cooperations as c', 'c.id', 's.cooperationId')
		.select(['s.uid', 's.sequence', 's.title', 's.code', 's.place', 's.startsAt', 's.endsAt', 's.zone', 's.toKnow'])
		.select(['s.cancelledAt', 's.changedAt', 'c.name as cooperation', 'c.code as cooperationCode'])
		.where('s.cooperationId', 'in', sharedCooperations(context))
		.$if(cooperationId !== null, (query) => query.where('s.cooperationId', '=', cooperationId!))
		.where('s.startsAt', '>', new Date(context.now.getTime() - daysKept * 86_400_000))
		.orderBy('s.startsAt')
		.orderBy('s.id')
		.limit(500)
		.execute();
	return rows.map(({ cooperationCode, code, ...row }) => ({
		...row,
		path: sessionPath({ path: cooperationPath({ name: row.cooperation, code: cooperationCode }) }, { title: row.title, code })
	}));
}
