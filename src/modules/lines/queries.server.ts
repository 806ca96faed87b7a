import { sql, type RawBuilder } from 'kysely';
import { organisationsOf, type Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { orNobody } from '#platform/ids.ts';
import { sharedCooperations, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { followedCooperations, preparedSince } from '#modules/cooperations/queries/helped.server.ts';
import { standingOf, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { accompaniedCooperations } from '#modules/hubs/queries.server.ts';
import type { Kind, Line } from './rules.ts';

/**
 * Who reads what (docs/decisions/038, 121): an organisation its own lines; accepted partners what is for the partners; the hub that
 * accompanies, and who helps today, what is for those who accompany; all, what is for everyone. Who prepares the meetings reads
 * what is said there since they came. A departed partner keeps what was written before it left, and sees nothing new, not even
 * what others make of its own lines.
 */
function readable(context: Context, line: 'l' | 'r') {
	const mine = organisationsOf(context.actor);
	const ours = sql.join(orNobody(mine));
	const of = (column: string) => sql.ref(`${line}.${column}`);
	return sql<boolean>`(
		${of('audience')} = 'everyone'
		or ${of('actingFor')} in (${ours}) and (${of('audience')} = 'organisation' or not exists (select from partners p
			where p.cooperation_id = ${of('cooperationId')} and p.organisation_id = ${of('actingFor')} and p.left_at < ${of('writtenAt')}))
		or ${of('audience')} <> 'organisation' and (
			${of('cooperationId')} in (${sharedCooperations(context)})
			or exists (select from partners p where p.cooperation_id = ${of('cooperationId')} and p.organisation_id in (${ours})
				and p.accepted_at is not null and ${of('writtenAt')} <= p.left_at))
		or ${of('audience')} = 'accompagnateur' and ${of('cooperationId')} in (${followedCooperations(context)})
		or ${of('audience')} <> 'organisation' and ${of('sourceKind')} = 'meeting'
			and ${preparedSince(context, of('cooperationId'), of('writtenAt'))}
		or ${of('audience')} <> 'organisation' and ${saidAtMeetingOf(context.actor, of)}
	)`;
}

/** A partner who was at a meeting without an account reads its minutes, and nothing else, by the link that they were sent. */
const saidAtMeetingOf = (actor: Actor, of: (column: string) => RawBuilder<unknown>) =>
	actor.is === 'link' && actor.may === 'answer' && actor.organisationId
		? sql`${of('sourceKind')} = 'meeting' and ${of('sourceId')} = ${actor.thing} and exists (select from partners p
			where p.cooperation_id = ${of('cooperationId')} and p.organisation_id = ${actor.organisationId}
			and p.accepted_at is not null and p.left_at is null)`
		: sql`false`;

/** Every read of this module starts here, and so does every page of a cooperation. */
export const visibleLines = (context: Context) => context.db.selectFrom('lines as l').where(readable(context, 'l'));

/** The last word on each thing, as far as one may read: lines that nothing visible replaces. */
export const currentLines = (context: Context) =>
	visibleLines(context).where(({ not, exists, selectFrom }) =>
		not(exists(selectFrom('lines as r').select('r.id').whereRef('r.replaces', '=', 'l.id').where(readable(context, 'r'))))
	);

/** The lines that are neither done nor withdrawn, or not this. What was kept on purpose goes on. */
export const unmarked = (mark?: 'done' | 'withdrawn') => sql<boolean>`not exists (select from line_marks k
	where k.root = l.root and k.undone_at is null and ${mark ? sql`k.mark = ${mark}` : sql`k.mark <> 'kept'`})`;

const columns = [
	'l.id',
	'l.root',
	'l.replaces',
	'l.cooperationId',
	'l.kind',
	'l.topic',
	'l.text',
	'l.reason',
	'l.personId',
	'l.actingFor',
	'l.enteredBy',
	'l.evidence',
	'l.sourceKind',
	'l.sourceId',
	'l.audience',
	'l.writtenAt',
	'l.whoOrganisation',
	'l.whoPerson',
	'l.heldBy',
	'l.startsOn',
	'l.endsOn',
	'l.phase',
	'l.cents',
	'l.currency',
	'l.quantity',
	'l.unit',
	'l.about',
	'l.likelihood',
	'l.severity',
	'l.remedy',
	'l.lesson'
] as const;

const called = (table: 'organisations' | 'persons', column: string) =>
	sql<string | null>`(select n.name from ${sql.table(table)} n where n.id = ${sql.ref(`l.${column}`)})`;
const marked = (mark: 'done' | 'withdrawn') =>
	sql<Date | null>`(select max(k.at) from line_marks k where k.root = l.root and k.mark = ${mark} and k.undone_at is null)`;

/** What a page shows of some lines, names in the place of ids: looked up for those that are shown, after they are chosen. */
const written = (lines: ReturnType<typeof visibleLines>) =>
	lines
		.select(columns)
		.select([
			called('organisations', 'actingFor').$castTo<string>().as('speaker'),
			called('persons', 'personId').as('author'),
			called('organisations', 'whoOrganisation').as('whoOrganisationName'),
			called('persons', 'whoPerson').as('whoPersonName'),
			called('organisations', 'heldBy').as('holderName'),
			marked('done').as('doneAt'),
			marked('withdrawn').as('withdrawnAt')
		]);

type Row = Awaited<ReturnType<ReturnType<typeof written>['execute']>>[number];

/** A line with the names that a page shows. */
export type LineSeen = Omit<Row, 'kind' | 'audience' | 'phase' | 'likelihood' | 'severity'> &
	Pick<Line, 'kind' | 'audience' | 'phase' | 'likelihood' | 'severity'>;

const shown = (lines: ReturnType<typeof visibleLines>) => written(lines).$castTo<LineSeen>();

/** The current lines that the actor may read, with what a page shows of each. */
export const linesSeen = (context: Context) => shown(currentLines(context));

/** How many lines a page of a step shows; more are on the next. */
export const pageSize = 200;

/** The current lines of a cooperation, of some kinds, oldest first: what a step shows. Withdrawn ones are left out. */
export async function listLines(
	context: Context,
	cooperationId: string,
	kinds: readonly Kind[],
	{ page = 1, size = pageSize } = {}
): Promise<LineSeen[]> {
	return linesSeen(context)
		.where('l.cooperationId', '=', cooperationId)
		.where('l.kind', 'in', kinds)
		.where(unmarked('withdrawn'))
		.orderBy('l.root')
		.limit(size)
		.offset((page - 1) * size)
		.execute();
}

/** The lines that came from one meeting or one call, in the order in which they were written. */
export async function listLinesFrom(context: Context, sourceIds: string[]): Promise<LineSeen[]> {
	if (!sourceIds.length) return [];
	return linesSeen(context).where('l.sourceId', 'in', sourceIds).orderBy('l.root').limit(500).execute();
}

/**
 * What one partner commits to: the lines that name it or that it wrote, and the dates of the project. A partner that is invited
 * reads its own page before it answers, and nothing else; anybody else reads what they read elsewhere.
 */
export async function listCommitments(context: Context, cooperation: Cooperation, organisationId: string): Promise<LineSeen[]> {
	const { actor, db } = context;
	const partner = cooperation.partners.find((one) => one.organisationId === organisationId && isHereOrInvited(one));
	if (!partner) throw new NotFound();
	const asked =
		standingOf(partner) === 'invited' &&
		(organisationsOf(actor).includes(organisationId) ||
			(actor.is === 'link' && actor.may === 'accept' && actor.thing === partner.id));
	const lines = asked
		? db
				.selectFrom('lines as l')
				.where('l.audience', '!=', 'organisation')
				.where(({ not, exists, selectFrom }) =>
					not(exists(selectFrom('lines as r').select('r.id').whereRef('r.replaces', '=', 'l.id')))
				)
		: currentLines(context);
	return shown(lines)
		.where('l.cooperationId', '=', cooperation.id)
		.where('l.audience', '!=', 'organisation')
		.where((eb) =>
			eb.or([
				eb.and([eb('l.kind', 'in', ['role', 'task', 'contribution']), eb('l.whoOrganisation', '=', organisationId)]),
				eb.and([eb('l.kind', '=', 'contribution'), eb('l.whoOrganisation', 'is', null), eb('l.actingFor', '=', organisationId)]),
				eb.and([eb('l.kind', '=', 'contribution'), eb('l.heldBy', '=', organisationId)]),
				eb.and([eb('l.kind', '=', 'limit'), eb('l.actingFor', '=', organisationId)]),
				eb.and([eb('l.kind', '=', 'date'), eb('l.topic', '=', 'project')])
			])
		)
		.where(unmarked('withdrawn'))
		.orderBy('l.root')
		.limit(500)
		.execute();
}

/** How often each of these things was written anew: what a calendar needs to know that a date changed. */
export async function countRevisions(context: Context, roots: string[]): Promise<Map<string, number>> {
	if (!roots.length) return new Map();
	const rows = await visibleLines(context)
		.select(['l.root', sql<number>`count(*)::int - 1`.as('revisions')])
		.where('l.root', 'in', roots)
		.groupBy('l.root')
		.execute();
	return new Map(rows.map(({ root, revisions }) => [root, revisions]));
}

/** How many current lines each kind and topic has, for the spine. */
export async function countLines(
	context: Context,
	cooperationId: string
): Promise<{ kind: Kind; topic: string | null; count: number }[]> {
	const rows = await currentLines(context)
		.select(['l.kind', 'l.topic', sql<number>`count(*)::int`.as('count')])
		.where('l.cooperationId', '=', cooperationId)
		.where(unmarked('withdrawn'))
		.groupBy(['l.kind', 'l.topic'])
		.execute();
	return rows.map((row) => ({ ...row, kind: row.kind as Kind }));
}

/** The lines that are about another, as they stand: tasks, dates and roles that come from it, what watches it. */
export const listReferring = (context: Context, cooperationId: string, root: string): Promise<LineSeen[]> =>
	linesSeen(context)
		.where('l.cooperationId', '=', cooperationId)
		.where('l.about', '=', root)
		.where(unmarked('withdrawn'))
		.orderBy('l.root')
		.limit(100)
		.execute();

/** Which kinds and topics stand in a cooperation, and for whom: what the partners share, without the lines themselves. */
export async function listTopicsWritten(context: Context, cooperationId: string) {
	const rows = await currentLines(context)
		.select(['l.kind', 'l.topic', 'l.actingFor', 'l.whoOrganisation'])
		.distinct()
		.where('l.cooperationId', '=', cooperationId)
		.where('l.audience', '!=', 'organisation')
		.where(unmarked('withdrawn'))
		.execute();
	return rows.map((row) => ({ ...row, kind: row.kind as Kind }));
}

/** One line as it stands, by the id of any of its versions, with all of them, the latest first. */
export async function findLine(context: Context, id: string): Promise<{ line: LineSeen; versions: LineSeen[] }> {
	const known = await visibleLines(context).select(['l.root']).where('l.id', '=', id).executeTakeFirst();
	if (!known) throw new NotFound();
	const versions = await shown(visibleLines(context))
		.where('l.root', '=', known.root)
		.orderBy('l.writtenAt', 'desc')
		// two within one instant: the first of all stays last
		.orderBy(sql`l.replaces is null`)
		.orderBy('l.id', 'desc')
		.execute();
	return { line: versions[0]!, versions };
}

/** When a line was said to be done or withdrawn, by whom, and when it was opened again; the latest first. */
export const listMarks = (context: Context, root: string) =>
	context.db
		.selectFrom('lineMarks as k')
		.leftJoin('persons as p', 'p.id', 'k.byPerson')
		.leftJoin('organisations as o', 'o.id', 'k.byOrganisation')
		.select(['k.id', 'k.mark', 'k.at', 'k.note', 'k.undoneAt', sql<string>`coalesce(p.name, o.name, '')`.as('who')])
		.where('k.root', '=', root)
		.where('k.root', 'in', visibleLines(context).select('l.root').where('l.root', '=', root))
		.orderBy('k.at', 'desc')
		.limit(50)
		.execute();

/** Tasks still open after a day, in the cooperations that one of the actor's hubs accompanies: those that it may read. */
export async function listLateTasks(context: Context, { before, limit = 2000 }: { before: string; limit?: number }) {
	return currentLines(context)
		.select(['l.cooperationId', 'l.text', 'l.actingFor', 'l.whoOrganisation', 'l.endsOn'])
		.where('l.kind', '=', 'task')
		.where('l.endsOn', '<=', before)
		.where('l.cooperationId', 'in', accompaniedCooperations(context))
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('lineMarks as k')
						.select('k.id')
						.whereRef('k.root', '=', 'l.root')
						.where('k.mark', '!=', 'kept')
						.where('k.undoneAt', 'is', null)
				)
			)
		)
		.orderBy('l.endsOn')
		.limit(limit)
		.execute();
}
