import { chooseSuggested } from '#modules/matching/commands.server.ts';
import { choiceForm } from '#modules/matching/forms.ts';
import { isRefused } from '#modules/matching/queries.server.ts';
import { changeProfile, chooseWhatShows } from '#modules/organisations/commands.server.ts';
import { sayStillTrue, writePostalAddress } from '#modules/organisations/commands/confirming.server.ts';
import { postalForm, profileForm, showsForm, stillTrueForm } from '#modules/organisations/forms.ts';
import { mayManage } from '#modules/organisations/policy.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { findOwnAddress } from '#modules/organisations/queries/facts.server.ts';
import { today } from '#platform/clock.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params) => {
	const organisation = await findOrganisation(context, address);
	if (!mayManage(context.actor, organisation.id)) throw new Forbidden();
	return {
		organisation,
		refused: await isRefused(context, organisation.id),
		postal: await findOwnAddress(context, organisation.id),
		today: today(context.now, organisation.zone)
	};
});

export const actions = {
	profile: action(
		'signed in',
		profileForm,
		async (context, input, { organisation: address }: Params) => {
			const { id } = await findOrganisation(context, address);
			await changeProfile(context, id, input);
			return findOrganisation(context, address);
		},
		{ to: ({ path }) => path, say: () => m.organisations_profile_changed() }
	),
	confirm: action(
		'signed in',
		stillTrueForm,
		async (context, _, { organisation: address }: Params) => sayStillTrue(context, (await findOrganisation(context, address)).id),
		{ say: () => m.organisations_still_true_said() }
	),
	postal: action(
		'signed in',
		postalForm,
		async (context, input, { organisation: address }: Params) =>
			writePostalAddress(context, (await findOrganisation(context, address)).id, input),
		{ say: () => m.organisations_postal_saved() }
	),
	shows: action(
		'signed in',
		showsForm,
		async (context, input, { organisation: address }: Params) =>
			chooseWhatShows(context, (await findOrganisation(context, address)).id, input),
		{ say: () => m.organisations_shows_saved() }
	),
	suggested: action(
		'signed in',
		choiceForm,
		(context, input, { organisation: address }: Params) => chooseSuggested(context, address, input),
		{ say: () => m.matching_choice_saved() }
	)
};
