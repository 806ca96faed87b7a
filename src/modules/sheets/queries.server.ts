import { sql } from 'kysely';
import { m } from '#words';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { listTogether, workedWith } from '#modules/cooperations/queries/together.server.ts';
import { listIntroductionsWith, pathOf as introductionPath } from '#modules/introductions/queries.server.ts';
import { listMeetingsTogether } from '#modules/meetings/queries/together.server.ts';
import { findOrganisation, organisationsAsked, summariesOf, type Organisation } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { word } from '#platform/say.ts';
import { orNobody } from '#platform/ids.ts';
import { mayKeepSheets } from './policy.ts';
import { asOne, type Happened } from './rules.ts';

const ours = ({ actor }: Context) => {
	const ids = organisationsOf(actor);
	return orNobody(ids);
};

/** Every read of this module starts here: what one's own organisations keep, and nothing of what others keep about them. */
const visibleSheets = (context: Context) => context.db.selectFrom('partnerSheets').where('organisationId', 'in', ours(context));
const visibleNotes = (context: Context) => context.db.selectFrom('partnerNotes').where('organisationId', 'in', ours(context));

/** The organisation that keeps sheets, by its address: for those who belong to it, and for nobody else. */
export async function findKeeper(context: Context, address: string): Promise<Organisation> {
	const keeper = await findOrganisation(context, address);
	if (!mayKeepSheets(context.actor, keeper.id)) throw new NotFound();
	return keeper;
}

const partnersOnAPage = 24;

/** The partners of an organisation: those it keeps a sheet about, and those it worked with. A subquery of ids. */
export const partnersKept = (context: Context, keeperId: string) =>
	visibleSheets(context)
		.where('organisationId', '=', keeperId)
		.where('closedAt', 'is', null)
		.select('aboutId as id')
		.union(workedWith(context, keeperId));

/** One page of the partners of an organisation, by name, with what was last noted of each. */
export async function listPartners(context: Context, keeperId: string, { words, page }: { words: string; page: number }) {
	const query = organisationsAsked(context, { words, kind: null, theme: null }).where(
		'id',
		'in',
		partnersKept(context, keeperId)
	);
	const { count } = await query.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const pages = Math.max(1, Math.ceil(count / partnersOnAPage));
	const at = Math.min(page, pages);
	const rows = await query
		.select('id')
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.limit(partnersOnAPage)
		.offset((at - 1) * partnersOnAPage)
		.execute();
	const ids = rows.map(({ id }) => id);
	const summaries = await summariesOf(context.db, ids);
	const notes = ids.length
		? await visibleNotes(context)
				.select(['aboutId', sql<number>`count(*)::int`.as('count'), sql<Date>`max(written_at)`.as('last')])
				.where('organisationId', '=', keeperId)
				.where('aboutId', 'in', ids)
				.where('removedAt', 'is', null)
				.groupBy('aboutId')
				.execute()
		: [];
	const noted = new Map(notes.map(({ aboutId, ...row }) => [aboutId, row]));
	return { count, page: at, pages, partners: ids.map((id) => ({ ...summaries.get(id)!, noted: noted.get(id) ?? null })) };
}

const historyShown = 60;

/** What happened between two organisations, put together from what each module remembers; `more` is told by those that know sheets. */
export async function listHistory(
	context: Context,
	{ id: keeperId, ...keeper }: { id: string; path: string },
	aboutId: string,
	more: Happened[] = []
): Promise<Happened[]> {
	const cooperations = await listTogether(context, keeperId, aboutId);
	const meetings = await listMeetingsTogether(context, keeperId, aboutId);
	const introductions = await listIntroductionsWith(context, keeperId, aboutId);
	const outcomeSaid = (outcome: string | null | undefined) => (outcome ? word(`introductions_outcome_${outcome}`) : null);
	return asOne(
		[
			more,
			introductions.map((one) => ({
				at: one.givenAt ?? one.madeAt,
				what: one.made ? 'introduced' : 'introduced_to',
				text: one.made ? one.others.map(({ name }) => name).join(', ') : one.by.name,
				path: introductionPath(keeper, one),
				outcome: one.cooperation
					? m.introductions_became({ cooperation: one.cooperation.name })
					: one.made
						? word(`introductions_standing_${one.standing}`)
						: (outcomeSaid(one.mine?.outcome) ??
							(one.givenAt && one.mine?.answer === 'yes' ? null : m.introductions_standing_waiting()))
			})),
			cooperations.map(({ at, name, path, how }) => ({ at, what: how, text: name, path, outcome: null })),
			meetings.map(({ at, title, cooperation, path }) => ({
				at,
				what: 'meeting',
				text: m.sheets_history_meeting_of({ title, cooperation }),
				path,
				outcome: null
			}))
		],
		historyShown
	);
}

const notesOnAPage = 20;

/** The sheet that an organisation keeps about another; empty until somebody writes something there. */
export async function findSheet(context: Context, keeper: Organisation, address: string, { page = 1 } = {}) {
	const about = await findOrganisation(context, address);
	if (about.id === keeper.id) throw new NotFound();
	const sheet = await visibleSheets(context)
		.select(['channel', 'openedAt', 'closedAt'])
		.where('organisationId', '=', keeper.id)
		.where('aboutId', '=', about.id)
		.executeTakeFirst();
	const rows = await visibleNotes(context)
		.select(['id', 'text', 'writtenAt', 'writtenBy', 'removedAt'])
		.where('organisationId', '=', keeper.id)
		.where('aboutId', '=', about.id)
		.orderBy('writtenAt', 'desc')
		.orderBy('id', 'desc')
		.limit(notesOnAPage + 1)
		.offset((page - 1) * notesOnAPage)
		.execute();
	const names = await namesOfPersons(
		context.db,
		rows.flatMap(({ writtenBy }) => writtenBy ?? [])
	);
	return {
		about,
		channel: sheet?.channel ?? null,
		kept: Boolean(sheet && !sheet.closedAt),
		notes: rows
			.slice(0, notesOnAPage)
			.map(({ writtenBy, ...note }) => ({ ...note, by: (writtenBy && names.get(writtenBy)) || null })),
		more: rows.length > notesOnAPage
	};
}

/** The notes that one wrote, for the export. What an organisation notes about somebody is asked of that organisation. */
export async function listOwnNotes({ db, actor }: Context) {
	if (actor.is !== 'person') return null;
	return {
		sheetsOpened: await db
			.selectFrom('partnerSheets as s')
			.innerJoin('organisations as o', 'o.id', 's.aboutId')
			.select(['o.name as about', 's.openedAt'])
			.where('s.openedBy', '=', actor.id)
			.orderBy('s.openedAt')
			.execute(),
		notesWritten: await db
			.selectFrom('partnerNotes as n')
			.innerJoin('organisations as o', 'o.id', 'n.aboutId')
			.select(['o.name as about', 'n.text', 'n.writtenAt', 'n.removedAt'])
			.where('n.writtenBy', '=', actor.id)
			.orderBy('n.writtenAt')
			.execute(),
		notesRemoved: await db
			.selectFrom('partnerNotes')
			.select('removedAt')
			.where('removedBy', '=', actor.id)
			.orderBy('removedAt')
			.execute()
	};
}
