import type { Context } from '#platform/context.server.ts';

/** When somebody was last reminded of something: shown to whoever would remind them again, and may already see the thing. */
export async function lastReminder(
	{ actor, db }: Context,
	{ personId, thing }: { personId: string; thing: string }
): Promise<Date | null> {
	if (actor.is === 'stranger') return null;
	const last = await db
		.selectFrom('reminders')
		.select('sentAt')
		.where('thing', '=', thing)
		.where('recipient', '=', personId)
		.orderBy('sentAt', 'desc')
		.limit(1)
		.executeTakeFirst();
	return last?.sentAt ?? null;
}
