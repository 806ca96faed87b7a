import { sql, type Kysely } from 'kysely';
import type { Belonging, May } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { addressName, codeOf } from '#platform/ids.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
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

export const pageSize = 50;

/** One page of the directory, by name; with words, the nearest names, purposes and places. */
export async function listOrganisations(context: Context, { words, page }: { words: string; page: number }) {
	const said = words.trim().slice(0, 200);
	const text = sql<string>`plain(name || ' ' || coalesce(short_name, '') || ' ' || coalesce(purpose, '') || ' ' || coalesce(commune_name, ''))`;
	let query = visibleOrganisations(context);
	for (const one of said.split(/\s+/).filter(Boolean).slice(0, 8))
		query = query.where(sql<boolean>`${text} like '%' || plain(${one.replace(/[%_\\]/g, '\\$&')}) || '%'`);
	const rows = await query
		.select(shown)
		.$if(said !== '', (q) => q.orderBy(sql`plain(name) like plain(${said.replace(/[%_\\]/g, '\\$&')}) || '%'`, 'desc'))
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.limit(pageSize + 1)
		.offset((page - 1) * pageSize)
		.execute();
	return { organisations: rows.slice(0, pageSize).map(summary), more: rows.length > pageSize };
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

async function membersOf(db: Reader, organisationId: string, now: Date): Promise<Member[]> {
	const { rows } = await sql<Member>`
		select m.id as membership_id, p.id as person_id, p.name, m.title, manager, ${mayToday} as may
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id, ${held(now)}
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

/** The invitations of an organisation, for those who manage it. */
export async function listInvitations({ db, now }: Context, organisationId: string) {
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
		.innerJoin('persons as p', 'p.id', 'i.invitedBy')
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

/** The organisations of this name, to join one that is known rather than register it twice. */
export const listNamesakes = ({ db }: Context, key: string) =>
	db
		.selectFrom('organisations')
		.select(['id', 'name', 'communeCode', 'communeName'])
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
