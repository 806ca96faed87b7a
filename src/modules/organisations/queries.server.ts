import type { Context, Reader } from '#platform/context.server.ts';
import { sql } from 'kysely';
import { exactlyOrNearly, holds, inTitle, mostFound, type Asked } from '#platform/database/text-search.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf } from '#platform/ids.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communesAbroad } from '#modules/territories/queries/areas.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { Neighbours } from './rules/neighbours.ts';

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
