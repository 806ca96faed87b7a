import { claimByAddress, claimByOthers, countTry, enterCode, withdrawClaim } from '#modules/identity/claims/commands.server.ts';
import {
	byAddressForm,
	byOthersForm,
	claimForm,
	codeForm,
	objectionForm,
	takeoverForm,
	takeoverIdForm
} from '#modules/identity/claims/forms.ts';
import { listMyClaims, seatOf, type Target } from '#modules/identity/claims/queries.server.ts';
import { askTakeover, objectToTakeover, withdrawTakeover } from '#modules/identity/takeovers/commands.server.ts';
import { listTakeovers } from '#modules/identity/takeovers/queries.server.ts';
import { abilities } from '#modules/organisations/policy.ts';
import { findOrganisation, type Organisation } from '#modules/organisations/queries.server.ts';
import { managersOf } from '#modules/organisations/queries/people.server.ts';
import { personOf } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };
const targetOf = ({ id, name }: Organisation): Target => ({ organisationId: id, name });

export const load = page('signed in', async (context, { organisation: address }: Params) => {
	const organisation = await findOrganisation(context, address);
	const target = targetOf(organisation);
	return {
		organisation,
		can: abilities(context.actor, organisation.id),
		managers: (await managersOf(context.db, organisation.id)).map(({ name }) => name),
		claims: await listMyClaims(context, target),
		hasSeat: (await seatOf(context, target)) !== null,
		takeovers: await listTakeovers(context, organisation.id),
		me: personOf(context.actor),
		day: today(context.now, organisation.zone)
	};
});

const on =
	<I>(act: (context: Context, organisation: Organisation, input: I) => Promise<void>) =>
	async (context: Context, input: I, { organisation: address }: Params) =>
		act(context, await findOrganisation(context, address), input);

export const actions = {
	address: action(
		'signed in',
		byAddressForm,
		on((context, organisation, input) => claimByAddress(context, targetOf(organisation), input)),
		{ say: () => m.identity_claim_code_sent() }
	),
	letter: action(
		'signed in',
		byOthersForm,
		on((context, organisation, input) => claimByOthers(context, targetOf(organisation), 'letter', input)),
		{ say: () => m.identity_claim_asked() }
	),
	vouch: action(
		'signed in',
		byOthersForm,
		on((context, organisation, input) => claimByOthers(context, targetOf(organisation), 'vouch', input)),
		{ say: () => m.identity_claim_asked() }
	),
	code: action('signed in', codeForm, (context, input) => enterCode(context, input), {
		apart: countTry,
		to: ({ path }) => path,
		say: ({ name }) => m.identity_claim_won({ name })
	}),
	withdraw: action('signed in', claimForm, (context, input) => withdrawClaim(context, input), {
		say: () => m.identity_claim_taken_back()
	}),
	takeover: action('signed in', takeoverForm, on(askTakeover), { say: () => m.identity_takeover_asked_said() }),
	object: action('signed in', objectionForm, (context, input) => objectToTakeover(context, input), {
		say: () => m.identity_objected_said()
	}),
	withdrawTakeover: action('signed in', takeoverIdForm, (context, input) => withdrawTakeover(context, input), {
		say: () => m.identity_claim_taken_back()
	})
};
