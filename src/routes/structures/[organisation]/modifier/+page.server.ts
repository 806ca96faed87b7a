import { chooseSuggested } from '#modules/matching/commands.server.ts';
import { choiceForm } from '#modules/matching/forms.ts';
import { isRefused } from '#modules/matching/queries.server.ts';
import { changeProfile, chooseWhatShows } from '#modules/organisations/commands.server.ts';
import { profileForm, showsForm } from '#modules/organisations/forms.ts';
import { mayManage } from '#modules/organisations/policy.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params) => {
	const organisation = await findOrganisation(context, address);
	if (!mayManage(context.actor, organisation.id)) throw new Forbidden();
	return { organisation, refused: await isRefused(context, organisation.id) };
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
