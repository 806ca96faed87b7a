import { sql, type Kysely } from 'kysely';
import type { Belonging, May } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { addressName, codeOf } from '#platform/ids.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { mayManage } from './policy.ts';
import { stateOf, type Member } from './rules/mandates.ts';

/** Managers hold all three; others what their longest-reaching living mandate says; a member may always discuss. */
const mayToday = sql<May>`case when manager then 'sign' else coalesce((
	select case max(array_position(array['discuss', 'commit', 'sign'], d.may)) when 3 then 'sign' when 2 then 'commit' else 'discuss' end
	from mandates d where d.membership_id = m.id and d.ended_at is null
	and (now_at at time zone o.zone)::date between d.valid_from and coalesce(d.valid_to, 'infinity')), 'discuss') end`;

const held = (now: Date) => sql`lateral (select ${now}::timestamptz as now_at,
	exists (select from managers g where g.membership_id = m.id and g.until is null) as manager) held`;

/** The organisations that somebody belongs to today, and what they may do there. Runs before there is a context. */
export async function listBelongings(db: Kysely<DB>, personId: string, now: Date): Promise<Belonging[]> {
	const { rows } = await sql<{ organisationId: string; name: string; code: string; manager: boolean; may: May }>`
		select o.id as organisation_id, o.name, o.code, manager, ${mayToday} as may
		from memberships m join organisations o on o.id = m.organisation_id, ${held(now)}
		where m.person_id = ${personId} and m.left_at is null
		order by m.joined_at`.execute(db);
	return rows.map(({ code, ...row }) => ({ ...row, path: `/structures/${addressName(row.name, code)}` }));
}

/** What everyone who signed in may see of an organisation: never its street. */
const shown = ['id', 'code', 'kind', 'name', 'shortName', 'purpose', 'communeCode', 'communeName', 'postcode'] as const;

/** Every read of this module starts here: the directory is for those who signed in. */
const visibleOrganisations = ({ db, actor }: Context) =>
	db.selectFrom('organisations').$if(actor.is !== 'person' && actor.is !== 'system', (query) => query.where(sql<boolean>`false`));

export type Summary = {
	id: string;
	code: string;
	kind: string;
	name: string;
	shortName: string | null;
	purpose: string | null;
	place: string | null;
	path: string;
};

type Row = { id: string; code: string; kind: string; name: string; shortName: string | null; purpose: string | null } & {
	communeCode: string | null;
	communeName: string | null;
};

export const placeOf = ({ communeCode, communeName }: Pick<Row, 'communeCode' | 'communeName'>): string | null =>
	inWords(communeCode ? findCommune(communeCode) : null) ?? communeName;

const inWords = (commune: ReturnType<typeof findCommune>): string | null => commune && communeLabel(commune);

export const pathOf = ({ name, code }: { name: string; code: string }): string => `/structures/${addressName(name, code)}`;

const summary = (row: Row): Summary => ({
	id: row.id,
	code: row.code,
	kind: row.kind,
	name: row.name,
	shortName: row.shortName,
	purpose: row.purpose,
	place: placeOf(row),
	path: pathOf(row)
});

export const pageSize = 24;

export type Search = { words: string; kind: string | null; theme: string | null; page: number };

/** One page of the directory, by name; with words, the names, purposes and places that hold them all, whatever the accents. */
export async function listOrganisations(context: Context, { words, kind, theme, page }: Search) {
	const said = words.trim().slice(0, 200);
	const pattern = (one: string) => one.replace(/[%_\\]/g, '\\$&');
	let query = visibleOrganisations(context);
	for (const one of said.split(/\s+/).filter(Boolean).slice(0, 8))
		query = query.where(sql<boolean>`searched like '%' || plain(${pattern(one)}) || '%'`);
	if (kind) query = query.where('kind', '=', kind);
	if (theme) query = query.where(sql<boolean>`plain_words(themes) @> array[plain(${theme.slice(0, 120)})]`);
	const { count } = await query.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const pages = Math.max(1, Math.ceil(count / pageSize));
	const at = Math.min(page, pages);
	const rows = await query
		.select(shown)
		.select('themes')
		.$if(said !== '', (q) => q.orderBy(sql`searched like plain(${pattern(said)}) || '%'`, 'desc'))
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.limit(pageSize)
		.offset((at - 1) * pageSize)
		.execute();
	return { organisations: rows.map((row) => ({ ...summary(row), themes: row.themes })), count, page: at, pages };
}

