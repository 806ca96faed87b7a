import { writeProfileFor } from '#modules/accompaniment/commands.server.ts';
import { findAccompanied } from '#modules/accompaniment/queries.server.ts';
import { profileForm } from '#modules/organisations/forms.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params) => {
	const organisation = await findOrganisation(context, address);
	await findAccompanied(context, organisation.id);
	return { organisation };
});

export const actions = {
	default: action(
		'signed in',
		profileForm,
		async (context, input, { organisation }: Params) =>
			writeProfileFor(context, await findOrganisation(context, organisation), input),
		{ to: () => '/maison', say: () => m.hubs_profile_saved() }
	)
};
