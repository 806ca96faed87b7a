import { tell } from '#modules/journal/commands.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { today } from '#platform/clock.ts';
import { type May, personOf } from '#platform/actor.ts';
import { nameManager } from '../commands.server.ts';
import { mayEndMembership, mayManage, maySayTitle } from '../policy.ts';
import { listMembers } from '../queries/people.server.ts';
import { keepsAManager, keepsAnAccompagnateur } from '../rules/mandates.ts';

/** Who leaves and who hands over wait for each other, so that two at once don't leave the organisation alone. */
export const oneAtATime = (write: Writer, organisationId: string) =>
	write.selectFrom('organisations').select('id').where('id', '=', organisationId).forUpdate().execute();

const endCharge = (write: Writer, now: Date, membershipId: string) =>
	write.updateTable('managers').set({ until: now }).where('membershipId', '=', membershipId).where('until', 'is', null).execute();

const endMandate = (write: Writer, now: Date, membershipId: string) =>
	write
		.updateTable('mandates')
		.set({ endedAt: now })
		.where('membershipId', '=', membershipId)
		.where('endedAt', 'is', null)
		.execute();

async function memberOf(context: Context, organisationId: string, membershipId: string) {
	const members = await listMembers(context, organisationId);
	const member = members.find((one) => one.membershipId === membershipId);
	if (!member) throw new NotFound();
	return { member, members };
}

/** Says what a member may do in the name of the organisation, from a day and until one; it replaces the earlier mandate. */
export async function giveMandate(
	context: Context,
	organisation: { id: string; zone: string },
	{ membershipId, may, from, to }: { membershipId: string; may: May; from: string | null; to: string | null }
): Promise<void> {
	const { actor, now } = context;
	const { member } = await memberOf(context, organisation.id, membershipId);
	const write = allow(context, mayManage(actor, organisation.id));
	if (member.manager) throw new Refused('organisations.manager-may-all');
	const validFrom = from ?? today(now, organisation.zone);
	if (to && to < validFrom) throw new Refused('organisations.mandate-ends-early', {}, 'to');
	await endMandate(write, now, membershipId);
	await write
		.insertInto('mandates')
		.values({
			id: newId(),
			membershipId,
			may,
			validFrom,
			validTo: to,
			givenBy: personOf(actor),
			givenAt: now
		})
		.execute();
	await tell(write, context, {
		chain: { organisation: organisation.id },
		verb: `mandate-given-${may}`,
		ids: { member: member.personId },
		says: { name: member.name }
	});
}

/** Says what a member does in the organisation: president, treasurer, volunteer. One's own, or a manager for another. */
export async function giveTitle(
	context: Context,
	organisationId: string,
	{ membershipId, title }: { membershipId: string; title: string | null }
): Promise<void> {
	const { member } = await memberOf(context, organisationId, membershipId);
	const write = allow(context, maySayTitle(context.actor, organisationId, member.personId));
	await write.updateTable('memberships').set({ title }).where('id', '=', membershipId).execute();
}

/** Makes a member a manager, so that the organisation never depends on one person. */
export async function shareManagement(
	context: Context,
	organisationId: string,
	{ membershipId }: { membershipId: string }
): Promise<void> {
	const { member } = await memberOf(context, organisationId, membershipId);
	const write = allow(context, mayManage(context.actor, organisationId));
	if (member.manager) throw new Refused('organisations.already-manager');
	await nameManager(write, context.now, membershipId, personOf(context.actor));
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'manager-named',
		ids: { member: member.personId },
		says: { name: member.name }
	});
}

/** Ends a manager's charge, one's own or another's, as long as one remains. */
export async function endManagement(
	context: Context,
	organisationId: string,
	{ membershipId }: { membershipId: string }
): Promise<void> {
	const write = allow(context, mayManage(context.actor, organisationId));
	await oneAtATime(write, organisationId);
	const { member, members } = await memberOf(context, organisationId, membershipId);
	if (!member.manager) throw new Refused('organisations.not-a-manager');
	if (members.filter(({ manager }) => manager).length < 2) throw new Refused('organisations.last-manager');
	await endCharge(write, context.now, membershipId);
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'manager-ended',
		ids: { member: member.personId },
		says: { name: member.name }
	});
}

/** Leaves an organisation, or ends a membership for it. What the person wrote stays. */
export async function endMembership(
	context: Context,
	organisationId: string,
	{ membershipId }: { membershipId: string }
): Promise<void> {
	const { member } = await memberOf(context, organisationId, membershipId);
	const write = allow(context, mayEndMembership(context.actor, organisationId, member.personId));
	await oneAtATime(write, organisationId);
	const { members } = await memberOf(context, organisationId, membershipId);
	keepsAManager(members, membershipId);
	keepsAnAccompagnateur(members, membershipId);
	await endCharge(write, context.now, membershipId);
	await endMandate(write, context.now, membershipId);
	await write
		.updateTable('memberships')
		.set({ leftAt: context.now, accompaniesSince: null })
		.where('id', '=', membershipId)
		.execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'member-left',
		ids: { member: member.personId },
		says: { name: member.name }
	});
}
