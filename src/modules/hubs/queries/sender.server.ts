import type { Letterhead } from '#modules/notices/commands.server.ts';
import type { Reader } from '#platform/context.server.ts';

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