/** An organisation by its code in an address. */
export async function findOrganisation(context: Context, address: string) {
	const row = await visibleOrganisations(context)
		.select(shown)
		.select(['otherNames', 'values', 'themes', 'audiences', 'networks', 'constraints', 'employees', 'volunteers', 'budgetClass'])
		.select(['channels', 'website', 'email', 'phone', 'zone', 'registeredAt', 'updatedAt'])
		.where('code', '=', codeOf(address))
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const identifiers = await context.db
		.selectFrom('organisationIdentifiers')
		.select(['kind', 'value'])
		.where('organisationId', '=', row.id)
		.orderBy('kind')
		.orderBy('value')
		.execute();
	return { ...row, ...summary(row), identifiers };
}

export type Organisation = Awaited<ReturnType<typeof findOrganisation>>;

/** What an organisation is called, for those whom it invites. */
export async function findOrganisationName(db: Reader, id: string): Promise<string | null> {
	return (await db.selectFrom('organisations').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null;
}

/** Several organisations by id, for other modules' pages. */
export async function summariesOf(db: Reader, ids: string[]): Promise<Map<string, Summary>> {
	if (!ids.length) return new Map();
	const rows = await db
		.selectFrom('organisations')
		.select(shown)
		.where('id', 'in', [...new Set(ids)])
		.execute();
	return new Map(rows.map((row) => [row.id, summary(row)]));
}

/** The people of an organisation: seen by those who signed in, because they must know whom to talk to. */
export async function listMembers(context: Context, organisationId: string): Promise<Member[]> {
	if (context.actor.is !== 'person' && context.actor.is !== 'system') return [];
	return membersOf(context.db, organisationId, context.now);
}

/** The people of several organisations at once, to choose one from: names only, for those who signed in. */
export async function listPeopleOf(
	{ db, actor }: Context,
	organisationIds: string[]
): Promise<{ organisationId: string; personId: string; name: string }[]> {
	if (!organisationIds.length || (actor.is !== 'person' && actor.is !== 'system')) return [];
	return db
		.selectFrom('memberships as m')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.organisationId', 'p.id as personId', 'p.name'])
		.where('m.organisationId', 'in', organisationIds)
		.where('m.leftAt', 'is', null)
		.orderBy('p.name')
		.execute();
}

async function membersOf(db: Reader, organisationId: string, now: Date): Promise<Member[]> {
	const { rows } = await sql<Member>`
		select m.id as membership_id, p.id as person_id, p.name, m.title, manager, ${mayToday} as may,
			case when not manager then living.valid_from end as "from", case when not manager then living.valid_to end as "to"
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id
		cross join ${held(now)}
		left join lateral (
			select d.valid_from::text, d.valid_to::text from mandates d where d.membership_id = m.id and d.ended_at is null
			and (now_at at time zone o.zone)::date between d.valid_from and coalesce(d.valid_to, 'infinity')
			order by array_position(array['discuss', 'commit', 'sign'], d.may) desc, d.given_at desc limit 1) living on true
		where m.organisation_id = ${organisationId} and m.left_at is null
		order by m.joined_at`.execute(db as Kysely<DB>);
	return rows;
}

/** The people of some organisations, with the address at which they can be written to: for those whom a meeting gathers. */
export async function peopleOf(db: Reader, organisationIds: string[]) {
	if (!organisationIds.length) return [];
	return db
		.selectFrom('memberships as m')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.organisationId', 'p.id as personId', 'p.name', 'p.email'])
		.where('m.organisationId', 'in', organisationIds)
		.where('m.leftAt', 'is', null)
		.orderBy('m.joinedAt')
		.limit(500)
		.execute();
}

/** The people of some organisations today, what they may do there, and where they can be written to: for those who gather them. */
export async function speakersOf(
	db: Reader,
	organisationIds: string[],
	now: Date
): Promise<{ organisationId: string; personId: string; name: string; email: string | null; manager: boolean; may: May }[]> {
	if (!organisationIds.length) return [];
	const { rows } = await sql<Awaited<ReturnType<typeof speakersOf>>[number]>`
		select m.organisation_id, p.id as person_id, p.name, p.email, manager, ${mayToday} as may
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id, ${held(now)}
		where m.organisation_id = any(${organisationIds}::uuid[]) and m.left_at is null
		order by m.joined_at, m.id
		limit 2000`.execute(db as Kysely<DB>);
	return rows;
}

/** The address of each organisation that has one: for those who invite it. */
export async function addressesOf(db: Reader, organisationIds: string[]): Promise<Map<string, string>> {
	if (!organisationIds.length) return new Map();
	const rows = await db.selectFrom('organisations').select(['id', 'email']).where('id', 'in', organisationIds).execute();
	return new Map(rows.flatMap(({ id, email }) => (email ? [[id, email] as const] : [])));
}

/** Who manages an organisation and can be written to: the people to tell when something concerns it. */
export const managersOf = (db: Reader, organisationId: string) =>
	db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['p.id', 'p.name', 'p.email'])
		.where('m.organisationId', '=', organisationId)
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.execute();

