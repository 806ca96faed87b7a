import type { Context, Reader } from '#platform/context.server.ts';

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

/** Whether an address without an account asked for no more of our mails. */
export async function isSilenced(db: Reader, email: string): Promise<boolean> {
	return Boolean(await db.selectFrom('silencedAddresses').select('at').where('email', '=', email).executeTakeFirst());
}
