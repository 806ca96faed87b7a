import { hubsOf, organisationsOf } from '#platform/actor.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { orNobody } from '#platform/ids.ts';
import type { Kind } from './rules.ts';

/**
 * Every read of a house's library starts here: those who accompany for it; the people of an organisation that it accompanies, or of
 * a partner in a cooperation that it accompanies; and whoever signed in, for what it shares with all. Another house reads only that.
 */
const visibleTexts = ({ db, actor }: Context) => {
	const mine = orNobody(organisationsOf(actor));
	return db
		.selectFrom('houseTexts as t')
		.innerJoin('hubs as h', 'h.organisationId', 't.hubId')
		.where('t.endedAt', 'is', null)
		.where('h.closedAt', 'is', null)
		.$if(actor.is !== 'person', (query) => query.where('t.id', 'in', orNobody([])))
		.where((eb) =>
			eb.or([
				eb('t.shared', '=', true),
				eb('t.hubId', 'in', orNobody(hubsOf(actor))),
				eb.exists(
					eb
						.selectFrom('accompaniments as a')
						.leftJoin('partners as p', (join) =>
							join
								.onRef('p.cooperationId', '=', 'a.cooperationId')
								.on('p.organisationId', 'in', mine)
								.on('p.acceptedAt', 'is not', null)
								.on('p.leftAt', 'is', null)
						)
						.select('a.id')
						.whereRef('a.hubId', '=', 't.hubId')
						.where('a.acceptedAt', 'is not', null)
						.where('a.endedAt', 'is', null)
						.where((of) => of.or([of('a.organisationId', 'in', mine), of('p.id', 'is not', null)]))
				)
			])
		);
};

/** What the actor may read of a house's library, the latest first. */
export async function listHouseTexts(context: Context, hubId: string) {
	const rows = await visibleTexts(context)
		.select(['t.id', 't.kind', 't.title', 't.body', 't.shared', 't.writtenAt'])
		.where('t.hubId', '=', hubId)
		.orderBy('t.writtenAt', 'desc')
		.orderBy('t.id')
		.limit(200)
		.execute();
	return rows.map((row) => ({ ...row, kind: row.kind as Kind }));
}

/** One text of a library that the actor may read, of whichever house. */
export async function findHouseText(context: Context, id: string) {
	const row = await visibleTexts(context)
		.select(['t.id', 't.kind', 't.title', 't.body', 't.shared', 't.hubId', 'h.senderName as house'])
		.where('t.id', '=', id)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	return { ...row, kind: row.kind as Kind };
}

/** What other houses share with all: to begin from. */
export async function listSharedTexts(context: Context, { but }: { but: string }) {
	return visibleTexts(context)
		.select(['t.id', 't.title', 'h.senderName as house'])
		.where('t.shared', '=', true)
		.where('t.hubId', '<>', but)
		.orderBy('t.writtenAt', 'desc')
		.orderBy('t.id')
		.limit(50)
		.execute();
}

/** Where somebody writes: in a cooperation, or in the name of an organisation. */
type Written = { cooperationId: string } | { organisationId: string };

/** What the houses that accompany there keep of one kind, and what a house keeps for itself: to write from. */
const offered = (context: Context, kind: Kind, where: Written) =>
	visibleTexts(context)
		.select(['t.id', 't.title', 't.body', 'h.senderName as house'])
		.where('t.kind', '=', kind)
		.where((eb) =>
			eb.or([
				...('organisationId' in where ? [eb('t.hubId', '=', where.organisationId)] : []),
				eb.exists(
					eb
						.selectFrom('accompaniments as beside')
						.select('beside.id')
						.whereRef('beside.hubId', '=', 't.hubId')
						.where('beside.acceptedAt', 'is not', null)
						.where('beside.endedAt', 'is', null)
						.where((of) =>
							'cooperationId' in where
								? of('beside.cooperationId', '=', where.cooperationId)
								: of('beside.organisationId', '=', where.organisationId)
						)
				)
			])
		);

/** The texts that are offered where somebody writes, the latest first. */
export const listOffered = (context: Context, kind: Kind, where: Written) =>
	offered(context, kind, where).orderBy('t.writtenAt', 'desc').orderBy('t.id').limit(50).execute();
export type Offered = Awaited<ReturnType<typeof listOffered>>[number];

/** One of the texts that are offered where somebody writes. */
export async function findOffered(context: Context, id: string, kind: Kind, where: Written): Promise<Offered> {
	const text = await offered(context, kind, where).where('t.id', '=', id).executeTakeFirst();
	if (!text) throw new NotFound();
	return text;
}

/** From whose library texts were taken, by text: said beside what was made of them, whoever reads it. */
export async function housesOfTexts(db: Reader, ids: (string | null)[]): Promise<Map<string, string>> {
	const known = ids.filter((id) => id !== null);
	if (!known.length) return new Map();
	const rows = await db
		.selectFrom('houseTexts as t')
		.innerJoin('hubs as h', 'h.organisationId', 't.hubId')
		.select(['t.id', 'h.senderName as house'])
		.where('t.id', 'in', known)
		.execute();
	return new Map(rows.map(({ id, house }) => [id, house]));
}
