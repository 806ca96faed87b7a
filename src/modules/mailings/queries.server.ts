import { sql, type ExpressionBuilder, type SqlBool } from 'kysely';
import { hubsOf, organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { NotFound } from '#platform/errors.ts';
import { codeOf, orNobody } from '#platform/ids.ts';
import { partnersInSight } from '#modules/cooperations/queries.server.ts';
import { accompaniedOrganisations } from '#modules/hubs/queries.server.ts';
import { confirmedSince, factsOf, lastConfirmations, postalLinesOf } from '#modules/organisations/queries/facts.server.ts';
import {
	findOrganisation,
	keptOf,
	organisationsAsked,
	summariesOf,
	type Organisation
} from '#modules/organisations/queries.server.ts';
import { ofOne } from '#modules/organisations/rules/merged.ts';
import { contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { partnersKept } from '#modules/sheets/queries.server.ts';
import { mayWriteFor } from './policy.ts';
import type { Chosen } from './forms.ts';
import { freshFor, mostRecipients, remindable, restsFor, type Answer, type Kind } from './rules.ts';

const ours = ({ actor }: Context) => {
	const ids = organisationsOf(actor);
	return orNobody(ids);
};

/** Every read of this module starts here: what one's own organisations sent. Others read theirs by their link. */
const visibleMailings = (context: Context) =>
	context.db.selectFrom('mailings').where('mailings.organisationId', 'in', ours(context));

/** The organisation that writes, by its address: for those who belong to it. */
export async function findSender(context: Context, address: string): Promise<Organisation> {
	const sender = await findOrganisation(context, address);
	if (!mayWriteFor(context.actor, sender.id)) throw new NotFound();
	return sender;
}

/** Whom an organisation may write to: its partners, and for a house those that it accompanies. */
const reachable = (context: Context, senderId: string) => (eb: ExpressionBuilder<DB, 'organisations'>) =>
	eb.or([
		eb('id', 'in', partnersKept(context, senderId)),
		...(hubsOf(context.actor).includes(senderId)
			? [eb('id', 'in', partnersInSight(context)), eb('id', 'in', accompaniedOrganisations(context))]
			: [])
	]);

/** Those to which this sender wrote since then: the next ones of a long list are the others. A subquery of organisations. */
const writtenSince = (context: Context, senderId: string, since: Date) =>
	visibleMailings(context)
		.innerJoin('mailingRecipients as r', 'r.mailingId', 'mailings.id')
		.where('mailings.organisationId', '=', senderId)
		.where('mailings.sentAt', '>', since)
		.select('r.organisationId');

/** Those whose letter goes by mail: they have an address, or somebody who manages them has one. */
const hasMail = (eb: ExpressionBuilder<DB, 'organisations'>) =>
	eb.or([
		eb('email', 'is not', null),
		eb(
			'id',
			'in',
			eb
				.selectFrom('managers as g')
				.innerJoin('memberships as m', 'm.id', 'g.membershipId')
				.innerJoin('persons as p', 'p.id', 'm.personId')
				.where('m.leftAt', 'is', null)
				.where('g.until', 'is', null)
				.where('p.email', 'is not', null)
				.select('m.organisationId')
		)
	]);

/** Those that an organisation can choose among, by name; with whether they can be reached by mail, and want to be. */
export async function listReachable(context: Context, senderId: string, { words, kind, theme, state }: Chosen) {
	const rows = await organisationsAsked(context, { words, kind, theme })
		.where(reachable(context, senderId))
		.$if(state === 'to_confirm', (query) =>
			query.where('id', 'not in', confirmedSince(context.db, new Date(context.now.getTime() - freshFor)))
		)
		.$if(state === 'not_written', (query) =>
			query.where('id', 'not in', writtenSince(context, senderId, new Date(context.now.getTime() - restsFor)))
		)
		.$if(state === 'by_mail', (query) => query.where(hasMail))
		.$if(state === 'on_paper', (query) => query.where((eb) => eb.not(hasMail(eb))))
		.where('id', '<>', senderId)
		.select('id')
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.limit(mostRecipients + 1)
		.execute();
	const ids = rows.slice(0, mostRecipients).map(({ id }) => id);
	const contacts = await contactsOf(context, ids);
	const refused = await refusedBy(context, senderId, ids);
	const confirmed = await lastConfirmations(context.db, ids);
	return {
		more: rows.length > mostRecipients,
		organisations: ids.map((id) => {
			const { name, place, email } = contacts.get(id)!;
			const at = confirmed.get(id) ?? null;
			return {
				id,
				name,
				place,
				byMail: email !== null,
				refused: refused.has(id),
				confirmedAt: at,
				fresh: at !== null && context.now.getTime() - at.getTime() < freshFor
			};
		})
	};
}

/** Of these, those that one may write to here. */
export async function reachableAmong(context: Context, senderId: string, ids: string[]): Promise<Set<string>> {
	const rows = await context.db
		.selectFrom('organisations')
		.select('id')
		.where('id', 'in', orNobody(ids))
		.where('mergedInto', 'is', null)
		.where(reachable(context, senderId))
		.execute();
	return new Set(rows.map(({ id }) => id));
}

/** Of these, those to which the same letter of this sender went within a month: one letter is received once. */
export async function alreadySent(
	context: Context,
	senderId: string,
	{ kind, title }: { kind: Kind; title: string },
	ids: string[]
): Promise<Set<string>> {
	const rows = await visibleMailings(context)
		.innerJoin('mailingRecipients as r', 'r.mailingId', 'mailings.id')
		.select('r.organisationId')
		.where('mailings.organisationId', '=', senderId)
		.where('mailings.kind', '=', kind)
		.where(sql<SqlBool>`lower(mailings.title) = lower(${title})`)
		.where('mailings.sentAt', '>', new Date(context.now.getTime() - restsFor))
		.where('r.organisationId', 'in', orNobody(ids))
		.execute();
	return new Set(rows.map(({ organisationId }) => organisationId));
}

/** Of these, those that want no more letters of this sender, or of anybody. */
export async function refusedBy({ db }: Context, senderId: string, ids: string[]): Promise<Set<string>> {
	const rows = await db
		.selectFrom('mailingRefusals')
		.select('organisationId')
		.where('organisationId', 'in', orNobody(ids))
		.where((eb) => eb.or([eb('senderId', '=', senderId), eb('senderId', 'is', null)]))
		.execute();
	return new Set(rows.map(({ organisationId }) => organisationId));
}

const columns = ['id', 'code', 'organisationId', 'kind', 'title', 'text', 'heldOn', 'place', 'sentAt', 'sentBy'] as const;

const mailingsOnAPage = 20;

/** One page of what an organisation sent, latest first, with how many answered. */
export async function listMailings(context: Context, senderId: string, { page }: { page: number }) {
	const rows = await visibleMailings(context)
		.select(columns)
		.where('organisationId', '=', senderId)
		.orderBy('sentAt', 'desc')
		.orderBy('id', 'desc')
		.limit(mailingsOnAPage + 1)
		.offset((page - 1) * mailingsOnAPage)
		.execute();
	const shown = rows.slice(0, mailingsOnAPage);
	const counts = shown.length
		? await context.db
				.selectFrom('mailingRecipients')
				.select([
					'mailingId',
					sql<number>`count(*)::int`.as('sent'),
					sql<number>`count(*) filter (where answered_at is not null or exists (
					select from mailings m join fact_confirmations f on f.organisation_id = mailing_recipients.organisation_id
					where m.id = mailing_recipients.mailing_id and m.kind = 'refresh' and f.confirmed_at > m.sent_at))::int`.as('answered')
				])
				.where(
					'mailingId',
					'in',
					shown.map(({ id }) => id)
				)
				.groupBy('mailingId')
				.execute()
		: [];
	const by = new Map(counts.map((one) => [one.mailingId, one]));
	return {
		more: rows.length > mailingsOnAPage,
		mailings: shown.map((row) => ({
			...row,
			kind: row.kind as Kind,
			sent: by.get(row.id)?.sent ?? 0,
			answered: by.get(row.id)?.answered ?? 0
		}))
	};
}

/** One letter that an organisation sent, by its code, with who received it, answered it, was reminded. */
export async function findMailing(context: Context, senderId: string, address: string) {
	const mailing = await visibleMailings(context)
		.select(columns)
		.where('organisationId', '=', senderId)
		.where('code', '=', codeOf(address))
		.executeTakeFirst();
	if (!mailing) throw new NotFound();
	const every = await context.db
		.selectFrom('mailingRecipients as r')
		.innerJoin('organisations as named', 'named.id', 'r.organisationId')
		.select(['r.id', keptOf('named').as('organisationId'), 'named.mergedInto'])
		.select(['r.way', 'r.mailedAt', 'r.remindedAt', 'r.answer', 'r.answeredAt', 'r.remark'])
		.where('r.mailingId', '=', mailing.id)
		.execute();
	/** Two that became one since are one recipient: with its answer, whichever gave it. */
	const rows = [...Map.groupBy(every, ({ organisationId }) => organisationId).values()].map(ofOne);
	const known = await summariesOf(
		context.db,
		rows.map(({ organisationId }) => organisationId)
	);
	const people = await namesOfPersons(context.db, mailing.sentBy ? [mailing.sentBy] : []);
	const elsewhere =
		mailing.kind === 'refresh'
			? await lastConfirmations(
					context.db,
					rows.filter(({ answeredAt }) => !answeredAt).map(({ organisationId }) => organisationId)
				)
			: new Map<string, Date>();
	const collator = new Intl.Collator('fr');
	/** Whoever confirmed on its own page since the letter has answered it. */
	const withAnswer = (row: (typeof rows)[number]) => {
		const at = elsewhere.get(row.organisationId);
		return at && at > mailing.sentAt ? { ...row, answer: 'on_their_page', answeredAt: at } : row;
	};
	return {
		...mailing,
		kind: mailing.kind as Kind,
		person: (mailing.sentBy && people.get(mailing.sentBy)) || null,
		recipients: rows
			.map(withAnswer)
			.map((row) => {
				const { name, place, path } = known.get(row.organisationId)!;
				return {
					...row,
					answer: row.answer as Answer | 'on_their_page' | null,
					name,
					place,
					path,
					remindable: remindable(row, context.now)
				};
			})
			.toSorted((a, b) => Number(a.answeredAt !== null) - Number(b.answeredAt !== null) || collator.compare(a.name, b.name))
	};
}

export type MailingSeen = Awaited<ReturnType<typeof findMailing>>;

/**
 * The lines of the envelopes of some recipients, for paper only. The street is printed for those with whom the reader cooperates
 * today or whom their house accompanies, and for the reader's own structures; for others, the town only.
 */
export async function envelopesOf(context: Context, organisationIds: string[]) {
	const known = await context.db
		.selectFrom('organisations')
		.select('id')
		.where('id', 'in', orNobody(organisationIds))
		.where((eb) =>
			eb.or([
				eb('id', 'in', ours(context)),
				eb('id', 'in', partnersInSight(context)),
				eb('id', 'in', accompaniedOrganisations(context))
			])
		)
		.execute();
	return postalLinesOf(context.db, organisationIds, new Set(known.map(({ id }) => id)));
}

/** The letter that a link opens: for the organisation to which it was sent. */
export async function findLetterOfLink({ actor, db }: Context) {
	if (actor.is !== 'link' || actor.may !== 'answer') throw new NotFound('link');
	const row = await db
		.selectFrom('mailingRecipients as r')
		.innerJoin('mailings as m', 'm.id', 'r.mailingId')
		.innerJoin('organisations as named', 'named.id', 'r.organisationId')
		.select(['r.id', keptOf('named').as('organisationId'), 'r.answer', 'r.answeredAt', 'r.remark'])
		.select(['m.kind', 'm.title', 'm.text', 'm.heldOn', 'm.place', 'm.sentAt', 'm.organisationId as senderId'])
		.where('r.id', '=', actor.thing)
		.executeTakeFirst();
	if (!row) throw new NotFound('link');
	const refusals = await db
		.selectFrom('mailingRefusals')
		.select('senderId')
		.where('organisationId', '=', row.organisationId)
		.where((eb) => eb.or([eb('senderId', '=', row.senderId), eb('senderId', 'is', null)]))
		.execute();
	const sender = (await summariesOf(db, [row.senderId])).get(row.senderId)!;
	return {
		...row,
		kind: row.kind as Kind,
		answer: row.answer as Answer | null,
		sender: sender.name,
		facts: await factsOf(db, row.organisationId),
		noMore: refusals.some(({ senderId }) => senderId === null) ? ('all' as const) : refusals.length ? ('sender' as const) : null
	};
}

/** The letters that one of the actor's organisations sent to another, latest first: for the sheet kept about it. */
export async function listMailingsTo(context: Context, oursId: string, theirs: string, limit = 50) {
	return visibleMailings(context)
		.innerJoin('mailingRecipients as r', 'r.mailingId', 'mailings.id')
		.select(['mailings.code', 'mailings.kind', 'mailings.title', 'mailings.sentAt', 'r.answer'])
		.where('mailings.organisationId', '=', oursId)
		.where('r.organisationId', '=', theirs)
		.orderBy('mailings.sentAt', 'desc')
		.limit(limit)
		.execute();
}

/** When each of these was last asked about its facts, by whomever: nobody is asked twice within a month. */
export async function lastAsked({ db }: Context, organisationIds: string[]): Promise<Map<string, Date>> {
	if (!organisationIds.length) return new Map();
	const rows = await db
		.selectFrom('mailingRecipients as r')
		.innerJoin('mailings as m', 'm.id', 'r.mailingId')
		.select(['r.organisationId', sql<Date>`max(coalesce(r.reminded_at, m.sent_at))`.as('at')])
		.where('r.organisationId', 'in', organisationIds)
		.where('m.kind', '=', 'refresh')
		.groupBy('r.organisationId')
		.execute();
	return new Map(rows.map(({ organisationId, at }) => [organisationId, at]));
}

/** What one did here, for the export. */
export async function listOwnMailings({ db, actor }: Context) {
	if (actor.is !== 'person') return null;
	return {
		sent: await db
			.selectFrom('mailings')
			.select(['kind', 'title', 'sentAt'])
			.where('sentBy', '=', actor.id)
			.orderBy('sentAt')
			.execute(),
		factsConfirmed: await db
			.selectFrom('factConfirmations')
			.select(['outcome', 'confirmedAt'])
			.where('confirmedBy', '=', actor.id)
			.orderBy('confirmedAt')
			.execute()
	};
}
