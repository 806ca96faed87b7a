import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { revokeLinks } from '#modules/links/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { writeFirstInvitation } from '#modules/organisations/commands/invitations.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { managersOf } from '#modules/organisations/queries/people.server.ts';
import { type Context, type Writer, allow } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { address } from '#platform/running.server.ts';
import { word } from '#platform/say.ts';
import { invitePartner, organisationNamed, sendInvitation, speaker } from '../commands.server.ts';
import { mayAnswerFor, mayChangeRole, mayLeaveFor, mayNoteFor, mayTakePart, speaksHereFor } from '../policy.ts';
import { findCooperationById, placedSo, type Cooperation } from '../queries.server.ts';
import { linkSpeaksForItself } from '../queries/invitations.server.ts';
import { answerable, leadIsFree, leavable, namesIn, type Partner, type Role } from '../rules.ts';

const partnerOf = (cooperation: Cooperation, partnerId: string) => {
	const partner = cooperation.partners.find((one) => one.id === partnerId);
	if (!partner) throw new NotFound();
	return partner;
};

/** An organisation proposes another as a partner; that one accepts or declines in its own name. */
export async function proposePartner(
	context: Context,
	cooperationId: string,
	input: {
		name: string;
		organisationId?: string | null;
		role: Role;
		place: string | null;
		email: string | null;
		actingFor: string | null;
	}
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayTakePart(context.actor, cooperation));
	const invitedFor = speaker(context, cooperation, input.actingFor);
	leadIsFree(cooperation.partners, input.role);
	const [named] = namesIn(input.name);
	if (!named) throw new Refused('cooperations.partner-missing', {}, 'name');
	const chosen = input.organisationId ? (await summariesOf(context.db, [input.organisationId])).get(input.organisationId) : null;
	if (chosen === undefined) throw new NotFound();
	const organisation = chosen ?? (await organisationNamed(write, context, named, cooperation.place, 'name'));
	await invitePartner(write, context, cooperation, organisation, {
		...input,
		invitedFor,
		position: Math.max(0, ...cooperation.partners.map((_, i) => i + 1)) + 1
	});
}

/**
 * Sends an invitation to an address, when nobody had received it or when its mail was lost: links sent before open no more. Where
 * somebody manages the organisation, they were told by their account.
 */
export async function sendInvitationTo(
	context: Context,
	cooperationId: string,
	{ partnerId, email }: { partnerId: string; email: string }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(context, mayTakePart(context.actor, cooperation));
	answerable(partner);
	if ((await managersOf(write, partner.organisationId)).length)
		throw new Refused('cooperations.invitation-has-managers', { organisation: partner.name }, 'email');
	const inviter = speaksHereFor(context.actor, cooperation)[0]!;
	const by = speaker(context, cooperation, inviter);
	await revokeLinks(write, context.now, { thing: partner.id });
	// What the link may give depends on who chose the address.
	await write
		.updateTable('partners')
		.set({ invitedBy: personOf(context.actor), invitedFor: by.id })
		.where('id', '=', partner.id)
		.execute();
	const organisation = { id: partner.organisationId, name: partner.name };
	await sendInvitation(write, context, cooperation, { id: partner.id, organisation }, { email, inviter: by });
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'invitation-sent',
		ids: { organisation: partner.organisationId },
		says: { organisation: partner.name, inviter: by.name }
	});
}

/** Accepts to be a partner, in the name of an organisation: by a mandate, or by the link that was made for it. */
export async function acceptPartnership(
	context: Context,
	cooperationId: string,
	{ partnerId }: { partnerId: string }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(context, mayAnswerFor(context.actor, partner));
	await accept(write, context, cooperation, partner, context.actor.is === 'link' ? 'link' : 'mandate');
}

/**
 * Invites the first manager of an organisation that answered by its link: whoever bears it names a person, and that person's own
 * mail proves the address. Only where the link reached the organisation itself, or where the inviter had written it into the
 * directory: there, it gives no more than registering it would.
 */
export async function inviteFirstManagerByLink(
	context: Context,
	cooperationId: string,
	{ partnerId, name, email }: { partnerId: string; name: string; email: string }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(
		context,
		context.actor.is === 'link' && mayAnswerFor(context.actor, partner) && (await linkSpeaksForItself(context, partner.id))
	);
	await writeFirstInvitation(write, context, { id: partner.organisationId, name: partner.name }, { name, email });
}

/** Notes that an organisation accepted on the telephone; it is told. */
export async function noteAcceptance(
	context: Context,
	cooperationId: string,
	{ partnerId }: { partnerId: string }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(context, mayNoteFor(context.actor, cooperation));
	await accept(write, context, cooperation, partner, 'telephone');
}

