import { m } from '#words';
import { mayChangeAccount } from '#modules/people/policy.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { allow, type Context } from '#platform/context.server.ts';

/** Erases one's name and address from the lists of meetings, by right. That somebody was there stays: minutes were adopted on it. */
export async function eraseMyPresence(context: Context): Promise<void> {
	const { id, email } = await findAccount(context);
	const write = allow(context, mayChangeAccount(context.actor, id));
	await write
		.updateTable('meetingParticipants')
		.set({ name: m.people_erased_name(), email: null })
		.where((eb) => eb.or([eb('personId', '=', id), ...(email ? [eb('email', '=', email)] : [])]))
		.execute();
	await write
		.updateTable('calendarFeeds')
		.set({ revokedAt: context.now, revokedBy: id })
		.where('personId', '=', id)
		.where('revokedAt', 'is', null)
		.execute();
}
