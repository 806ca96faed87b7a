import type { Letterhead } from '#modules/notices/commands.server.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { accompanyingHub } from '../queries.server.ts';

/** How several houses sign their mails, by id; one that closed signs nothing. */
export async function letterheadsOf(db: Reader, hubIds: string[]): Promise<Map<string, Letterhead>> {
	if (!hubIds.length) return new Map();
	const rows = await db
		.selectFrom('hubs')
		.select(['organisationId as id', 'senderName as name', 'replyTo', 'signature'])
		.where('organisationId', 'in', hubIds)
		.where('closedAt', 'is', null)
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

/** How a house signs its mails; null for an organisation that is no house, or no longer. */
export const letterheadOf = async (db: Reader, hubId: string): Promise<Letterhead | null> =>
	(await letterheadsOf(db, [hubId])).get(hubId) ?? null;

/** How the houses that accompany some cooperations sign, by cooperation; of several, the one that it accepted first. */
export async function lettersAbout(db: Reader, cooperationIds: string[]): Promise<Map<string, Letterhead>> {
	if (!cooperationIds.length) return new Map();
	const rows = await db
		.selectFrom('accompaniments')
		.select(['cooperationId', 'hubId'])
		.distinctOn('cooperationId')
		.where('cooperationId', 'in', cooperationIds)
		.where('acceptedAt', 'is not', null)
		.where('endedAt', 'is', null)
		.orderBy('cooperationId')
		.orderBy('acceptedAt')
		.orderBy('id')
		.execute();
	const houses = await letterheadsOf(
		db,
		rows.map(({ hubId }) => hubId)
	);
	return new Map(
		rows.flatMap(({ cooperationId, hubId }) => {
			const house = houses.get(hubId);
			return house ? [[cooperationId!, house] as const] : [];
		})
	);
}

/**
 * Who signs a mail about a cooperation: the house in whose name somebody acts; else the house that accompanies it, through which a
 * partner writes. Null where no house accompanies: the instance signs.
 */
export async function signerOf(
	context: Context,
	db: Reader,
	{ cooperationId, actingFor }: { cooperationId: string; actingFor: string | null }
): Promise<Letterhead | null> {
	const acting = actingFor ?? (await accompanyingHub(context, cooperationId));
	const own = acting ? await letterheadOf(db, acting) : null;
	if (own) return own;
	const house = (await lettersAbout(db, [cooperationId])).get(cooperationId);
	return house ? { ...house, through: true } : null;
}
