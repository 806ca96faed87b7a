import { tell } from '#modules/journal/commands.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { findContact } from '#modules/people/queries.server.ts';
import { today } from '#platform/clock.ts';
import { type May, personOf } from '#platform/actor.ts';
import { m } from '#words';
import { nameManager } from '../commands.server.ts';
import { mayEndMembership, mayManage, maySayTitle } from '../policy.ts';
import { summariesOf } from '../queries.server.ts';
import { listMembers, managersOfAll } from '../queries/people.server.ts';
import { keepsAManager, keepsAnAccompagnateur, roleIn, type Member } from '../rules/mandates.ts';
import { tellThose } from './telling.server.ts';

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

/**
 * Tells those who answer for the organisation that its people change, and the one whom it is about: nobody loses a charge, or gets
 * one, in silence. Called before the change, while those who were there still are.
 */
async function tellThoseThere(
	write: Writer,
	context: Context,
	organisationId: string,
	member: Member,
	say: {
		theirs: (said: { organisation: string; by: string }) => string;
		others?: (said: { organisation: string; name: string }) => string;
	}
): Promise<void> {
	const { name: organisation, path } = (await summariesOf(write, [organisationId])).get(organisationId)!;
	const by = context.actor.is === 'person' ? context.actor.name : '';
	const told = { kind: 'organisation', cooperationId: null, path: `${path}/personnes` } as const;
	const contact = await findContact(write, member.personId);
	if (contact)
		await tellThose(write, context, [{ ...contact, personId: contact.id }], { ...told, text: say.theirs({ organisation, by }) });
	if (!say.others) return;
	const managers = (await managersOfAll(write, [organisationId])).filter(({ personId }) => personId !== member.personId);
	await tellThose(write, context, managers, { ...told, text: say.others({ organisation, name: member.name }) });
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
	await tellThoseThere(write, context, organisation.id, member, {
		theirs: (said) => m.organisations_told_mandate({ ...said, role: roleIn({ manager: false, may }) })
	});
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
	await tellThoseThere(write, context, organisationId, member, {
		theirs: m.organisations_told_you_manage,
		others: m.organisations_told_manages
	});
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
	await tellThoseThere(write, context, organisationId, member, {
		theirs: m.organisations_told_you_manage_no_more,
		others: m.organisations_told_manages_no_more
	});
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
	await tellThoseThere(write, context, organisationId, member, {
		theirs: m.organisations_told_you_left,
		others: m.organisations_told_left
	});
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
