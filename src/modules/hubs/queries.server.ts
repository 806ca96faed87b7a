import { sql, type Expression } from 'kysely';
import { administers, hubsOf, type May, type Person, organisationsOf } from '#platform/actor.ts';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { readingOf } from '#platform/reading.ts';
import { NotFound } from '#platform/errors.ts';
import { orNobody } from '#platform/ids.ts';
import { pathOf } from '#modules/organisations/queries.server.ts';
import { envelopesOf } from '#modules/organisations/queries/reaching.server.ts';
import { belonging, belongingsOf } from '#modules/organisations/queries/belongings.server.ts';
import { personById, personOfSession } from '#modules/people/queries.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { findAreas } from '#modules/territories/queries/areas.server.ts';
import { mayAccompanyFor, mayKeepHub } from './policy.ts';

type OfPerson = { id: string; name: string; administrator: boolean } & (
	| { organisationId: null }
	| { organisationId: string; organisation: string; code: string; manager: boolean; may: May; hub: boolean }
);

/** A person, the organisations that they belong to, the hubs for which they accompany: one question, since every page begins with it. */
async function actorOf(db: Reader, person: Expression<unknown>, now: Date): Promise<Person | null> {
	const rows = await ask(
		db,
		sql<OfPerson>`
		select s.*, b.organisation_id, b.name as organisation, b.code, b.manager, b.may,
			(b.accompanies and exists (select from hubs h where h.organisation_id = b.organisation_id and h.closed_at is null)) as hub
		from (${person}) s
		left join lateral (${belongingsOf(sql.ref('s.id'), now)}) b on true
		order by b.joined_at`
	);
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

/** Who asks, by their session. Runs before there is a context, since it tells who the actor is. */
export const findActorOfSession = (db: Reader, token: string, now: Date): Promise<Person | null> =>
	actorOf(db, personOfSession(db, token, now), now);

/** The actor that a person is at some moment: what their session would give. */
export const findActor = (db: Reader, personId: string, now: Date): Promise<Person | null> =>
	actorOf(db, personById(db, personId), now);

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

const shown = ['organisationId as id', 'senderName as name', 'senderEmail as email', 'phone', 'hours', 'presentation'] as const;

/** The page of a house, from that of its organisation. */
export const houseOf = (organisationPath: string): string => organisationPath.replace('/structures/', '/maisons/');

/** A house as lists show it, and the organisation that it is. */
const houses = (db: Reader) =>
	db
		.selectFrom('hubs as h')
		.innerJoin('organisations as o', 'o.id', 'h.organisationId')
		.select(['h.organisationId as id', 'h.senderName as name', 'h.phone', 'h.hours', 'o.name as organisation', 'o.code'])
		.select(
			sql<number>`(select count(*)::int from memberships m where m.organisation_id = o.id and m.left_at is null and m.accompanies_since is not null)`.as(
				'people'
			)
		);

/** With the page of the house in the place of what makes its address. */
const atItsPage = <T extends { organisation: string; code: string }>({ organisation, code, ...row }: T) => ({
	...row,
	path: houseOf(pathOf({ name: organisation, code }))
});

export type HubShown = {
	id: string;
	name: string;
	phone: string | null;
	hours: string | null;
	/** How many accompany for it: with none, nobody answers yet. */
	people: number;
	/** Whether the place that was asked about is in its territory; and of which part alone. */
	here: string | null;
	part: string | null;
	path: string;
};

/**
 * The open houses; those whose territory holds one of these communes first, the smallest territory before the larger ones. Everybody
 * who signed in may know whom to ask.
 */
export async function listHubs({ db, actor }: Context, { communes = [] as string[] } = {}): Promise<HubShown[]> {
	if (actor.is !== 'person') return [];
	const codes = [...new Set(communes.map((code) => findCommune(code)?.code ?? code))];
	const rows = await houses(db)
		.leftJoinLateral(
			({ selectFrom }) =>
				selectFrom('areaCommunes as c')
					.select(['c.communeCode as here', 'c.part'])
					.whereRef('c.areaId', '=', 'h.areaId')
					.where('c.communeCode', 'in', codes.length ? codes : [''])
					.orderBy('c.part', (order) => order.desc().nullsFirst())
					.limit(1)
					.as('found'),
			(join) => join.onTrue()
		)
		.select(['found.here', 'found.part'])
		.where('h.closedAt', 'is', null)
		.orderBy(sql`found.here is null`)
		.orderBy(sql`case when found.here is not null then (select count(*) from area_communes s where s.area_id = h.area_id) end`)
		.orderBy('h.senderName')
		.orderBy('h.organisationId')
		.limit(50)
		.execute();
	return rows.map(atItsPage);
}

/** The communes where an administrator said that some houses answer for people: a subquery of codes. */
export const trustedCommunes = (db: Reader, hubs: string[]) =>
	db
		.selectFrom('hubTrustedCommunes as within')
		.innerJoin('hubs as house', 'house.organisationId', 'within.hubId')
		.select('within.communeCode')
		.where('within.hubId', 'in', orNobody(hubs))
		.where('house.closedAt', 'is', null);

/** A house that is open: what everybody may know of it. */
export async function findOpenHub(
	db: Reader,
	hubId: string
): Promise<{ id: string; name: string; phone: string | null; path: string } | null> {
	const row = await houses(db).where('h.organisationId', '=', hubId).where('h.closedAt', 'is', null).executeTakeFirst();
	return row ? atItsPage(row) : null;
}

/** An open hub by the name that it signs with, for whoever holds the terminal; the names of all when none bears it. */
export async function hubNamed(db: Reader, name: string): Promise<{ id: string } | { names: string[] }> {
	const open = await db
		.selectFrom('hubs')
		.select(['organisationId as id', 'senderName as name'])
		.select(sql<boolean>`plain(sender_name) = plain(${name})`.as('meant'))
		.where('closedAt', 'is', null)
		.orderBy('senderName')
		.execute();
	const meant = open.filter((one) => one.meant);
	return meant.length === 1 ? { id: meant[0]!.id } : { names: open.map((one) => one.name) };
}

/** The hubs for which the actor accompanies. */
export async function listMyHubs({ db, actor }: Context) {
	const mine = hubsOf(actor);
	if (!mine.length) return [];
	return db.selectFrom('hubs').select(shown).where('organisationId', 'in', mine).orderBy('senderName').execute();
}

/** The houses that the actor keeps, open or not: those that they manage; all of them for an administrator. */
export async function listKeptHubs({ db, actor }: Context) {
	if (actor.is !== 'person') return [];
	const managed = actor.belongings.flatMap((one) => (one.manager ? [one.organisationId] : []));
	const rows = await houses(db)
		.select('h.closedAt')
		.$if(!administers(actor), (query) => query.where('h.organisationId', 'in', orNobody(managed)))
		.orderBy(sql`h.closed_at is not null`)
		.orderBy('h.senderName')
		.limit(200)
		.execute();
	return rows.map(atItsPage);
}

/** The territories that a house chose, by name, and how many communes they hold together. */
export async function territoryOf(db: Reader, hub: { id: string; areaId: string | null }) {
	const keys = await db
		.selectFrom('hubAreas as a')
		.select('a.areaKey')
		.select(
			sql<boolean>`exists (select from hub_trusted_communes t where t.hub_id = a.hub_id and t.area_key = a.area_key)`.as(
				'trusted'
			)
		)
		.where('a.hubId', '=', hub.id)
		.execute();
	const found = await findAreas(
		db,
		keys.map(({ areaKey }) => areaKey)
	);
	const areas = keys.map(({ areaKey, trusted }) => {
		const area = found.get(areaKey);
		return {
			key: areaKey,
			trusted,
			kind: area?.kind ?? null,
			name: area?.name ?? null,
			parts: area?.parts.map(({ part }) => part) ?? []
		};
	});
	const held = hub.areaId
		? await db.selectFrom('areaCommunes').select('communeCode').where('areaId', '=', hub.areaId).execute()
		: [];
	// a commune abroad is its own code
	const today = new Set(held.map(({ communeCode }) => findCommune(communeCode)?.code ?? communeCode));
	return {
		areas: areas.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'fr')),
		// an arrondissement is counted with its city
		communes: [...today].filter((code) => !today.has(findCommune(code)?.parent ?? '')).length
	};
}