/** The same of several organisations at once. */
export const managersOfAll = (db: Reader, organisationIds: string[]) =>
	db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.select(['m.personId', 'm.organisationId'])
		.where('m.organisationId', 'in', organisationIds.length ? organisationIds : [null as unknown as string])
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.execute();

/** Where organisations are registered, and who can sign for each: what an agreement says of its partners. */
export async function registrationsOf(db: Reader, organisationIds: string[], now: Date) {
	const ids = organisationIds.length ? organisationIds : [null as unknown as string];
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'kind', 'communeCode', 'postcode', 'zone'])
		.where('id', 'in', ids)
		.execute();
	const identifiers = await db
		.selectFrom('organisationIdentifiers')
		.select(['organisationId', 'kind', 'value'])
		.where('organisationId', 'in', ids)
		.orderBy('kind')
		.orderBy('value')
		.execute();
	const { rows: signatories } = await sql<{ organisationId: string; name: string; title: string | null }>`
		select distinct on (m.organisation_id) m.organisation_id, p.name, m.title
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id, ${held(now)}
		where m.organisation_id in (${sql.join(ids)}) and m.left_at is null and ${mayToday} = 'sign'
		order by m.organisation_id, manager, m.joined_at`.execute(db as Kysely<DB>);
	return new Map(
		rows.map((row) => [
			row.id,
			{
				...row,
				identifiers: identifiers.filter(({ organisationId }) => organisationId === row.id),
				signatory: signatories.find(({ organisationId }) => organisationId === row.id) ?? null
			}
		])
	);
}

/** The invitations of an organisation: seen by those who manage it, since they hold addresses. */
export async function listInvitations({ actor, db, now }: Context, organisationId: string) {
	if (!mayManage(actor, organisationId)) return [];
	const rows = await db
		.selectFrom('invitations')
		.select(['id', 'name', 'email', 'manager', 'may', 'invitedAt', 'expiresAt', 'acceptedAt', 'declinedAt', 'revokedAt'])
		.where('organisationId', '=', organisationId)
		.orderBy('invitedAt', 'desc')
		.limit(50)
		.execute();
	return rows.map((row) => ({ ...row, may: row.may as May, state: stateOf(row, now) }));
}

/** An invitation by the secret of its link, whatever its state: a used one says so. */
export async function findInvitation({ db, now }: Context, token: string) {
	const row = await db
		.selectFrom('invitations as i')
		.innerJoin('organisations as o', 'o.id', 'i.organisationId')
		.leftJoin('persons as p', 'p.id', 'i.invitedBy')
		.select([
			'i.id',
			'i.organisationId',
			'i.name',
			'i.email',
			'i.manager',
			'i.may',
			'i.expiresAt',
			'i.acceptedAt',
			'i.declinedAt'
		])
		.select(['i.revokedAt', 'i.invitedBy', 'o.name as organisation', 'o.code', 'p.name as inviter'])
		.where('i.tokenHash', '=', hashToken(token))
		.executeTakeFirst();
	if (!row) throw new NotFound('link');
	return { ...row, may: row.may as May, state: stateOf(row, now), path: pathOf({ name: row.organisation, code: row.code }) };
}

