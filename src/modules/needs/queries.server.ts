import { sql } from 'kysely';
import { hubsOf, organisationsOf, speaksFor } from '#platform/actor.ts';
import { ask, type Context } from '#platform/context.server.ts';
import { bare, exactlyOrNearly, holds, mostFound, type Asked as Question } from '#platform/database/text-search.server.ts';
import { NotFound } from '#platform/errors.ts';
import { orNobody, addressName, codeOf } from '#platform/ids.ts';
import { accompaniedOrganisations } from '#modules/hubs/queries.server.ts';
import { placeOf, summariesOf, type Summary } from '#modules/organisations/queries.server.ts';
import { communesAround, kilometresBetween } from '#modules/territories/queries/nearby.server.ts';
import { centresOf } from '#modules/territories/queries/places.server.ts';
import type { Asked } from './forms.ts';
import { maySayFor, readsAll } from './policy.ts';
import type { Kind, Side, Way } from './rules.ts';

/** Every read of this module starts here: members of organisations read all that still holds; others what was made public. */
const visibleNeeds = (context: Context) =>
	context.db.selectFrom('needs as n').$if(!readsAll(context.actor), (query) => query.where('n.public', '=', true));

/** What still holds at some time: neither closed, nor over where its organisation is. The job that closes comes once a day. */
const holdsNow = (now: Date) =>
	sql<boolean>`(n.closed_at is null and (n.ends_on is null
		or n.ends_on >= (${now}::timestamptz at time zone (select zone from organisations where id = n.organisation_id))::date))`;

/** What the actor may read and what still holds. */
export const openNeeds = (context: Context) => visibleNeeds(context).where(holdsNow(context.now));

const shown = [
	'n.id',
	'n.code',
	'n.organisationId',
	'n.side',
	'n.kind',
	'n.way',
	'n.text',
	'n.lasting',
	'n.startsOn',
	'n.endsOn',
	'n.quantity',
	'n.unit',
	'n.communeCode',
	'n.communeName',
	'n.public',
	'n.changedAt',
	'n.holdsUntil',
	'n.askedAt',
	'n.closedAt',
	'n.closedHow',
	'n.sequence'
] as const;

export const pathOf = ({ text, code }: { text: string; code: string }): string => `/besoins/${addressName(text, code)}`;

type Row = { organisationId: string; side: string; kind: string; way: string | null; text: string; code: string } & {
	communeCode: string | null;
	communeName: string | null;
};
const seen = <R extends Row>(row: R) => ({
	...row,
	side: row.side as Side,
	kind: row.kind as Kind,
	way: row.way as Way | null,
	communeName: placeOf(row),
	path: pathOf(row)
});

/** What a reader may know of the organisation: its name and place; its page when they may open it. */
type Named = { name: string; path: string | null; place: string | null };
const named = (context: Context, summary: Summary | undefined): Named => ({
	name: summary?.name ?? '',
	path: context.actor.is === 'person' && summary ? summary.path : null,
	place: summary?.place ?? null
});

async function withOrganisations<R extends Row & { communeCode: string | null }>(
	context: Context,
	rows: R[],
	from: string | null
) {
	const names = await summariesOf(
		context.db,
		rows.map(({ organisationId }) => organisationId)
	);
	const centres = await centresOf(context.db);
	return rows.map((row) => ({
		...seen(row),
		organisation: named(context, names.get(row.organisationId)),
		km: kilometresBetween(centres, from, row.communeCode),
		mine: speaksFor(context.actor, row.organisationId)
	}));
}

/** Where the actor looks from: the commune of the organisation that they joined first. */
export async function communeOf({ db, actor }: Context): Promise<string | null> {
	const [first] = organisationsOf(actor);
	if (!first) return null;
	const row = await db.selectFrom('organisations').select('communeCode').where('id', '=', first).executeTakeFirst();
	return row?.communeCode ?? null;
}

export const pageSize = 24;

/** What is looked for, or offered, and still holds: the latest first. */
export async function listNeeds(context: Context, asked: Asked) {
	const from = await communeOf(context);
	const around =
		asked.within !== null && from !== null
			? (await communesAround(context.db, from, asked.within)).map(({ code }) => code)
			: null;
	let matching = openNeeds(context).where('n.side', '=', asked.side);
	if (asked.kind) matching = matching.where('n.kind', '=', asked.kind);
	if (around) matching = matching.where('n.communeCode', 'in', around);
	for (const word of bare(asked.words).split(' ').filter(Boolean).slice(0, 8))
		matching = matching.where(
			sql<boolean>`n.words @@ (plainto_tsquery('public.roots', ${word}) || plainto_tsquery('pg_catalog.simple', ${word}))`
		);
	const { count } = await matching.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
	const pages = Math.max(1, Math.ceil(count / pageSize));
	const page = Math.min(asked.page, pages);
	const rows = await matching
		.select(shown)
		.orderBy('n.changedAt', 'desc')
		.orderBy('n.id', 'desc')
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.execute();
	return { needs: await withOrganisations(context, rows, from), count, page, pages, canMeasure: from !== null };
}

/** What one organisation looks for and offers, and still holds. The caller has found the organisation. */
export async function listNeedsOf(context: Context, organisationId: string) {
	const rows = await openNeeds(context)
		.select(shown)
		.where('n.organisationId', '=', organisationId)
		.orderBy('n.changedAt', 'desc')
		.orderBy('n.id', 'desc')
		.limit(50)
		.execute();
	return rows.map(seen);
}

