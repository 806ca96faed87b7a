import { m } from '#words';
import { tell } from '#modules/journal/commands.server.ts';
import { post, notify } from '#modules/notices/commands.server.ts';
import { writeAccompanying } from '#modules/organisations/commands/accompanying.server.ts';
import { endInvitation, writeInvitation } from '#modules/organisations/commands/invitations.server.ts';
import { listInvitations } from '#modules/organisations/queries/invitations.server.ts';
import { countManagers } from '#modules/organisations/queries/people.server.ts';
import { findByEmail } from '#modules/people/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { address } from '#platform/running.server.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import { findHub } from '../queries.server.ts';
import { letterheadOf } from '../queries/sender.server.ts';
import { mayKeepHub, mayProveAddress } from '../policy.ts';
import { findHouseAddress } from './queries.server.ts';
import { addressAsksADay, addressLasts } from './rules.ts';

/** A house that the actor keeps, and the pen to write there. */
async function kept(context: Context, hubId: string) {
	const hub = await findHub(context, hubId);
	return { hub, write: allow(context, mayKeepHub(context.actor, hubId)) };
}

async function tellNamed(write: Writer, context: Context, hub: { name: string }, personId: string, named: boolean) {
	if (personId === personOf(context.actor)) return;
	await notify(write, context.now, {
		personId,
		kind: 'organisation',
		cooperationId: null,
		text: named ? m.hubs_told_named({ hub: hub.name }) : m.hubs_told_unnamed({ hub: hub.name }),
		path: named ? '/maison' : '/'
	});
}

async function letAccompany(context: Context, hubId: string, membershipId: string, accompanies: boolean) {
	const { hub, write } = await kept(context, hubId);
	const member = await writeAccompanying(write, context, hubId, { membershipId, accompanies });
	if (member.changed) await tellNamed(write, context, hub, member.personId, accompanies);
	return member;
}

/** Names a member of the house's organisation: they accompany for it from now on, and learn it. */
export const nameAccompagnateur = (
	context: Context,
	hubId: string,
	{ membershipId }: { membershipId: string }
): Promise<{ name: string }> => letAccompany(context, hubId, membershipId, true);

/** Somebody no longer accompanies for the house. They stay in its organisation; the last one stays until another is named. */
export const removeAccompagnateur = (
	context: Context,
	hubId: string,
	{ membershipId }: { membershipId: string }
): Promise<{ name: string }> => letAccompany(context, hubId, membershipId, false);

/**
 * Invites somebody by mail to accompany for the house. Whoever belongs to its organisation already is named at once. In an
 * organisation that nobody manages, whoever accepts first manages it.
 */
export async function inviteAccompagnateur(
	context: Context,
	hubId: string,
	{ name, email }: { name: string; email: string }
): Promise<{ named: boolean; name: string }> {
	const { hub, write } = await kept(context, hubId);
	const known = await findByEmail(write, email);
	const member = known
		? await write
				.selectFrom('memberships')
				.select(['id', 'accompaniesSince'])
				.where('organisationId', '=', hubId)
				.where('personId', '=', known.id)
				.where('leftAt', 'is', null)
				.executeTakeFirst()
		: undefined;
	if (member) return { named: true, ...(await nameAccompagnateur(context, hubId, { membershipId: member.id })) };
	const waiting = await listInvitations(context, hubId);
	if (waiting.some((one) => one.email.toLowerCase() === email.toLowerCase() && one.state === 'waiting'))
		throw new Refused('organisations.already-invited', {}, 'email');
	const manager = (await countManagers(write, hubId)) === 0;
	await writeInvitation(
		write,
		context,
		{ id: hubId, name: hub.organisation },
		{ name, email, manager, may: manager ? 'sign' : 'discuss', accompanies: true },
		await letterheadOf(write, hubId)
	);
	return { named: false, name };
}

