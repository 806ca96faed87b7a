import { tell } from '#modules/journal/commands.server.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { listMembers } from '../queries/people.server.ts';
import { keepsAnAccompagnateur } from '../rules/mandates.ts';
import { oneAtATime } from './mandates.server.ts';

// Who accompanies for a house is a part of belonging to its organisation: whoever leaves it accompanies no more. What a house is
// belongs to another module, which allows; here it is written.

/** Those who manage an organisation that becomes a house accompany from now on. The caller has been allowed. */
export const letManagersAccompany = (write: Writer, now: Date, organisationId: string) =>
	write
		.updateTable('memberships')
		.set({ accompaniesSince: now })
		.where('organisationId', '=', organisationId)
		.where('leftAt', 'is', null)
		.where('accompaniesSince', 'is', null)
		.where('id', 'in', ({ selectFrom }) => selectFrom('managers').select('membershipId').where('until', 'is', null))
		.execute();

/** A house that closes has nobody who accompanies, and invites nobody. The caller has been allowed. */
export async function endAllAccompanying(write: Writer, organisationId: string): Promise<void> {
	await write.updateTable('memberships').set({ accompaniesSince: null }).where('organisationId', '=', organisationId).execute();
	await write
		.updateTable('invitations')
		.set({ accompanies: false })
		.where('organisationId', '=', organisationId)
		.where('acceptedAt', 'is', null)
		.execute();
}

/** Lets a member accompany, or no longer, as long as somebody else does. The caller has been allowed. Says who it is. */
export async function writeAccompanying(
	write: Writer,
	context: Context,
	organisationId: string,
	{ membershipId, accompanies }: { membershipId: string; accompanies: boolean }
): Promise<{ personId: string; name: string; changed: boolean }> {
	await oneAtATime(write, organisationId);
	const members = await listMembers(context, organisationId);
	const member = members.find((one) => one.membershipId === membershipId);
	if (!member) throw new NotFound();
	if (member.accompanies === accompanies) {
		if (accompanies) throw new Refused('organisations.already-accompanies', { name: member.name });
		return { ...member, changed: false };
	}
	if (!accompanies) keepsAnAccompagnateur(members, membershipId);
	await write
		.updateTable('memberships')
		.set({ accompaniesSince: accompanies ? context.now : null })
		.where('id', '=', membershipId)
		.execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: accompanies ? 'accompagnateur-named' : 'accompagnateur-ended',
		ids: { member: member.personId },
		says: { name: member.name }
	});
	return { ...member, changed: true };
}
