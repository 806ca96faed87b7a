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

/**
 * How the actor signs what they send around a cooperation: as the house that accompanies it, unless an organisation of theirs takes
 * part in it, in whose name they act then.
 */
export async function letterheadHere(
	context: Context,
	cooperation: { id: string; partners: { organisationId: string; acceptedAt: Date | null; leftAt?: Date | null }[] }
): Promise<Letterhead | null> {
	const { actor } = context;
	if (actor.is !== 'person' || !actor.hubs.length) return null;
	const own = new Set(actor.belongings.map(({ organisationId }) => organisationId));
	if (cooperation.partners.some(({ organisationId, acceptedAt, leftAt }) => acceptedAt && !leftAt && own.has(organisationId)))
		return null;
	const hub = await accompanyingHub(context, cooperation.id);
	return hub ? letterheadOf(context.db, hub) : null;
}