/** A hub that the actor accompanies for or keeps, with its territory. */
export async function findHub({ db, actor }: Context, hubId: string) {
	if (!mayAccompanyFor(actor, hubId) && !mayKeepHub(actor, hubId)) throw new NotFound();
	const hub = await houses(db)
		.select(['h.senderEmail as email', 'h.presentation', 'h.areaId'])
		.where('h.organisationId', '=', hubId)
		.where('h.closedAt', 'is', null)
		.executeTakeFirst();
	if (!hub) throw new NotFound();
	return { ...hub, path: houseOf(pathOf({ name: hub.organisation, code: hub.code })), ...(await territoryOf(db, hub)) };
}

/** What the form of a hub's own words showed, in a few signs. */
export const hubSaysSo = (it: {
	name: string;
	email: string | null;
	phone: string | null;
	hours: string | null;
	presentation: string | null;
}): string => readingOf([it.name, it.email, it.phone, it.hours, it.presentation]);

/** Which of the actor's hubs accompanies this cooperation; null when none does. */
export async function accompanyingHub(context: Context, cooperationId: string): Promise<string | null> {
	const row = await livingAccompaniments(context)
		.select('hubId')
		.where('cooperationId', '=', cooperationId)
		.orderBy('acceptedAt')
		.executeTakeFirst();
	return row?.hubId ?? null;
}
