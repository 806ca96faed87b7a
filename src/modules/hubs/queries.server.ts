import { sql, type Kysely } from 'kysely';
import { administers, hubsOf, type May, type Person, organisationsOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { readingOf } from '#platform/reading.ts';
import { NotFound } from '#platform/errors.ts';
import { orNobody } from '#platform/ids.ts';
import { belonging, belongingsOf, envelopesOf } from '#modules/organisations/queries.server.ts';
import { personOfSession } from '#modules/people/queries.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { mayAccompanyFor } from './policy.ts';
import type { Accompanied } from './rules.ts';

/** Which of these organisations are hubs: those for which a member accompanies. */
export async function hubsAmong(db: Kysely<DB>, organisationIds: string[]): Promise<string[]> {
	if (!organisationIds.length) return [];
	const hubs = await db
		.selectFrom('hubs')
		.select('organisationId')
		.where('organisationId', 'in', organisationIds)
		.where('closedAt', 'is', null)
		.execute();
	return hubs.map(({ organisationId }) => organisationId);
}

type OfSession = { id: string; name: string; administrator: boolean } & (
	| { organisationId: null }
	| { organisationId: string; organisation: string; code: string; manager: boolean; may: May; hub: boolean }
);

/**
 * Who asks: the person of a session, the organisations that they belong to, the hubs for which they accompany. One question, since
 * every page begins with it; it runs before there is a context.
 */
export async function findActorOfSession(db: Kysely<DB>, token: string, now: Date): Promise<Person | null> {
	const { rows } = await sql<OfSession>`
		select s.*, b.organisation_id, b.name as organisation, b.code, b.manager, b.may,
			exists (select from hubs h where h.organisation_id = b.organisation_id and h.closed_at is null) as hub
		from (${personOfSession(db, token, now)}) s
		left join lateral (${belongingsOf(sql.ref('s.id'), now)}) b on true
		order by b.joined_at`.execute(db);
	const [first] = rows;
	if (!first) return null;
	const { id, name, administrator } = first;
	const belongs = rows.filter((row) => row.organisationId !== null);
	return {
		is: 'person',
		id,
		name,
		administrator,
		belongings: belongs.map((row) => belonging({ ...row, name: row.organisation })),
		hubs: belongs.filter(({ hub }) => hub).map(({ organisationId }) => organisationId)
	};
}

const livingAccompaniments = ({ db, actor }: Context) => {
	const hubs = hubsOf(actor);
	return db
		.selectFrom('accompaniments')
		.where('hubId', 'in', orNobody(hubs))
		.where('acceptedAt', 'is not', null)
		.where('endedAt', 'is', null);
};

/** The cooperations that accepted one of the actor's hubs: a subquery of ids, for the reads of other modules. */
export const accompaniedCooperations = (context: Context) =>
	livingAccompaniments(context)
		.where('cooperationId', 'is not', null)
		.select('cooperationId')
		.$castTo<{ cooperationId: string }>();

/** The organisations that accepted one of the actor's hubs: a subquery of ids. */
export const accompaniedOrganisations = (context: Context) =>
	livingAccompaniments(context)
		.where('organisationId', 'is not', null)
		.select('organisationId')
		.$castTo<{ organisationId: string }>();

/** What envelopes say: with the street for those who belong to an organisation or accompany it, who may know it. */
export async function envelopesFor(context: Context, organisationIds: string[]): Promise<Map<string, string[]>> {
	const accompanied = await accompaniedOrganisations(context).where('organisationId', 'in', orNobody(organisationIds)).execute();
	const known = new Set([...organisationsOf(context.actor), ...accompanied.map(({ organisationId }) => organisationId)]);
	return envelopesOf(context.db, organisationIds, known);
}

const shown = ['organisationId as id', 'senderName as name', 'senderEmail as email', 'phone', 'hours'] as const;

/** The open hubs, those of a commune first: everybody who signed in may know whom to ask. */
export async function listHubs({ db, actor }: Context, { commune = null as string | null } = {}) {
	if (actor.is !== 'person') return [];
	return db
		.selectFrom('hubs as h')
		.leftJoin('hubCommunes as c', (join) =>
			join.onRef('c.hubId', '=', 'h.organisationId').on('c.communeCode', '=', commune ?? '')
		)
		.select(['h.organisationId as id', 'h.senderName as name', 'h.phone', 'h.hours', 'c.communeCode as here'])
		.where('h.closedAt', 'is', null)
		.orderBy('c.communeCode')
		.orderBy('h.senderName')
		.limit(50)
		.execute();
}

/** The hubs for which the actor accompanies. */
export async function listMyHubs({ db, actor }: Context) {
	const mine = hubsOf(actor);
	if (!mine.length) return [];
	return db.selectFrom('hubs').select(shown).where('organisationId', 'in', mine).orderBy('senderName').execute();
}

/** A hub that the actor accompanies for, or administers, with its territory. */
export async function findHub({ db, actor }: Context, hubId: string) {
	if (!mayAccompanyFor(actor, hubId) && !administers(actor)) throw new NotFound();
	const hub = await db.selectFrom('hubs').select(shown).where('organisationId', '=', hubId).executeTakeFirst();
	if (!hub) throw new NotFound();
	const communes = await db.selectFrom('hubCommunes').select('communeCode').where('hubId', '=', hubId).execute();
	return {
		...hub,
		communes: communes
			.map(({ communeCode }) => findCommune(communeCode))
			.filter((one) => one !== null)
			.map(({ code, name, departmentName }) => ({ code, name, departmentName }))
			.toSorted((a, b) => a.name.localeCompare(b.name, 'fr'))
	};
}

const relations = (db: Reader) =>
	db
		.selectFrom('accompaniments as a')
		.innerJoin('hubs as h', 'h.organisationId', 'a.hubId')
		.select(['a.id', 'a.hubId', 'a.organisationId', 'a.cooperationId', 'a.proposedByHub', 'a.proposedAt', 'a.acceptedAt'])
		.select(['a.declinedAt', 'a.endedAt', 'h.senderName as hubName', 'h.phone as hubPhone', 'h.hours as hubHours']);

/** What the form of a hub's own words showed, in a few signs. */
export const hubSaysSo = (it: { name: string; email: string | null; phone: string | null; hours: string | null }): string =>
	readingOf([it.name, it.email, it.phone, it.hours]);

/** One relation, whoever asks: the caller says who may know of it. */
export const relationById = (db: Reader, id: string) => relations(db).where('a.id', '=', id).executeTakeFirst();

/** The relations of an organisation or of a cooperation, the latest first: the caller has checked who asks. */
export const relationsOf = (db: Reader, accompanied: Accompanied) =>
	relations(db)
		.$if('organisationId' in accompanied, (query) =>
			query.where('a.organisationId', '=', (accompanied as { organisationId: string }).organisationId)
		)
		.$if('cooperationId' in accompanied, (query) =>
			query.where('a.cooperationId', '=', (accompanied as { cooperationId: string }).cooperationId)
		)
		.orderBy('a.proposedAt', 'desc')
		.limit(100)
		.execute();

/** The relations that live or wait, of the actor's organisations and of the cooperations that the caller says: in one query. */
export async function relationsAround({ db, actor }: Context, cooperationIds: string[]) {
	const mine = organisationsOf(actor);
	if (!mine.length) return [];
	return relations(db)
		.where((eb) =>
			eb.or([eb('a.organisationId', 'in', mine), ...(cooperationIds.length ? [eb('a.cooperationId', 'in', cooperationIds)] : [])])
		)
		.where('a.declinedAt', 'is', null)
		.where('a.endedAt', 'is', null)
		.orderBy('a.proposedAt')
		.limit(200)
		.execute();
}

/** The relations of the actor's hubs that live or wait for an answer. */
export async function listRelations({ db, actor }: Context) {
	const mine = hubsOf(actor);
	if (!mine.length) return [];
	return relations(db)
		.where('a.hubId', 'in', mine)
		.where('a.declinedAt', 'is', null)
		.where('a.endedAt', 'is', null)
		.orderBy('a.proposedAt')
		.limit(5000)
		.execute();
}

/** Which of the actor's hubs accompanies this cooperation; null when none does. */
export async function accompanyingHub(context: Context, cooperationId: string): Promise<string | null> {
	const row = await livingAccompaniments(context)
		.select('hubId')
		.where('cooperationId', '=', cooperationId)
		.orderBy('acceptedAt')
		.executeTakeFirst();
	return row?.hubId ?? null;
}