/** How many needs and offers of some organisations still hold, by kind: for whoever reads across, in numbers. */
export const countNeedsByKind = async (context: Context, organisationIds: string[]) =>
	openNeeds(context)
		.select(['n.kind', 'n.side', sql<number>`count(*)::int`.as('count')])
		.where('n.organisationId', 'in', orNobody(organisationIds))
		.groupBy(['n.kind', 'n.side'])
		.orderBy('count', 'desc')
		.orderBy('n.kind')
		.execute();

/** The hub of the actor that accompanies an organisation, if one does. */
export const hubFor = async (context: Context, organisationId: string): Promise<string | null> =>
	(await accompaniedOrganisations(context).select('hubId').where('organisationId', '=', organisationId).executeTakeFirst())
		?.hubId ?? null;

/** A need or an offer by its code in an address. What has closed is read by its organisation and its hub alone. */
export async function findNeed(context: Context, address: string) {
	const row = await visibleNeeds(context)
		.select(shown)
		.select(['n.lineRoot', 'n.saidForBy'])
		.where('n.code', '=', codeOf(address))
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const mayChange = maySayFor(context.actor, row.organisationId, {
		accompanied: (await hubFor(context, row.organisationId)) !== null
	});
	if (row.closedAt && !mayChange) throw new NotFound();
	const [one] = await withOrganisations(context, [row], await communeOf(context));
	return { ...one!, mayChange };
}
export type Need = Awaited<ReturnType<typeof findNeed>>;

/** The organisations in whose name the actor may say something: theirs, then those that accepted one of their hubs. */
export async function listSpeakable(context: Context): Promise<{ id: string; name: string; own: boolean }[]> {
	const { actor, db } = context;
	if (actor.is !== 'person') return [];
	const own = actor.belongings.map(({ organisationId, name }) => ({ id: organisationId, name, own: true }));
	if (!hubsOf(actor).length) return own;
	const accompanied = await db
		.selectFrom('organisations')
		.select(['id', 'name'])
		.where('id', 'in', accompaniedOrganisations(context))
		.where('mergedInto', 'is', null)
		.orderBy('name')
		.limit(500)
		.execute();
	return [...own, ...accompanied.filter(({ id }) => !own.some((one) => one.id === id)).map((one) => ({ ...one, own: false }))];
}

/** The needs and offers that answer a question. */
export const searchNeeds = (context: Context, asked: Question) =>
	exactlyOrNearly(asked, async (nearly) => {
		const rows = await openNeeds(context)
			.innerJoin('organisations as o', 'o.id', 'n.organisationId')
			.select(['n.id', 'n.code', 'n.text', 'n.communeName', 'o.name'])
			.where(holds(asked, 'n.words', nearly))
			.orderBy('n.changedAt', 'desc')
			.orderBy('n.id')
			.limit(mostFound)
			.execute();
		return rows.map((row) => ({
			id: row.id,
			title: row.text,
			text: [row.name, row.communeName].filter(Boolean).join(', '),
			path: pathOf(row)
		}));
	});

/** What may no longer hold: its dates are over, or its time is up. Looked at by the job. */
export const listDue = ({ db }: Context, today: string) =>
	db
		.selectFrom('needs')
		.select('id')
		.where('closedAt', 'is', null)
		.where('holdsUntil', '<', today)
		.orderBy('holdsUntil')
		.orderBy('id')
		.limit(1000)
		.execute();

/** What still holds of an organisation, whoever asks: for the rapprochements, whose caller has checked what it may show. */
export const openNeedsOf = async ({ db, now }: Context, organisationIds: string[], side?: Side) => {
	if (!organisationIds.length) return [];
	const rows = await db
		.selectFrom('needs as n')
		.select(shown)
		.where('n.organisationId', 'in', organisationIds)
		.where(holdsNow(now))
		.$if(side !== undefined, (query) => query.where('n.side', '=', side!))
		.orderBy('n.changedAt', 'desc')
		.limit(2000)
		.execute();
	return rows.map(seen);
};

/** What one said oneself, for the export. */
export const listOwnNeeds = async ({ db, actor }: Context) =>
	actor.is === 'person'
		? db
				.selectFrom('needs as n')
				.innerJoin('organisations as o', 'o.id', 'n.organisationId')
				.select(['o.name as organisation', 'n.side', 'n.kind', 'n.text', 'n.saidAt', 'n.closedAt', 'n.closedHow'])
				.where((eb) => eb.or([eb('n.saidBy', '=', actor.id), eb('n.closedBy', '=', actor.id)]))
				.orderBy('n.saidAt')
				.execute()
		: [];

const aCommune = 40;
const around = 400;

/**
 * Who offers, or looks for, something of these kinds in these communes: a bounded number of each commune, those first whose words begin
 * like these, another choice each week where there are more; then the nearest commune first. Reads the index of those communes and
 * nothing of the rest of the country.
 */
export async function speakersAround(
	{ db, now }: Context,
	communes: readonly string[],
	{ side, kinds, words, turn }: { side: Side; kinds: readonly Kind[]; words: readonly string[]; turn: number }
): Promise<string[]> {
	if (!communes.length || !kinds.length) return [];
	const query = words.map((word) => `${word}:*`).join(' | ');
	const rows = await ask(
		db,
		sql<{ organisationId: string }>`
		select s.organisation_id from unnest(${communes}::text[]) with ordinality as c (code, nth)
		cross join lateral (
			select n.organisation_id, n.words @@ to_tsquery('pg_catalog.simple', ${query}) as answers from needs n
			where n.commune_code = c.code and n.side = ${side} and n.kind = any(${kinds}::text[]) and ${holdsNow(now)}
			order by answers desc, hashtextextended(n.id::text, ${turn}) limit ${aCommune}) s
		order by s.answers desc, c.nth limit ${around}`
	);
	return [...new Set(rows.map(({ organisationId }) => organisationId))];
}