async function accept(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	partner: Partner,
	evidence: 'mandate' | 'link' | 'telephone'
): Promise<void> {
	const { actor, now } = context;
	answerable(partner);
	const changed = await write
		.updateTable('partners')
		.set({ acceptedAt: now, acceptedBy: personOf(actor), acceptedEvidence: evidence })
		.where('id', '=', partner.id)
		.where('acceptedAt', 'is', null)
		.where('declinedAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new Refused('cooperations.invitation-accepted');
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: evidence === 'mandate' ? 'partner-accepted' : `partner-accepted-by-${evidence}`,
		ids: { organisation: partner.organisationId },
		says: { organisation: partner.name }
	});
	if (evidence === 'mandate') return;
	// Nobody of the organisation signed in to accept: its managers learn it.
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: null });
	for (const manager of await managersOf(write, partner.organisationId))
		if (manager.email)
			await post(write, now, {
				to: { name: manager.name, email: manager.email },
				house,
				subject: m.cooperations_accepted_mail_subject({ organisation: partner.name, cooperation: cooperation.name }),
				letter: {
					title: m.cooperations_accepted_mail_title({ organisation: partner.name }),
					paragraphs: [m.cooperations_accepted_mail_text({ cooperation: cooperation.name, by: evidence })],
					buttons: [{ label: m.cooperations_accepted_mail_button(), url: address(cooperation.path) }]
				},
				kind: 'partner-accepted'
			});
}

/** Declines an invitation, with a reason if one wants. */
export async function declinePartnership(
	context: Context,
	cooperationId: string,
	{ partnerId, reason }: { partnerId: string; reason: string | null }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(context, mayAnswerFor(context.actor, partner));
	await endInvitation(write, context, cooperation, partner, { verb: 'partner-declined', reason });
}

/** Takes back an invitation that nobody answered. Its link says so from then on. */
export async function withdrawInvitation(
	context: Context,
	cooperationId: string,
	{ partnerId }: { partnerId: string }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(context, mayTakePart(context.actor, cooperation));
	await endInvitation(write, context, cooperation, partner, { verb: 'invitation-withdrawn', reason: null });
	await revokeLinks(write, context.now, { thing: partner.id });
}

/** An invitation ends without a partner: those who were invited said no, or those who invited thought better of it. */
async function endInvitation(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	partner: Partner,
	{ verb, reason }: { verb: 'partner-declined' | 'invitation-withdrawn'; reason: string | null }
): Promise<void> {
	answerable(partner);
	await write
		.updateTable('partners')
		.set({ declinedAt: context.now, declinedReason: reason })
		.where('id', '=', partner.id)
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb,
		ids: { organisation: partner.organisationId },
		says: { organisation: partner.name }
	});
}

/** Changes a partner's role and what it does here: its own affair once it has accepted. */
export async function changeRole(
	context: Context,
	cooperationId: string,
	{ partnerId, role, place, read }: { partnerId: string; role: Role; place: string | null; read?: string | null }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(context, mayChangeRole(context.actor, cooperation, partner));
	leadIsFree(cooperation.partners, role, partner.id);
	const there = await write
		.selectFrom('partners')
		.select(['role', 'place'])
		.where('id', '=', partner.id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (read && read !== placedSo(there) && placedSo(there) !== placedSo({ role, place }))
		throw new Refused('cooperations.role-changed-meanwhile', {
			theirs: [word(`cooperations_role_${there.role}`), there.place].filter(Boolean).join(', ')
		});
	await write.updateTable('partners').set({ role, place }).where('id', '=', partner.id).execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: `role-changed-${role}`,
		ids: { organisation: partner.organisationId },
		says: { organisation: partner.name }
	});
}

/** Leaves a cooperation, with a date and a reason. What the partner wrote stays; what becomes of its tasks is the lines' affair. */
export async function leaveCooperation(
	context: Context,
	cooperationId: string,
	{ partnerId, reason }: { partnerId: string; reason: string }
): Promise<{ organisationId: string }> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = partnerOf(cooperation, partnerId);
	const write = allow(context, mayLeaveFor(context.actor, partner));
	leavable(partner, cooperation.partners);
	await write
		.updateTable('partners')
		.set({ leftAt: context.now, leftBy: personOf(context.actor), leftReason: reason })
		.where('id', '=', partner.id)
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'partner-left',
		ids: { organisation: partner.organisationId },
		says: { organisation: partner.name, reason }
	});
	return { organisationId: partner.organisationId };
}
