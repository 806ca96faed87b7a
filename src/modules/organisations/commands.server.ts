import { m } from '#words';
import { beginChain, tell } from '#modules/journal/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { openSession, personFor } from '#modules/people/commands.server.ts';
import { findByEmail } from '#modules/people/queries.server.ts';
import { searchCommunes } from '#modules/territories/queries.server.ts';
import { zoneOf } from '#modules/territories/rules.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import { today } from '#platform/clock.ts';
import type { May } from '#platform/actor.ts';
import type { Profile } from './forms.ts';
import { mayAnswerInvitation, mayEndMembership, mayManage, mayRegister, maySayTitle } from './policy.ts';
import {
	countManagers,
	countWaitingManagers,
	findInvitation,
	listInvitations,
	listMembers,
	listNamesakes,
	managersOf,
	pathOf,
	placeOf
} from './queries.server.ts';
import { readIdentifier, type Identifier } from './rules/identifiers.ts';
import { answerable, firstInvitationsAtOnce, invitationLasts, keepsAManager, type Kind } from './rules/mandates.ts';
import { nameKey } from './rules/names.ts';

/** A commune of the official referential when one is meant without doubt; otherwise the words as they were written. */
export function placeFrom(words: string | null): { communeCode: string | null; communeName: string | null; zone: string } {
	const [first, second] = words ? searchCommunes(words, 2) : [];
	const sure = first && (!second || first.name.toLowerCase() === words!.toLowerCase()) ? first : null;
	return sure
		? { communeCode: sure.code, communeName: sure.name, zone: zoneOf(sure.code) }
		: { communeCode: null, communeName: words, zone: 'Europe/Paris' };
}

/** Adds a row to the directory, with its chain. The caller has been allowed. */
export async function addOrganisation(
	write: Writer,
	context: Context,
	{
		name,
		kind,
		commune,
		purpose,
		...contact
	}: { name: string; kind: Kind; commune: string | null; purpose?: string | null; email?: string | null; phone?: string | null }
): Promise<{ id: string; code: string; name: string }> {
	const { actor, now } = context;
	const organisation = { id: newId(), code: newCode(), name };
	await write
		.insertInto('organisations')
		.values({
			...organisation,
			...placeFrom(commune),
			kind,
			nameKey: nameKey(name),
			purpose: purpose ?? null,
			email: contact.email ?? null,
			phone: contact.phone ?? null,
			registeredAt: now,
			registeredBy: actor.is === 'person' ? actor.id : null,
			updatedAt: now
		})
		.execute();
	const chain = { organisation: organisation.id };
	await beginChain(write, chain);
	await tell(write, context, { chain, verb: 'organisation-registered', says: { name } });
	return organisation;
}

/** Registers one's own organisation: whoever does it is its first manager. */
export async function registerOrganisation(
	context: Context,
	input: {
		name: string;
		kind: Kind;
		commune: string | null;
		purpose: string | null;
		identifier: string | null;
		/** Another of that name was shown, and it is not the same. */
		another?: boolean;
	}
) {
	const write = allow(context, mayRegister(context.actor));
	const [namesake, ...others] = input.another ? [] : await listNamesakes(context, nameKey(input.name));
	if (namesake)
		throw new Refused('organisations.maybe-there', {
			name: namesake.name,
			place: placeOf(namesake) ?? '',
			path: pathOf(namesake),
			managers: (await managersOf(context.db, namesake.id)).map(({ name }) => name).join(', '),
			others: others.length
		});
	const organisation = await addOrganisation(write, context, input);
	if (input.identifier) await writeIdentifier(write, context, organisation.id, input.identifier);
	if (context.actor.is === 'person')
		await addMember(write, context, organisation.id, { personId: context.actor.id, manager: true, may: 'sign' });
	return organisation;
}

async function addMember(
	write: Writer,
	{ actor, now }: Context,
	organisationId: string,
	{ personId, manager, may, givenBy }: { personId: string; manager: boolean; may: May; givenBy?: string | null }
): Promise<void> {
	const given = givenBy ?? (actor.is === 'person' ? actor.id : null);
	const already = await write
		.selectFrom('memberships')
		.select('id')
		.where('organisationId', '=', organisationId)
		.where('personId', '=', personId)
		.where('leftAt', 'is', null)
		.executeTakeFirst();
	const membershipId = already?.id ?? newId();
	if (!already)
		await write.insertInto('memberships').values({ id: membershipId, organisationId, personId, joinedAt: now }).execute();
	if (manager) await nameManager(write, now, membershipId, given);
	else if (may !== 'discuss')
		await write
			.insertInto('mandates')
			.values({ id: newId(), membershipId, may, validFrom: today(now, 'Europe/Paris'), givenBy: given, givenAt: now })
			.execute();
}

const nameManager = (write: Writer, now: Date, membershipId: string, givenBy: string | null) =>
	write
		.insertInto('managers')
		.values({ id: newId(), membershipId, since: now, givenBy })
		.onConflict((conflict) => conflict.column('membershipId').where('until', 'is', null).doNothing())
		.execute();

