import { personOf } from '#platform/actor.ts';
import { inviteFirstManager } from '#modules/hubs/care/commands.server.ts';
import { mayInviteFirstManager } from '#modules/hubs/care/queries.server.ts';
import { invite, revokeInvitation } from '#modules/organisations/commands/invitations.server.ts';
import {
	endManagement,
	endMembership,
	giveMandate,
	giveTitle,
	shareManagement
} from '#modules/organisations/commands/mandates.server.ts';
import {
	firstManagerForm,
	invitationForm,
	inviteForm,
	mandateForm,
	membershipForm,
	titleForm
} from '#modules/organisations/forms.ts';
import { abilities } from '#modules/organisations/policy.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { listInvitations } from '#modules/organisations/queries/invitations.server.ts';
import { listMembers } from '#modules/organisations/queries/people.server.ts';
import { portraitsOf } from '#modules/portraits/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params) => {
	const organisation = await findOrganisation(context, address);
	const members = await listMembers(context, organisation.id);
	const { actor } = context;
	return {
		organisation,
		members,
		photos: await portraitsOf(
			context,
			members.map(({ personId }) => personId),
			'small'
		),
		me: personOf(actor),
		invitations: (await listInvitations(context, organisation.id)).filter(({ state }) => state !== 'accepted'),
		can: abilities(actor, organisation.id),
		mayInviteFirst: await mayInviteFirstManager(context, organisation.id)
	};
});

const on =
	<I, T>(act: (context: Context, organisation: Awaited<ReturnType<typeof findOrganisation>>, input: I) => Promise<T>) =>
	async (context: Context, input: I, { organisation: address }: Params) =>
		act(context, await findOrganisation(context, address), input);

export const actions = {
	invite: action('signed in', inviteForm, on(invite), { say: () => m.organisations_invited() }),
	inviteFirst: action('signed in', firstManagerForm, on(inviteFirstManager), { say: () => m.organisations_invited() }),
	revoke: action(
		'signed in',
		invitationForm,
		on((context, { id }, input) => revokeInvitation(context, id, input)),
		{ say: () => m.organisations_revoked() }
	),
	mandate: action('signed in', mandateForm, on(giveMandate), { say: () => m.organisations_mandate_given() }),
	title: action(
		'signed in',
		titleForm,
		on((context, { id }, input) => giveTitle(context, id, input)),
		{ say: () => m.organisations_title_given() }
	),
	share: action(
		'signed in',
		membershipForm,
		on((context, { id }, input) => shareManagement(context, id, input)),
		{ say: () => m.organisations_manager_named() }
	),
	endManagement: action(
		'signed in',
		membershipForm,
		on((context, { id }, input) => endManagement(context, id, input)),
		{ say: () => m.organisations_manager_ended() }
	),
	end: action(
		'signed in',
		membershipForm,
		on((context, { id }, input) => endMembership(context, id, input)),
		{ say: () => m.organisations_membership_ended() }
	)
};
