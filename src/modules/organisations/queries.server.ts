import { sql, type RawBuilder } from 'kysely';
import type { Belonging, May } from '#platform/actor.ts';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { exactlyOrNearly, holds, inTitle, mostFound, type Asked } from '#platform/database/text-search.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { addressName, codeOf, orNobody } from '#platform/ids.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communesAbroad } from '#modules/territories/queries/areas.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { Neighbours } from './rules/neighbours.ts';

/** Managers hold all three; others what their longest-reaching living mandate says; a member may always discuss. */
export const mayToday = sql<May>`case when manager then 'sign' else coalesce((
	select case max(array_position(array['discuss', 'commit', 'sign'], d.may)) when 3 then 'sign' when 2 then 'commit' else 'discuss' end
	from mandates d where d.membership_id = m.id and d.ended_at is null
	and (now_at at time zone o.zone)::date between d.valid_from and coalesce(d.valid_to, 'infinity')), 'discuss') end`;

/** Beside each member `m`: the moment it is, and whether they manage. */
export const held = (now: Date) => sql`lateral (select ${now}::timestamptz as now_at,
	exists (select from managers g where g.membership_id = m.id and g.until is null) as manager) held`;

type BelongingRow = { organisationId: string; name: string; code: string; manager: boolean; may: May; joinedAt: Date } & {
	/** Named by the house that the organisation is, if it is one. */
	accompanies: boolean;
};

/** The organisations that a person belongs to today: a question to ask alone, or of each row of a larger one. */
export const belongingsOf = (personId: RawBuilder<string>, now: Date) => sql<BelongingRow>`
	select o.id as organisation_id, o.name, o.code, manager, ${mayToday} as may, m.joined_at,
		m.accompanies_since is not null as accompanies
	from memberships m join organisations o on o.id = m.organisation_id, ${held(now)}
	where m.person_id = ${personId} and m.left_at is null and o.merged_into is null`;

/** A belonging as the actor carries it. */
export const belonging = ({
	organisationId,
	name,
	code,
	manager,
	may
}: Omit<BelongingRow, 'joinedAt' | 'accompanies'>): Belonging => ({
	organisationId,
	name,
	path: pathOf({ name, code }),
	manager,
	may
});

/** The organisations that somebody belongs to today, and what they may do there, in the order in which they joined. */
export async function listBelongings(db: Reader, personId: string, now: Date): Promise<Belonging[]> {
	const rows = await ask(db, sql<BelongingRow>`${belongingsOf(sql.val(personId), now)} order by m.joined_at`);
	return rows.map(belonging);
}

/** What everyone who signed in may see of an organisation: never its street. */
export const shown = ['id', 'code', 'kind', 'name', 'shortName', 'purpose', 'communeCode', 'communeName', 'postcode'] as const;

/** Every read of this module starts here: the directory is for those who signed in. What was merged into another is read there. */
export const visibleOrganisations = ({ db, actor }: Context) =>
	db
		.selectFrom('organisations')
		.where('mergedInto', 'is', null)
		.$if(actor.is !== 'person' && actor.is !== 'system', (query) => query.where(sql<boolean>`false`));

/** Under which organisation a row is shown: the one that was kept, where its own was merged. For a join. */
export const keptOf = (named: string) => sql<string>`coalesce(${sql.ref(`${named}.mergedInto`)}, ${sql.ref(`${named}.id`)})`;

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

export const summary = (row: Row): Summary => ({
	id: row.id,
	code: row.code,
	kind: row.kind,
	name: row.name,
	shortName: row.shortName,
	purpose: row.purpose,
	place: placeOf(row),
	path: pathOf(row)
});

const pageSize = 24;

export type Search = { words: string; kind: string | null; theme: string | null; page: number };

const saidIn = (words: string) => words.trim().slice(0, 200);
const pattern = (one: string) => one.replace(/[%_\\]/g, '\\$&');

/** The organisations that answer; with words, those whose names, purposes and places hold them all, whatever the accents. */
export function organisationsAsked(context: Context, { words, kind, theme }: Omit<Search, 'page'>) {
	let query = visibleOrganisations(context);
	for (const one of saidIn(words).split(/\s+/).filter(Boolean).slice(0, 8))
		query = query.where(sql<boolean>`searched like '%' || plain(${pattern(one)}) || '%'`);
	if (kind) query = query.where('kind', '=', kind);
	if (theme) query = query.where(sql<boolean>`plain_words(themes) @> array[plain(${theme.slice(0, 120)})]`);
	return query;
}