/** How many people manage an organisation today: with none, somebody else has to invite the first one. */
export async function countManagers(db: Reader, organisationId: string): Promise<number> {
	const { count } = await db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('m.organisationId', '=', organisationId)
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.executeTakeFirstOrThrow();
	return count;
}

/** Whether somebody who accepted would manage this organisation. */
export async function countWaitingManagers({ db, now }: Pick<Context, 'db' | 'now'>, organisationId: string): Promise<number> {
	const { count } = await db
		.selectFrom('invitations')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('organisationId', '=', organisationId)
		.where('manager', '=', true)
		.where('acceptedAt', 'is', null)
		.where('declinedAt', 'is', null)
		.where('revokedAt', 'is', null)
		.where('expiresAt', '>', now)
		.executeTakeFirstOrThrow();
	return count;
}

/** The organisations of this name, to join one that is known rather than register it twice. */
export const listNamesakes = ({ db }: Context, key: string) =>
	db
		.selectFrom('organisations')
		.select(['id', 'code', 'name', 'communeCode', 'communeName'])
		.where('nameKey', '=', key)
		.orderBy('registeredAt')
		.limit(20)
		.execute();

/** Refuses when a person acts for an organisation that isn't theirs. */
export function actingFor(context: Context, organisationId: string | null): string {
	if (context.actor.is !== 'person') throw new Refused('organisations.sign-in-first');
	const { belongings } = context.actor;
	if (organisationId === null && belongings.length === 1) return belongings[0]!.organisationId;
	if (organisationId === null)
		throw new Refused(belongings.length ? 'organisations.choose-one' : 'organisations.none-yet', {}, 'actingFor');
	if (!belongings.some((one) => one.organisationId === organisationId))
		throw new Refused('organisations.not-yours', {}, 'actingFor');
	return organisationId;
}

/** The zone of whoever belongs to no organisation. */
export const usualZone = 'Europe/Paris';

/** The time zone that people live by: that of the organisation that they joined first. */
export async function zonesOf(db: Reader, personIds: string[]): Promise<Map<string, string>> {
	if (!personIds.length) return new Map();
	const rows = await db
		.selectFrom('memberships as m')
		.innerJoin('organisations as o', 'o.id', 'm.organisationId')
		.distinctOn('m.personId')
		.select(['m.personId', 'o.zone'])
		.where('m.personId', 'in', personIds)
		.where('m.leftAt', 'is', null)
		.orderBy('m.personId')
		.orderBy('m.joinedAt')
		.execute();
	return new Map(rows.map(({ personId, zone }) => [personId, zone]));
}

/** How several organisations are reached: what the directory says, and who manages them. */
export async function contactsOf({ db }: Context, ids: string[]) {
	if (!ids.length) return new Map<string, never>();
	const wanted = [...new Set(ids)];
	const rows = await db
		.selectFrom('organisations')
		.select([...shown, 'phone', 'email', 'channels'])
		.where('id', 'in', wanted)
		.execute();
	const managers = await db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.organisationId', 'p.id', 'p.name', 'p.email'])
		.where('m.organisationId', 'in', wanted)
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.execute();
	const byOrganisation = Map.groupBy(managers, ({ organisationId }) => organisationId);
	return new Map(
		rows.map((row) => {
			const people = byOrganisation.get(row.id) ?? [];
			const email = row.email ?? people.find((one) => one.email)?.email ?? null;
			return [row.id, { ...summary(row), phone: row.phone, email, channels: row.channels, managers: people }];
		})
	);
}

/** Where an organisation can be written to when none of its people has an account. */
export const contactOf = (db: Reader, id: string) =>
	db.selectFrom('organisations').select(['name', 'email']).where('id', '=', id).executeTakeFirst();
