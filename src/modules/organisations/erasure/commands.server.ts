import { erase } from '#modules/journal/commands.server.ts';
import { eraseTold } from '#modules/notices/commands.server.ts';
import { erasePerson } from '#modules/people/commands.server.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { m } from '#words';
import { mayErase } from './policy.ts';

/**
 * Erases oneself by right (GDPR, article 17). The person leaves every organisation, even as its last manager: a right is not
 * refused for that, and the hub can invite another. What they wrote in an organisation's name belongs to that organisation and
 * stays, without their name.
 */
export async function eraseMyself(context: Context): Promise<void> {
	const account = await findAccount(context);
	const write = allow(context, mayErase(context.actor, account.id));
	const { now } = context;
	const memberships = await write
		.updateTable('memberships')
		.set({ leftAt: now, title: null, accompaniesSince: null })
		.where('personId', '=', account.id)
		.where('leftAt', 'is', null)
		.returning('id')
		.execute();
	await write.updateTable('memberships').set({ title: null }).where('personId', '=', account.id).execute();
	const ids = memberships.map(({ id }) => id);
	if (ids.length) {
		await write.updateTable('managers').set({ until: now }).where('membershipId', 'in', ids).where('until', 'is', null).execute();
		await write
			.updateTable('mandates')
			.set({ endedAt: now })
			.where('membershipId', 'in', ids)
			.where('endedAt', 'is', null)
			.execute();
	}
	await write
		.updateTable('invitations')
		.set((eb) => ({
			name: m.people_erased_name(),
			email: '',
			revokedAt: eb.case().when('acceptedAt', 'is', null).then(now).else(eb.ref('revokedAt')).end()
		}))
		.where((eb) => eb.or([eb('acceptedBy', '=', account.id), ...(account.email ? [eb('email', '=', account.email)] : [])]))
		.execute();
	await eraseTold(write, now, account);
	await erase(write, account);
	await erasePerson(write, now, account.id);
}