/** Organisations by name, to pick one of them. */
export async function listOrganisations(context: Context, asked: Search) {
	const said = saidIn(asked.words);
	const query = organisationsAsked(context, asked);
	const { count } = await query.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const pages = Math.max(1, Math.ceil(count / pageSize));
	const at = Math.min(asked.page, pages);
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

/** An organisation by its code in an address; an address of one that was merged leads to the one that was kept. */
export async function findOrganisation(context: Context, address: string) {
	const row = await visibleOrganisations(context)
		.select(shown)
		.select(['otherNames', 'values', 'themes', 'audiences', 'networks', 'constraints', 'employees', 'volunteers', 'budgetClass'])
		.select(['channels', 'website', 'email', 'phone', 'shows', 'zone', 'registeredAt', 'updatedAt'])
		.where('id', '=', ({ selectFrom }) =>
			selectFrom('organisations as named')
				.select((eb) => eb.fn.coalesce('named.mergedInto', 'named.id').as('id'))
				.where('named.code', '=', codeOf(address))
		)
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

/** The numbers that a list said of an organisation and that cannot be trusted: to be looked at, never a key. */
export const listUnverifiedNumbers = (db: Reader, organisationId: string) =>
	db
		.selectFrom('organisationUnverifiedNumbers')
		.select(['kind', 'written', 'code'])
		.where('organisationId', '=', organisationId)
		.orderBy('kind')
		.orderBy('written')
		.execute();

export type Organisation = Awaited<ReturnType<typeof findOrganisation>>;

/** What an organisation is called, for those whom it invites. */
export async function findOrganisationName(db: Reader, id: string): Promise<string | null> {
	return (await summariesOf(db, [id])).get(id)?.name ?? null;
}

/** Several organisations by id, for other modules' pages; one that was merged is called as the one that was kept, and leads to it. */
export async function summariesOf(db: Reader, ids: string[]): Promise<Map<string, Summary>> {
	if (!ids.length) return new Map();
	const rows = await db
		.selectFrom('organisations as named')
		.innerJoin('organisations as o', (join) => join.on('o.id', '=', keptOf('named')))
		.select('named.id')
		.select(['o.code', 'o.kind', 'o.name', 'o.shortName', 'o.purpose', 'o.communeCode', 'o.communeName', 'o.postcode'])
		.where('named.id', 'in', [...new Set(ids)])
		.execute();
	return new Map(rows.map((row) => [row.id, summary(row)]));
}

/** These organisations as they stand today, each once, in their order: one that was merged is the one that was kept. */
export async function keptAmong(db: Reader, ids: string[]): Promise<string[]> {
	if (!ids.length) return [];
	const rows = await db
		.selectFrom('organisations as named')
		.select(['named.id', keptOf('named').as('kept')])
		.where('named.id', 'in', ids)
		.execute();
	const kept = new Map(rows.map((row) => [row.id, row.kept]));
	return [...new Set(ids.flatMap((id) => kept.get(id) ?? []))];
}

/** The communes in which some organisations are, as far as they are known; abroad, by the key of their territory. */
export async function communesOf(db: Reader, ids: string[]): Promise<string[]> {
	if (!ids.length) return [];
	const rows = await db
		.selectFrom('organisations')
		.select(['communeCode', 'communeName', 'postcode'])
		.distinct()
		.where('id', 'in', ids)
		.execute();
	const unknown = rows.filter(({ communeCode }) => communeCode === null);
	return [...new Set(rows.flatMap(({ communeCode }) => communeCode ?? [])), ...(await communesAbroad(db, unknown))];
}

/**
 * What an envelope says of organisations, a line each. A street is often somebody's home: it is there only for the organisations
 * whose street the caller says the reader may know, and is left to the pen for the others.
 */
export async function envelopesOf(db: Reader, ids: string[], known: ReadonlySet<string>): Promise<Map<string, string[]>> {
	if (!ids.length) return new Map();
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'name', 'street', 'postcode', 'communeCode', 'communeName'])
		.where('id', 'in', [...new Set(ids)])
		.execute();
	return new Map(
		rows.map(({ id, name, street, postcode, communeCode, communeName }) => {
			const commune = (communeCode ? findCommune(communeCode)?.name : null) ?? communeName;
			const town = [postcode, commune].filter(Boolean).join(' ');
			return [id, [name, (known.has(id) && street) || '', town]];
		})
	);
}

