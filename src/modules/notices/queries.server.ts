import { sql } from 'kysely';
import type { Context, Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { mayTell } from './policy.ts';
import { everything, soonKinds, type Choices, type Kind, type Rhythm } from './rules.ts';

/** What several people chose to be told; whoever chose nothing is told everything. */
export async function choicesOf(db: Reader, personIds: string[]): Promise<Map<string, Choices>> {
	if (!personIds.length) return new Map();
	const rows = await db
		.selectFrom('noticeChoices')
		.select(['personId', 'rhythm', 'withoutKinds', 'withoutCooperations'])
		.where('personId', 'in', personIds)
		.execute();
	return new Map(rows.map(({ personId, rhythm, ...row }) => [personId, { ...row, rhythm: rhythm as Rhythm }]));
}

/** What somebody chose to be told. */
export const findChoices = async (db: Reader, personId: string): Promise<Choices> =>
	(await choicesOf(db, [personId])).get(personId) ?? everything;

/** Every read of notices starts here: one's own, and nobody else's. */
const visibleNotices = ({ db, actor }: Context) =>
	db
		.selectFrom('notices')
		.$if(actor.is !== 'person', (query) => query.where(sql<boolean>`false`))
		.$if(actor.is === 'person', (query) => query.where('personId', '=', (actor as { id: string }).id));

const noticesOnAPage = 30;

/** One page of what one was told, or will be, newest first. */
export async function listMyNotices(context: Context, { page }: { page: number }) {
	const rows = await visibleNotices(context)
		.select(['id', 'kind', 'cooperationId', 'text', 'path', 'at', 'toldAt'])
		.orderBy('at', 'desc')
		.orderBy('id', 'desc')
		.limit(noticesOnAPage + 1)
		.offset((page - 1) * noticesOnAPage)
		.execute();
	const notices = rows.slice(0, noticesOnAPage).map((row) => ({ ...row, kind: row.kind as Kind }));
	return { notices, more: rows.length > noticesOnAPage };
}

/** The cooperations that one was told about, or wants to hear no more of: those that the choices are about. */
export async function listMyCooperationsTold(context: Context): Promise<string[]> {
	const { withoutCooperations } = await findMyChoices(context);
	const rows = await visibleNotices(context)
		.select('cooperationId')
		.distinct()
		.where('cooperationId', 'is not', null)
		.limit(100)
		.execute();
	return [...new Set([...withoutCooperations, ...rows.map((row) => row.cooperationId!)])];
}

/** One's own choices; nobody sees another's. */
export async function findMyChoices({ db, actor }: Context): Promise<Choices> {
	if (actor.is !== 'person') throw new NotFound();
	return findChoices(db, actor.id);
}

/** For whom something waits, one page after the other: for the job that groups it. */
export async function listWaiting({ db, actor }: Context, { after, limit }: { after: string | null; limit: number }) {
	if (!mayTell(actor)) return [];
	const rows = await db
		.selectFrom('notices as n')
		.leftJoin('noticeChoices as c', 'c.personId', 'n.personId')
		.select([
			'n.personId',
			sql<Date>`min(n.at)`.as('oldest'),
			sql<Date | null>`min(n.at) filter (where n.kind = any(${soonKinds}))`.as('oldestSoon'),
			sql<Rhythm>`coalesce(min(c.rhythm), ${everything.rhythm})`.as('rhythm'),
			sql<(string | null)[]>`array_agg(distinct n.cooperation_id::text)`.as('cooperations'),
			sql<(string | null)[]>`array_agg(distinct n.house_id::text)`.as('houses')
		])
		.where('n.toldAt', 'is', null)
		.where('n.setAsideAt', 'is', null)
		.$if(after !== null, (query) => query.where('n.personId', '>', after!))
		.groupBy('n.personId')
		.orderBy('n.personId')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		...row,
		cooperations: row.cooperations.filter((id) => id !== null),
		houses: row.houses.filter((id) => id !== null)
	}));
}

/** Whose mail a link stood under; unknown to whoever has no such mail. */
export async function findStop({ db }: Context, token: string) {
	const mail = await db
		.selectFrom('mails as m')
		.leftJoin('noticeChoices as c', 'c.personId', 'm.personId')
		.leftJoin('silencedAddresses as s', 's.email', 'm.toEmail')
		.select(['m.personId', 'm.toEmail as email', 'c.rhythm', 's.at as silencedAt'])
		.where('m.stopToken', '=', token)
		.executeTakeFirst();
	if (!mail) throw new NotFound('link');
	const rhythm: Rhythm = mail.personId ? ((mail.rhythm as Rhythm) ?? everything.rhythm) : mail.silencedAt ? 'never' : 'day';
	return { personId: mail.personId, email: mail.email, rhythm };
}

/** Whether an address without an account asked for no more of our mails. */
export async function isSilenced(db: Reader, email: string): Promise<boolean> {
	return Boolean(await db.selectFrom('silencedAddresses').select('at').where('email', '=', email).executeTakeFirst());
}

/** What was told to oneself: for the export. The text of a mail that signs in is gone once it left. */
export async function listOwnMails({ db, actor }: Context, email: string | null) {
	if (actor.is !== 'person') return [];
	return db
		.selectFrom('mails')
		.select(['queuedAt as at', 'subject', 'text', 'sentAt'])
		.where((eb) => eb.or([eb('personId', '=', actor.id), ...(email ? [eb('toEmail', '=', email)] : [])]))
		.where('secret', '=', false)
		.orderBy('queuedAt')
		.execute();
}

/** What one was told and chose to be told: for the export. */
export async function listOwnNotices({ db, actor }: Context) {
	if (actor.is !== 'person') return null;
	return {
		choices:
			(await db
				.selectFrom('noticeChoices')
				.select(['rhythm', 'withoutKinds', 'withoutCooperations', 'changedAt'])
				.where('personId', '=', actor.id)
				.executeTakeFirst()) ?? null,
		told: await db
			.selectFrom('notices')
			.select(['kind', 'text', 'at', 'toldAt', 'setAsideAt'])
			.where('personId', '=', actor.id)
			.orderBy('at')
			.execute()
	};
}
