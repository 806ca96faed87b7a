import { registerOrganisation } from '#modules/organisations/commands.server.ts';
import { registerForm } from '#modules/organisations/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async () => ({}));

export const actions = {
	default: action('signed in', registerForm, (context, input) => registerOrganisation(context, input), {
		to: () => '/',
		say: ({ name }) => m.organisations_registered({ name })
	})
};