/** The telephone number that an organisation shows to those who signed in. */
export async function phoneOf(db: Reader, id: string): Promise<string | null> {
	return (await db.selectFrom('organisations').select('phone').where('id', '=', id).executeTakeFirst())?.phone ?? null;
}

/** The address of each organisation that has one: for those who invite it. */
export async function addressesOf(db: Reader, organisationIds: string[]): Promise<Map<string, string>> {
	if (!organisationIds.length) return new Map();
	const rows = await db.selectFrom('organisations').select(['id', 'email']).where('id', 'in', organisationIds).execute();
	return new Map(rows.flatMap(({ id, email }) => (email ? [[id, email] as const] : [])));
}

/** Where organisations are registered, and who can sign for each: what an agreement says of its partners. */
export async function registrationsOf(db: Reader, organisationIds: string[], now: Date) {
	const ids = orNobody(organisationIds);
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
	const signatories = await ask(
		db,
		sql<{ organisationId: string; name: string; title: string | null }>`
		select distinct on (m.organisation_id) m.organisation_id, p.name, m.title
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id, ${held(now)}
		where m.organisation_id in (${sql.join(ids)}) and m.left_at is null and ${mayToday} = 'sign'
		order by m.organisation_id, manager, m.joined_at`
	);
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

/** The organisations of this name, to join one that is known rather than register it twice. */
export const listNamesakes = ({ db }: Context, key: string) =>
	db
		.selectFrom('organisations')
		.select(['id', 'code', 'name', 'communeCode', 'communeName'])
		.where('nameKey', '=', key)
		.where('mergedInto', 'is', null)
		.orderBy('registeredAt')
		.limit(20)
		.execute();

/** The one of a commune whose name is most like this one, where it is like enough to be proposed: the same body under another name. */
export async function findAlike({ db }: Context, name: string, communeCode: string) {
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'code', 'name', 'communeCode', 'communeName'])
		.where('communeCode', '=', communeCode)
		.where('mergedInto', 'is', null)
		.orderBy('registeredAt')
		.execute();
	return new Neighbours(rows).likeliest(name);
}

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

/**
 * How several organisations are reached: what the directory says, and who manages them; one that was merged, as the one that was
 * kept. `email` may be that of somebody who manages it, to write to; `ownEmail` is what the organisation says of itself.
 */
export async function contactsOf({ db }: Context, ids: string[]) {
	if (!ids.length) return new Map<string, never>();
	const rows = await db
		.selectFrom('organisations as named')
		.innerJoin('organisations as o', (join) => join.on('o.id', '=', keptOf('named')))
		.select(['named.id', 'o.id as kept', 'o.phone', 'o.email', 'o.channels'])
		.select(['o.code', 'o.kind', 'o.name', 'o.shortName', 'o.purpose', 'o.communeCode', 'o.communeName', 'o.postcode'])
		.where('named.id', 'in', [...new Set(ids)])
		.execute();
	const managers = await db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.organisationId', 'p.id', 'p.name', 'p.email'])
		.where('m.organisationId', 'in', orNobody(rows.map(({ kept }) => kept)))
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.execute();
	const byOrganisation = Map.groupBy(managers, ({ organisationId }) => organisationId);
	return new Map(
		rows.map((row) => {
			const people = byOrganisation.get(row.kept) ?? [];
			const { phone, email: ownEmail, channels } = row;
			const email = ownEmail ?? people.find((one) => one.email)?.email ?? null;
			return [row.id, { ...summary(row), phone, email, ownEmail, channels, managers: people }];
		})
	);
}

/** Where an organisation can be written to when none of its people has an account. */
export const contactOf = (db: Reader, id: string) =>
	db.selectFrom('organisations').select(['name', 'email']).where('id', '=', id).executeTakeFirst();

/** The organisations that answer a question: their names first, then what they are for. */
export const searchOrganisations = (context: Context, asked: Asked) =>
	exactlyOrNearly(asked, async (nearly) => {
		const rows = await visibleOrganisations(context)
			.select(shown)
			.select('themes')
			.where(holds(asked, 'words', nearly))
			.orderBy(inTitle(asked, 'words'), 'desc')
			.orderBy('id')
			.limit(mostFound)
			.execute();
		return rows.map((row) => ({
			...summary(row),
			title: [row.name, row.shortName].filter(Boolean).join(', '),
			text: [placeOf(row), row.purpose?.replace(/\.$/, ''), row.themes.join(', ')].filter(Boolean).join('. ')
		}));
	});
