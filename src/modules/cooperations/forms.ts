import { m } from '#words';
import { email, id, oneOf, optionalEmail, optionalId, optionalText, text, ticked, z } from '#platform/forms.ts';
import { roles, steps } from './rules.ts';

/** Three answers: what, with whom, when. The id is made with the page, so that a form sent twice begins one cooperation. */
export const beginForm = z.object({
	id: id(),
	what: text(m.cooperations_what_missing, 500),
	withWhom: text(m.cooperations_with_whom_missing, 2000),
	actingFor: optionalId()
});

export const nameForm = z.object({
	name: text(m.cooperations_name_missing, 120),
	sentence: text(m.cooperations_what_missing, 500),
	place: optionalText(120),
	/** What was read before it was written. */
	read: optionalText(40)
});

export const proposePartnerForm = z.object({
	name: text(m.cooperations_partner_missing, 250),
	/** The one that was chosen among those of the directory; without it, the name is looked up or added. */
	organisationId: optionalId(),
	role: oneOf(roles).default('carrier'),
	place: optionalText(200),
	email: optionalEmail(),
	actingFor: optionalId()
});

export const sendInvitationForm = z.object({ partnerId: id(), email: email(m.cooperations_send_email_missing) });
export const partnerForm = z.object({ partnerId: id() });
export const declineForm = z.object({ partnerId: id(), reason: optionalText(500) });
export const roleForm = z.object({ partnerId: id(), role: oneOf(roles), place: optionalText(200), read: optionalText(40) });
export const leaveForm = z.object({
	partnerId: id(),
	reason: text(m.cooperations_leave_reason_missing, 500),
	handTo: optionalId(),
	contributions: oneOf(['withdrawn', 'kept']).default('withdrawn')
});
export const endForm = z.object({ reason: text(m.cooperations_end_reason_missing, 500), actingFor: optionalId() });
export const stepForm = z.object({ step: oneOf(steps), done: ticked() });

/** The link says which invitation: only a reason, if one wants. */
export const declineByLinkForm = z.object({ reason: optionalText(500) });
