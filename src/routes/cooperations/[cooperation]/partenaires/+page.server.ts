import { m } from '#words';
import {
	acceptPartnership,
	changeRole,
	declinePartnership,
	leaveCooperation,
	noteAcceptance,
	proposePartner,
	sendInvitationTo,
	withdrawInvitation
} from '#modules/cooperations/commands/partners.server.ts';
import {
	declineForm,
	leaveForm,
	partnerForm,
	proposePartnerForm,
	roleForm,
	sendInvitationForm
} from '#modules/cooperations/forms.ts';
import { abilities, mayChangeRole, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation, placedSo } from '#modules/cooperations/queries.server.ts';
import { listUnmanagedInvitations } from '#modules/cooperations/queries/invitations.server.ts';
import { missingAssociations, namesIn, standingOf, speakersHere, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { settleLeaving } from '#modules/lines/commands/leaving.server.ts';
import { listLeavings } from '#modules/lines/queries/leaving.server.ts';
import { welcomePartner } from '#modules/meetings/commands/welcoming.server.ts';
import { listOrganisations } from '#modules/organisations/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params, url) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const { actor } = context;
	const can = abilities(actor, cooperation);
	const words = (url.searchParams.get('nom') ?? '').trim().slice(0, 200);
	const present = new Set(cooperation.partners.filter(isHereOrInvited).map(({ organisationId }) => organisationId));
	const [asked] = namesIn(words);
	const { organisations } = asked
		? await listOrganisations(context, {
				words: [asked.name, asked.commune].filter(Boolean).join(' '),
				kind: null,
				theme: null,
				page: 1
			})
		: { organisations: [] };
	const unmanaged = can.takePart || can.note ? await listUnmanagedInvitations(context, cooperation) : new Map<string, boolean>();
	return {
		cooperation,
		day: today(context.now, cooperation.zone),
		leaving: can.leave.length && cooperation.accepted.length > 1 ? await listLeavings(context, cooperation) : null,
		missing: missingAssociations(cooperation.partners),
		partners: cooperation.partners.map((partner) => ({
			...partner,
			standing: standingOf(partner),
			read: placedSo(partner),
			/** Whether a link was sent to an invited organisation that nobody manages here; null for the others. */
			sent: can.takePart ? (unmanaged.get(partner.id) ?? null) : null,
			can: {
				answer: can.answer.includes(partner.id),
				note: can.note && standingOf(partner) === 'invited',
				print: standingOf(partner) === 'invited' && unmanaged.has(partner.id),
				withdraw: can.takePart && standingOf(partner) === 'invited',
				role: !cooperation.endedAt && isHereOrInvited(partner) && mayChangeRole(actor, cooperation, partner),
				leave: can.leave.includes(partner.id) && cooperation.accepted.length > 1,
				end: can.leave.includes(partner.id) && cooperation.accepted.length === 1
			}
		})),
		takePart: can.takePart && !cooperation.endedAt,
		words,
		found: organisations.filter(({ id }) => !present.has(id)).slice(0, 12),
		speakers: speakersHere(actor, cooperation, speaksHereFor(actor, cooperation))
	};
});

const here = async (context: Context, { cooperation }: Params) => (await findCooperation(context, cooperation)).id;

export const actions = {
	propose: action(
		'signed in',
		proposePartnerForm,
		async (context, input, params: Params) => proposePartner(context, await here(context, params), input),
		{ to: (_, { cooperation }) => `/cooperations/${cooperation}/partenaires`, say: () => m.cooperations_partner_invited() }
	),
	send: action(
		'signed in',
		sendInvitationForm,
		async (context, input, params: Params) => sendInvitationTo(context, await here(context, params), input),
		{ say: () => m.cooperations_invitation_sent() }
	),
	accept: action(
		'signed in',
		partnerForm,
		async (context, input, params: Params) => {
			const id = await here(context, params);
			await acceptPartnership(context, id, input);
			await welcomePartner(context, id, input.partnerId);
		},
		{ say: () => m.cooperations_accepted() }
	),
	note: action(
		'signed in',
		partnerForm,
		async (context, input, params: Params) => {
			const id = await here(context, params);
			await noteAcceptance(context, id, input);
			await welcomePartner(context, id, input.partnerId);
		},
		{ say: () => m.cooperations_noted() }
	),
	decline: action(
		'signed in',
		declineForm,
		async (context, input, params: Params) => declinePartnership(context, await here(context, params), input),
		{ to: () => '/', say: () => m.cooperations_declined() }
	),
	withdraw: action(
		'signed in',
		partnerForm,
		async (context, input, params: Params) => withdrawInvitation(context, await here(context, params), input),
		{ say: () => m.cooperations_withdrawn() }
	),
	role: action(
		'signed in',
		roleForm,
		async (context, input, params: Params) => changeRole(context, await here(context, params), input),
		{ say: () => m.cooperations_role_changed() }
	),
	leave: action(
		'signed in',
		leaveForm,
		async (context, input, params: Params) => {
			const id = await here(context, params);
			await settleLeaving(context, id, input);
			await leaveCooperation(context, id, input);
		},
		{ say: () => m.cooperations_left() }
	)
};
