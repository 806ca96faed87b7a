import { sql, type Selectable } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import type { Mails } from '#platform/database/tables.ts';
import { NotFound } from '#platform/errors.ts';
import { mayReadOutbox } from './policy.ts';
import type { State } from './rules.ts';

export type Mail = Selectable<Mails>;

/** Every read of the outbox starts here: for whoever looks after the instance, and nobody else. */
const visibleMails = ({ db, actor }: Context) =>
	db.selectFrom('mails').$if(!mayReadOutbox(actor), (query) => query.where(sql<boolean>`false`));

const inState: Record<State, ReturnType<typeof sql<boolean>>> = {
	waiting: sql<boolean>`sent_at is null and refused_at is null and unclear_at is null`,
	sent: sql<boolean>`sent_at is not null`,
	refused: sql<boolean>`sent_at is null and refused_at is not null`,
	unclear: sql<boolean>`sent_at is null and refused_at is null and unclear_at is not null`
};

export const mailsOnAPage = 50;

/** One page of the outbox, newest first: what is told of a mail without opening it. */
export async function listMails(context: Context, { state, page }: { state: State | null; page: number }) {
	const rows = await visibleMails(context)
		.select([
			'id',
			'toName',
			'toEmail',
			'subject',
			'kind',
			'queuedAt',
			'attempts',
			'nextAttemptAt',
			'handingOverAt',
			'sentAt',
			'refusedAt',
			'unclearAt',
			'reason'
		])
		.$if(state !== null, (query) => query.where(inState[state!]))
		.orderBy('queuedAt', 'desc')
		.orderBy('id', 'desc')
		.limit(mailsOnAPage + 1)
		.offset((page - 1) * mailsOnAPage)
		.execute();
	return { mails: rows.slice(0, mailsOnAPage), more: rows.length > mailsOnAPage };
}

/** How many mails need somebody: those that wait, that were refused, or of which nobody knows. */
export const countMails = (context: Context) =>
	visibleMails(context)
		.select([
			sql<number>`count(*) filter (where ${inState.waiting})::int`.as('waiting'),
			sql<number>`count(*) filter (where ${inState.refused})::int`.as('refused'),
			sql<number>`count(*) filter (where ${inState.unclear})::int`.as('unclear')
		])
		.where('sentAt', 'is', null)
		.executeTakeFirstOrThrow();

/** How many mails stand in each state: what the list of that state holds. */
export async function countByState(context: Context): Promise<Record<State, number>> {
	const { sent } = await visibleMails(context)
		.select(sql<number>`count(*)::int`.as('sent'))
		.where('sentAt', 'is not', null)
		.executeTakeFirstOrThrow();
	return { ...(await countMails(context)), sent };
}

/** One mail with its text. */
export async function findMail(context: Context, id: string): Promise<Mail> {
	if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound();
	const mail = await visibleMails(context).selectAll().where('id', '=', id).executeTakeFirst();
	if (!mail) throw new NotFound();
	return mail;
}

/** The last backup that was made; null when none ever was. */
export async function lastBackup(context: Context): Promise<{ at: Date; size: number } | null> {
	const last = await context.db
		.selectFrom('backups')
		.$if(!mayReadOutbox(context.actor), (query) => query.where(sql<boolean>`false`))
		.select(['at', 'size'])
		.orderBy('at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return last ?? null;
}