/** Changes what the directory says of an organisation. The caller has been allowed: a manager, or the hub in its name. */
export async function writeProfile(write: Writer, context: Context, organisationId: string, profile: Profile): Promise<void> {
	const { commune, ...said } = profile;
	await write
		.updateTable('organisations')
		.set({ ...said, ...placeFrom(commune), nameKey: nameKey(profile.name), updatedAt: context.now })
		.where('id', '=', organisationId)
		.execute();
	await tell(write, context, { chain: { organisation: organisationId }, verb: 'profile-changed', says: { name: profile.name } });
}

export async function changeProfile(context: Context, organisationId: string, profile: Profile): Promise<void> {
	await writeProfile(allow(context, mayManage(context.actor, organisationId)), context, organisationId, profile);
}

/** The number as it is kept; what is wrong with it is said under its field. */
function identifierFrom(typed: string): Identifier {
	try {
		return readIdentifier(undefined, typed);
	} catch (problem) {
		if (problem instanceof Refused) throw new Refused(problem.code, problem.details, 'identifier');
		throw problem;
	}
}

/** Adds an identifier whose arithmetic holds. An organisation may have none, or several of a kind. */
export async function writeIdentifier(write: Writer, context: Context, organisationId: string, typed: string): Promise<void> {
	const { kind, value } = identifierFrom(typed);
	await write
		.insertInto('organisationIdentifiers')
		.values({ organisationId, kind, value, addedAt: context.now })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await tell(write, context, { chain: { organisation: organisationId }, verb: 'identifier-added', says: { value } });
}

export async function addIdentifier(context: Context, organisationId: string, typed: string): Promise<void> {
	await writeIdentifier(allow(context, mayManage(context.actor, organisationId)), context, organisationId, typed);
}

export async function removeIdentifier(
	context: Context,
	organisationId: string,
	{ kind, value }: { kind: string; value: string }
) {
	const write = allow(context, mayManage(context.actor, organisationId));
	await write
		.deleteFrom('organisationIdentifiers')
		.where('organisationId', '=', organisationId)
		.where('kind', '=', kind)
		.where('value', '=', value)
		.execute();
	await tell(write, context, { chain: { organisation: organisationId }, verb: 'identifier-removed', says: { value } });
}

type Invited = { name: string; email: string; manager: boolean; may: May };

/**
 * Writes an invitation and posts it. Whoever opens its link has shown that the address is theirs. The caller has been allowed:
 * a manager, or who may invite the first one.
 */
export async function writeInvitation(
	write: Writer,
	context: Context,
	organisation: { id: string; name: string },
	{ name, email, manager, may }: Invited
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
			invitedBy: inviter?.id ?? null,
			invitedAt: now,
			expiresAt: new Date(now.getTime() + invitationLasts)
		})
		.execute();
	const by = { inviter: inviter?.name ?? organisation.name, organisation: organisation.name };
	await post(write, now, {
		to: { name, email },
		...(inviter ? { fromName: inviter.name } : {}),
		subject: inviter ? m.organisations_invite_mail_subject(by) : m.organisations_first_mail_subject(by),
		letter: {
			title: m.organisations_invite_mail_title(by),
			paragraphs: [inviter ? m.organisations_invite_mail_text(by) : m.organisations_first_mail_text(by)],
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
	{ name, email }: { name: string; email: string }
): Promise<void> {
	if (await countManagers(write, organisation.id)) throw new Refused('organisations.has-managers');
	if ((await countWaitingManagers({ db: write, now: context.now }, organisation.id)) >= firstInvitationsAtOnce)
		throw new Refused('organisations.first-already-invited', {}, 'email');
	await writeInvitation(write, context, organisation, { name, email, manager: true, may: 'sign' });
}

/** Takes back an invitation that nobody answered. Its link says so from then on. */
export async function revokeInvitation(context: Context, organisationId: string, { id }: { id: string }): Promise<void> {
	const write = allow(context, mayManage(context.actor, organisationId));
	const changed = await write
		.updateTable('invitations')
		.set({ revokedAt: context.now })
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

/** Who leaves and who hands over wait for each other, so that two at once don't leave the organisation alone. */
const oneAtATime = (write: Writer, organisationId: string) =>
	write.selectFrom('organisations').select('id').where('id', '=', organisationId).forUpdate().execute();

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
	await write
		.updateTable('mandates')
		.set({ endedAt: now })
		.where('membershipId', '=', membershipId)
		.where('endedAt', 'is', null)
		.execute();
	await write
		.insertInto('mandates')
		.values({
			id: newId(),
			membershipId,
			may,
			validFrom,
			validTo: to,
			givenBy: actor.is === 'person' ? actor.id : null,
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
	await nameManager(write, context.now, membershipId, context.actor.is === 'person' ? context.actor.id : null);
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
	await write
		.updateTable('managers')
		.set({ until: context.now })
		.where('membershipId', '=', membershipId)
		.where('until', 'is', null)
		.execute();
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
	await write
		.updateTable('managers')
		.set({ until: context.now })
		.where('membershipId', '=', membershipId)
		.where('until', 'is', null)
		.execute();
	await write
		.updateTable('mandates')
		.set({ endedAt: context.now })
		.where('membershipId', '=', membershipId)
		.where('endedAt', 'is', null)
		.execute();
	await write.updateTable('memberships').set({ leftAt: context.now }).where('id', '=', membershipId).execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'member-left',
		ids: { member: member.personId },
		says: { name: member.name }
	});
}
