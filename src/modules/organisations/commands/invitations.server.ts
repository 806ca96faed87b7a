import { m } from '#words';
import { tell } from '#modules/journal/commands.server.ts';
import { post, type Letterhead } from '#modules/notices/commands.server.ts';
import { openSession, personFor } from '#modules/people/commands.server.ts';
import { findByEmail } from '#modules/people/queries.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import type { May } from '#platform/actor.ts';
import { addMember } from '../commands.server.ts';
import { mayAnswerInvitation, mayManage } from '../policy.ts';
import { countWaitingManagers, findInvitation, listInvitations } from '../queries/invitations.server.ts';
import { countManagers } from '../queries/people.server.ts';
import { answerable, firstInvitationsAtOnce, invitationLasts } from '../rules/mandates.ts';

type Invited = {
	name: string;
	email: string;
	manager: boolean;
	may: May;
	/** Invited to accompany for the house that the organisation is. */
	accompanies?: boolean;
};

/**
 * Writes an invitation and posts it. Whoever opens its link has shown that the address is theirs. The caller has been allowed:
 * a manager, or who may invite the first one.
 */
export async function writeInvitation(
	write: Writer,
	context: Context,
	organisation: { id: string; name: string },
	{ name, email, manager, may, accompanies = false }: Invited,
	house: Letterhead | null = null
): Promise<void> {
	const { actor, now } = context;
	const inviter = actor.is === 'person' ? actor : null;
	const token = newToken();
	await write
		.insertInto('invitations')
		.values({
			id: newId(),
			tokenHash: hashToken(token),
			organisationId: organisation.id,
			name,
			email,
			manager,
			may,
			accompanies,
			invitedBy: inviter?.id ?? null,
			invitedAt: now,
			expiresAt: new Date(now.getTime() + invitationLasts)
		})
		.execute();
	const by = { inviter: inviter?.name ?? organisation.name, organisation: organisation.name };
	await post(write, now, {
		to: { name, email },
		...(inviter ? { fromName: inviter.name } : {}),
		house,
		subject: inviter ? m.organisations_invite_mail_subject(by) : m.organisations_first_mail_subject(by),
		letter: {
			title: m.organisations_invite_mail_title(by),
			paragraphs: [
				...(accompanies ? [m.organisations_invite_mail_accompanies(by)] : []),
				inviter ? m.organisations_invite_mail_text(by) : m.organisations_first_mail_text(by)
			],
			buttons: [{ label: m.organisations_invite_mail_button(), url: address(`/invitation/${token}`) }],
			foot: [m.organisations_invite_mail_foot()]
		},
		kind: 'invitation',
		secret: true
	});
	await tell(write, context, { chain: { organisation: organisation.id }, verb: 'person-invited', says: { name } });
}

/** Invites somebody into an organisation by mail. */
export async function invite(context: Context, organisation: { id: string; name: string }, invited: Invited): Promise<void> {
	const write = allow(context, mayManage(context.actor, organisation.id));
	const waiting = await listInvitations(context, organisation.id);
	if (waiting.some((one) => one.email === invited.email && one.state === 'waiting'))
		throw new Refused('organisations.already-invited', {}, 'email');
	await writeInvitation(write, context, organisation, invited);
}

/**
 * Invites the first manager of an organisation that nobody manages. The caller has been allowed: its hub, an administrator, or
 * the bearer of a link that reached the organisation itself.
 */
export async function writeFirstInvitation(
	write: Writer,
	context: Context,
	organisation: { id: string; name: string },
	{ name, email }: { name: string; email: string },
	house: Letterhead | null = null
): Promise<void> {
	if (await countManagers(write, organisation.id)) throw new Refused('organisations.has-managers');
	if ((await countWaitingManagers({ db: write, now: context.now }, organisation.id)) >= firstInvitationsAtOnce)
		throw new Refused('organisations.first-already-invited', {}, 'email');
	await writeInvitation(write, context, organisation, { name, email, manager: true, may: 'sign' }, house);
}

/** Takes back an invitation that nobody answered. Its link says so from then on. */
export async function revokeInvitation(context: Context, organisationId: string, { id }: { id: string }): Promise<void> {
	await endInvitation(allow(context, mayManage(context.actor, organisationId)), context.now, organisationId, id);
}

/** Takes an invitation of an organisation back; the caller has been allowed. */
export async function endInvitation(write: Writer, now: Date, organisationId: string, id: string): Promise<void> {
	const changed = await write
		.updateTable('invitations')
		.set({ revokedAt: now })
		.where('id', '=', id)
		.where('organisationId', '=', organisationId)
		.where('acceptedAt', 'is', null)
		.where('declinedAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new NotFound();
}

/**
 * Accepts an invitation: the person becomes a member. Somebody who had no account is signed in (`session`); somebody who has one
 * enters as usual, since an invitation lives far longer than an entry link and must not be worth one.
 */
export async function acceptInvitation(
	context: Context,
	token: string
): Promise<{ personId: string; path: string; organisation: string; session: string | null }> {
	const invitation = await findInvitation(context, token);
	answerable(invitation.state);
	const write = allow(context, mayAnswerInvitation());
	await answer(write, invitation.id, { acceptedAt: context.now });
	const newcomer = (await findByEmail(write, invitation.email)) === undefined;
	const personId = await personFor(write, context.now, invitation);
	await write.updateTable('invitations').set({ acceptedBy: personId }).where('id', '=', invitation.id).execute();
	await addMember(write, context, invitation.organisationId, {
		personId,
		manager: invitation.manager,
		may: invitation.may,
		accompanies: invitation.accompanies,
		givenBy: invitation.invitedBy
	});
	await tell(write, context, {
		chain: { organisation: invitation.organisationId },
		verb: 'member-joined',
		ids: { member: personId },
		says: { name: invitation.name }
	});
	return {
		personId,
		path: invitation.path,
		organisation: invitation.organisation,
		session: newcomer ? await openSession(write, context.now, personId) : null
	};
}

/** Declines an invitation. Whoever sent it sees so. */
export async function declineInvitation(context: Context, token: string): Promise<void> {
	const invitation = await findInvitation(context, token);
	answerable(invitation.state);
	await answer(allow(context, mayAnswerInvitation()), invitation.id, { declinedAt: context.now });
}

/** Two answers at once: the second finds none waiting. */
async function answer(write: Writer, id: string, said: { acceptedAt: Date } | { declinedAt: Date }): Promise<void> {
	const answered = await write
		.updateTable('invitations')
		.set(said)
		.where('id', '=', id)
		.where('acceptedAt', 'is', null)
		.where('declinedAt', 'is', null)
		.where('revokedAt', 'is', null)
		.executeTakeFirst();
	if (answered.numUpdatedRows === 0n) throw new Refused('organisations.invitation-answered');
}
