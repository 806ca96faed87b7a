import {
	acceptPartnership,
	declinePartnership,
	inviteFirstManagerByLink
} from '#modules/cooperations/commands/partners.server.ts';
import { declineByLinkForm } from '#modules/cooperations/forms.ts';
import { findCooperationOfLink } from '#modules/cooperations/queries.server.ts';
import { linkSpeaksForItself } from '#modules/cooperations/queries/invitations.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { listCommitments } from '#modules/lines/queries.server.ts';
import { welcomePartner } from '#modules/meetings/commands/welcoming.server.ts';
import { answerForm, firstManagerForm } from '#modules/organisations/forms.ts';
import { findOrganisationName } from '#modules/organisations/queries.server.ts';
import { countManagers } from '#modules/organisations/queries/people.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

async function invited(context: Context) {
	const cooperation = await findCooperationOfLink(context);
	const { actor } = context;
	const partner = cooperation.partners.find(({ id }) => actor.is === 'link' && id === actor.thing);
	if (!partner) throw new NotFound('link');
	return { cooperation, partner };
}

export const load = page('by link', async (context) => {
	const { cooperation, partner } = await invited(context);
	const managed = (await countManagers(context.db, partner.organisationId)) > 0;
	return {
		invitation: {
			organisation: partner.name,
			role: partner.role,
			place: partner.place,
			standing: standingOf(partner),
			inviter: partner.invitedFor ? await findOrganisationName(context.db, partner.invitedFor) : null,
			cooperation: cooperation.name,
			path: cooperation.path,
			sentence: cooperation.sentence === cooperation.name ? null : cooperation.sentence,
			where: cooperation.place,
			others: cooperation.accepted.filter(({ id }) => id !== partner.id).map(({ name }) => name)
		},
		organisationId: partner.organisationId,
		day: today(context.now, cooperation.zone),
		lines: standingOf(partner) === 'invited' ? await listCommitments(context, cooperation, partner.organisationId) : [],
		managed,
		mayInvite: !managed && (await linkSpeaksForItself(context, partner.id))
	};
});

export const actions = {
	accept: action('by link', answerForm, async (context) => {
		const { cooperation, partner } = await invited(context);
		await acceptPartnership(context, cooperation.id, { partnerId: partner.id });
		await welcomePartner(context, cooperation.id, partner.id);
	}),
	decline: action('by link', declineByLinkForm, async (context, { reason }) => {
		const { cooperation, partner } = await invited(context);
		await declinePartnership(context, cooperation.id, { partnerId: partner.id, reason });
	}),
	invite: action(
		'by link',
		firstManagerForm,
		async (context, input) => {
			const { cooperation, partner } = await invited(context);
			await inviteFirstManagerByLink(context, cooperation.id, { partnerId: partner.id, ...input });
			return input;
		},
		{ say: ({ email }) => m.cooperations_link_invited({ email }) }
	)
};
