import type { Reader } from '#platform/context.server.ts';

/** A session that is open to whoever comes, as anybody may read it: no name of a person, no figure. */
export type OpenSession = {
	title: string;
	place: string | null;
	startsAt: Date;
	endsAt: Date;
	zone: string;
	toKnow: string | null;
	moved: boolean;
	/** What tells calendars that it is the same one, changed or not. */
	uid: string;
	sequence: number;
	changedAt: Date;
};

/** The sessions to come to which everybody is invited. The caller has checked that the cooperation shows itself. */
export async function listOpenSessions(
	db: Reader,
	{ cooperationId, now, limit = 20 }: { cooperationId: string; now: Date; limit?: number }
): Promise<OpenSession[]> {
	const rows = await db
		.selectFrom('actionSessions')
		.select(['title', 'place', 'startsAt', 'endsAt', 'zone', 'toKnow', 'movedAt', 'uid', 'sequence', 'changedAt'])
		.where('cooperationId', '=', cooperationId)
		.where('open', '=', true)
		.where('cancelledAt', 'is', null)
		.where('endsAt', '>', now)
		.orderBy('startsAt')
		.orderBy('id')
		.limit(limit)
		.execute();
	return rows.map(({ movedAt, ...row }) => ({ ...row, moved: movedAt !== null }));
}