/** Takes back an invitation to accompany that nobody answered. */
export async function revokeAccompagnateur(context: Context, hubId: string, { id }: { id: string }): Promise<void> {
	const { write } = await kept(context, hubId);
	await endInvitation(write, context.now, hubId, id);
}

/** Writes the words under a house's mails. */
export async function writeSignature(
	context: Context,
	hubId: string,
	{ signature }: { signature: string | null }
): Promise<void> {
	const { hub, write } = await kept(context, hubId);
	await write.updateTable('hubs').set({ signature }).where('organisationId', '=', hubId).execute();
	await tell(write, context, { chain: { organisation: hubId }, verb: 'hub-changed', says: { sender: hub.name } });
}

/** Asks that answers to a house's mails go to an address: a link goes there, and nothing changes before it is opened. */
export async function askReplyTo(context: Context, hubId: string, { email }: { email: string }): Promise<void> {
	const { hub, write } = await kept(context, hubId);
	const since = new Date(context.now.getTime() - addressLasts);
	const asked = await write
		.selectFrom('hubAddresses')
		.select('tokenHash')
		.where('hubId', '=', hubId)
		.where('askedAt', '>', since)
		.execute();
	if (asked.length >= addressAsksADay) throw new Refused('hubs.reply-too-often', {}, 'email');
	await write
		.updateTable('hubAddresses')
		.set({ expiresAt: context.now })
		.where('hubId', '=', hubId)
		.where('confirmedAt', 'is', null)
		.where('expiresAt', '>', context.now)
		.execute();
	const token = newToken();
	await write
		.insertInto('hubAddresses')
		.values({
			tokenHash: hashToken(token),
			hubId,
			email,
			askedBy: personOf(context.actor),
			askedAt: context.now,
			expiresAt: new Date(context.now.getTime() + addressLasts)
		})
		.execute();
	await post(write, context.now, {
		to: { name: hub.name, email },
		subject: m.hubs_reply_mail_subject({ hub: hub.name }),
		letter: {
			title: m.hubs_reply_mail_title({ hub: hub.name }),
			paragraphs: [m.hubs_reply_mail_text({ hub: hub.name })],
			buttons: [{ label: m.hubs_reply_mail_button(), url: address(`/maisons/adresse/${token}`) }],
			foot: [m.hubs_reply_mail_foot()]
		},
		kind: 'address',
		secret: true
	});
}

/** The address is proven: whoever holds the link reads it. Answers go there from now on. */
export async function confirmReplyTo(context: Context, token: string): Promise<void> {
	const asked = await findHouseAddress(context, token);
	const write = allow(context, mayProveAddress());
	if (asked.state !== 'waiting') throw new Refused(`hubs.reply-${asked.state}`);
	const confirmed = await write
		.updateTable('hubAddresses')
		.set({ confirmedAt: context.now })
		.where('tokenHash', '=', hashToken(token))
		.where('confirmedAt', 'is', null)
		.executeTakeFirst();
	if (confirmed.numUpdatedRows === 0n) throw new Refused('hubs.reply-used');
	await write.updateTable('hubs').set({ replyTo: asked.email }).where('organisationId', '=', asked.hubId).execute();
	await tell(write, context, {
		chain: { organisation: asked.hubId },
		verb: 'hub-answered-at',
		says: { sender: asked.hub }
	});
}

/** Answers go to whoever writes again, as before an address was proven. */
export async function forgetReplyTo(context: Context, hubId: string): Promise<void> {
	const { hub, write } = await kept(context, hubId);
	await write.updateTable('hubs').set({ replyTo: null }).where('organisationId', '=', hubId).execute();
	await write
		.updateTable('hubAddresses')
		.set({ expiresAt: context.now })
		.where('hubId', '=', hubId)
		.where('confirmedAt', 'is', null)
		.where('expiresAt', '>', context.now)
		.execute();
	await tell(write, context, { chain: { organisation: hubId }, verb: 'hub-changed', says: { sender: hub.name } });
}
