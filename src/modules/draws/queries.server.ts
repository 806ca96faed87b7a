import { sql } from 'kysely';
import { organisationsOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { codeOf, orNobody } from '#platform/ids.ts';
import { findOrganisation, keptOf, summariesOf, type Organisation } from '#modules/organisations/queries.server.ts';
import { mayDraw } from './policy.ts';
import { digestOf, draw, pairKey } from './rules.ts';

const ours = ({ actor }: Context) => orNobody(organisationsOf(actor));

/** Every read of this module starts here: whoever organises a draw, and those who are on its list. */
const visibleDraws = (context: Context) =>
	context.db
		.selectFrom('draws as d')
		.where((eb) =>
			eb.or([
				eb('d.organisationId', 'in', ours(context)),
				eb('d.id', 'in', eb.selectFrom('drawPlaces').where('organisationId', 'in', ours(context)).select('drawId')),
				...(context.actor.is === 'system' ? [sql<boolean>`true`] : [])
			])
		);

const columns = [
	'd.id',
	'd.code',
	'd.organisationId',
	'd.title',
	'd.heldOn',
	'd.place',
	'd.digest',
	'd.openedAt',
	'd.drawnAt'
] as const;

/** The organisation that draws, by its address: for those who belong to it. */
export async function findOrganiser(context: Context, address: string): Promise<Organisation> {
	const organiser = await findOrganisation(context, address);
	if (!mayDraw(context.actor, organiser.id)) throw new NotFound();
	return organiser;
}

const drawsOnAPage = 20;

/** One page of the draws that an organisation made, the latest event first. */
export async function listDraws(context: Context, organiserId: string, { page }: { page: number }) {
	const rows = await visibleDraws(context)
		.select(columns)
		.select((eb) =>
			eb
				.selectFrom('drawPlaces as p')
				.whereRef('p.drawId', '=', 'd.id')
				.select(sql<number>`count(*)::int`.as('count'))
				.as('count')
		)
		.where('d.organisationId', '=', organiserId)
		.orderBy('d.heldOn', 'desc')
		.orderBy('d.id', 'desc')
		.limit(drawsOnAPage + 1)
		.offset((page - 1) * drawsOnAPage)
		.execute();
	return { draws: rows.slice(0, drawsOnAPage), more: rows.length > drawsOnAPage };
}

/** The pairs that earlier draws of the same organiser put together: what a new one avoids. */
export async function earlierPairs(db: Reader, organiserId: string, before: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('drawPlaces as p')
		.innerJoin('draws as d', 'd.id', 'p.drawId')
		.innerJoin('organisations as own', 'own.id', 'p.organisationId')
		.innerJoin('organisations as other', 'other.id', 'p.presents')
		.innerJoin('organisations as a', (join) => join.on('a.id', '=', keptOf('own')))
		.innerJoin('organisations as b', (join) => join.on('b.id', '=', keptOf('other')))
		.select(['a.code as presenter', 'b.code as presented'])
		.where('d.organisationId', '=', organiserId)
		.where('d.drawnAt', '<', before)
		.orderBy('d.drawnAt', 'desc')
		.limit(6000)
		.execute();
	return [...new Set(rows.map(({ presenter, presented }) => pairKey(presenter, presented)))].toSorted();
}

/** A draw by its code, with its list in the order in which it is drawn; after it, with the seed and the draw made again. */
export async function findDraw(context: Context, address: string) {
	const row = await visibleDraws(context)
		.select(columns)
		.select(['d.seed', 'd.earlier', 'd.mutual', 'd.repeated', 'd.exact'])
		.where('d.code', '=', codeOf(address))
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const rows = await context.db
		.selectFrom('drawPlaces as p')
		.innerJoin('organisations as o', 'o.id', 'p.organisationId')
		.select(['p.organisationId', 'p.presents', 'p.n', 'p.code as drawnAs', 'o.mergedInto'])
		.where('p.drawId', '=', row.id)
		.execute();
	/** Two that became one before the draw are drawn once; what was drawn stays as it was. */
	const places = rows.filter(({ n, mergedInto }) => (row.drawnAt ? n !== null : mergedInto === null));
	const known = await summariesOf(context.db, [row.organisationId, ...places.map(({ organisationId }) => organisationId)]);
	const list = places
		.map(({ organisationId, presents, n, drawnAs }) => {
			const one = known.get(organisationId)!;
			return { organisationId, presents, n, ...one, code: drawnAs ?? one.code };
		})
		.toSorted((a, b) => (a.code < b.code ? -1 : 1));
	const presented = new Map(list.map((one) => [one.organisationId, one]));
	const { seed, ...told } = row;
	const mine = new Set(ours(context));
	const organiser = known.get(row.organisationId)!;
	return {
		...told,
		path: `${organiser.path}/tirages/${row.code}`,
		organiser,
		mine: mine.has(row.organisationId),
		/** Nobody reads it before the draw: whoever knew it could choose the list. */
		seed: row.drawnAt ? seed : null,
		list,
		pairs: row.drawnAt
			? list
					.map((one) => ({ presenter: one, presented: presented.get(one.presents!)!, mine: mine.has(one.organisationId) }))
					.toSorted((a, b) => Number(b.mine) - Number(a.mine) || a.presenter.name.localeCompare(b.presenter.name, 'fr'))
			: []
	};
}

export type DrawSeen = Awaited<ReturnType<typeof findDraw>>;

/** Makes the draw again from what anybody may read of it: whether the seed has the digest that was shown, and gives the same pairs. */
export function checkDraw(seen: DrawSeen) {
	if (!seen.seed || !seen.earlier) return null;
	const drawn = seen.list.toSorted((a, b) => a.n! - b.n!);
	const list = drawn.map(({ code }) => code);
	const again = draw(list, new Set(seen.earlier), seen.seed);
	return {
		digest: digestOf(seen.seed) === seen.digest,
		same: again.presents.every((to, from) => drawn[from]!.presents === drawn[to]!.organisationId),
		list,
		earlier: seen.earlier
	};
}

/** When one of the actor's organisations and another presented one another, for the sheet kept about it. */
export async function listPresentations(context: Context, oursId: string, theirs: string, limit = 50) {
	if (!organisationsOf(context.actor).includes(oursId)) return [];
	const rows = await visibleDraws(context)
		.innerJoin('drawPlaces as p', 'p.drawId', 'd.id')
		.select(['d.code', 'd.title', 'd.drawnAt', 'd.organisationId', 'p.organisationId as presenter'])
		.where('d.drawnAt', 'is not', null)
		.where((eb) =>
			eb.or([
				eb.and([eb('p.organisationId', '=', oursId), eb('p.presents', '=', theirs)]),
				eb.and([eb('p.organisationId', '=', theirs), eb('p.presents', '=', oursId)])
			])
		)
		.orderBy('d.drawnAt', 'desc')
		.limit(limit)
		.execute();
	const organisers = await summariesOf(
		context.db,
		rows.map(({ organisationId }) => organisationId)
	);
	return rows.map(({ code, title, drawnAt, organisationId, presenter }) => ({
		at: drawnAt!,
		what: presenter === oursId ? 'presents' : 'presented_by',
		text: title,
		path: `${organisers.get(organisationId)!.path}/tirages/${code}`,
		outcome: null as string | null
	}));
}

/** What one did here, for the export. */
export async function listOwnDraws({ db, actor }: Context) {
	if (actor.is !== 'person') return [];
	return db
		.selectFrom('draws')
		.select(['title', 'openedAt', 'drawnAt'])
		.where((eb) => eb.or([eb('openedBy', '=', actor.id), eb('drawnBy', '=', actor.id)]))
		.orderBy('openedAt')
		.execute();
}
